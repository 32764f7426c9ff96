package dev.bartizan.artifacts.instructions;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text cut into passages that overlap by half, and which expressions match in which of them.
/// Each expression goes through the text once, when it is first asked about.
final class Passages {
    private final String text;
    private final int length;
    private final Map<Pattern, BitSet> found = new HashMap<>();
    private final NeededWords words;

    /// @param length of a passage in characters; even
    Passages(String text, int length) {
        this.text = text;
        this.length = length;
        this.words = new NeededWords(text);
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

    /// Whether an expression may match in the text, in one passage or over several.
    boolean mayMatch(Pattern expression) {
        return words.allow(expression);
    }

    /// The first match in the text, in one passage or over several.
    Optional<MatchResult> first(Pattern expression) {
        Matcher matcher = words.matcher(expression);
        return words.find(matcher, 0) ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private BitSet search(Pattern expression) {
        BitSet passages = new BitSet();
        int half = length / 2;
        int last = count() - 1;
        Matcher matcher = words.matcher(expression);
        for (int at = 0; at < text.length() && words.find(matcher, at); at = matcher.start() + 1) {
            int from = Math.max(0, (matcher.end() - length + half - 1) / half);
            int to = Math.min(last, matcher.start() / half);
            if (from <= to) {
                passages.set(from, to + 1);
            }
        }
        return passages;
    }
}
