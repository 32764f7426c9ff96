package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;

/// Where an expression matches in a text, found once, so that many parts of the text that lie in
/// one another can be asked.
final class Places {
    private final int[] starts;
    private final int[] ends;

    Places(Finds finds) {
        List<MatchResult> matches = finds.results().toList();
        starts = matches.stream().mapToInt(MatchResult::start).toArray();
        ends = matches.stream().mapToInt(MatchResult::end).toArray();
    }

    /// Whether a match lies between the two, as a whole.
    boolean isWithin(int start, int end) {
        int found = Arrays.binarySearch(starts, start);
        int first = found < 0 ? -found - 1 : found;
        return first < starts.length && ends[first] <= end;
    }
}
