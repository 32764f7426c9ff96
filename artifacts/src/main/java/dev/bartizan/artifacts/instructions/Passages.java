package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Sought;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A text cut into passages that overlap by half, and which expressions match in which of them.
/// Each expression goes through the text once, when it is first asked about.
final class Passages {
    private final String text;
    private final int length;
    private final Sought.In sought;
    private final Map<Pattern, BitSet> found = new HashMap<>();

    /// @param sought the expressions that are asked about
    /// @param length of a passage in characters; even
    Passages(Sought sought, String text, int length) {
        this.text = text;
        this.length = length;
        this.sought = sought.in(text);
    }

    /// How many passages there are.
    int count() {
        int half = length / 2;
        return text.isEmpty() ? 0 : Math.max(1, (text.length() - length + half - 1) / half + 1);
    }

    /// Where a passage starts in the text.
    int start(int passage) {
        return passage * (length / 2);
    }

    /// The passage itself.
    String text(int passage) {
        int start = start(passage);
        return text.substring(start, Math.min(text.length(), start + length));
    }

    /// Whether an expression matches in a passage.
    boolean has(int passage, Pattern expression) {
        return found.computeIfAbsent(expression, this::search).get(passage);
    }

    /// The first match in the text, in one passage or over several.
    Optional<MatchResult> first(Pattern expression) {
        Finds finds = sought.finds(expression);
        return finds.find() ? Optional.of(finds.result()) : Optional.empty();
    }

    private BitSet search(Pattern expression) {
        BitSet passages = new BitSet();
        int half = length / 2;
        int last = count() - 1;
        Finds finds = sought.finds(expression);
        for (int at = 0; at < text.length() && finds.find(at); at = finds.start() + 1) {
            int from = Math.max(0, (finds.end() - length + half - 1) / half);
            int to = Math.min(last, finds.start() / half);
            if (from <= to) {
                passages.set(from, to + 1);
            }
        }
        return passages;
    }
}
