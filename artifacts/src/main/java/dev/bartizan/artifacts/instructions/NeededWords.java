package dev.bartizan.artifacts.instructions;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where expressions may match in one text. The words that they need are found in one pass; then an
/// expression is tried only in a text that has them, and there only where it may begin.
final class NeededWords {
    private final String text;
    private final BitSet words = new BitSet();

    /// For each expression, where it may begin.
    private final BitSet[] starts = new BitSet[Indicators.count()];

    NeededWords(String text) {
        this.text = text;
        Indicators.search(
                text,
                (word, place) -> {
                    words.set(word);
                    for (int expression : Indicators.begunBy(word)) {
                        if (starts[expression] == null) {
                            starts[expression] = new BitSet();
                        }
                        starts[expression].set(place);
                    }
                });
    }

    /// Whether the expression may match; always so where no words are known to be needed.
    boolean allow(Pattern expression) {
        return Indicators.of(expression).map(signs -> signs.allow(words)).orElse(true);
    }

    /// A matcher for {@link #find}.
    Matcher matcher(Pattern expression) {
        return expression.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    /// Finds the first match that begins at a place or behind it.
    boolean find(Matcher matcher, int from) {
        if (from > text.length()) {
            return false;
        }
        Optional<Indicators.Signs> signs = Indicators.of(matcher.pattern());
        if (signs.isEmpty()) {
            return matcher.find(from);
        }
        BitSet begins = starts[signs.get().number()];
        if (begins == null || !signs.get().allow(words)) {
            return false;
        }
        for (int at = begins.nextSetBit(from); at >= 0; at = begins.nextSetBit(at + 1)) {
            if (matcher.region(at, text.length()).lookingAt()) {
                return true;
            }
        }
        return false;
    }
}
