package dev.bartizan.artifacts.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Expressions that are looked for together: where each may begin is found in one pass over a text.
public final class Sought {
    /// Shorter texts are not worth the reading of expressions.
    static final int SHORT = 1_000;

    private final Map<Pattern, Integer> numbers = new HashMap<>();
    private final List<Beginnings> beginnings;
    private final PlaceSearch search;

    private Sought(List<Pattern> patterns) {
        for (Pattern pattern : patterns) {
            numbers.putIfAbsent(pattern, numbers.size());
        }
        this.beginnings = patterns.stream().map(Beginnings::of).toList();
        this.search = new PlaceSearch(beginnings);
    }

    /// Expressions to be looked for together in one text or another.
    public static Sought of(Pattern... patterns) {
        return new Sought(List.of(patterns));
    }

    /// Looks for all of them in a text.
    public In in(String text) {
        return new In(text, text.length() < SHORT ? Optional.empty() : inAnyLength(text).pass);
    }

    /// The same in texts of any length.
    In inAnyLength(String text) {
        return new In(text, Optional.of(search.over(text)));
    }

    /// The expressions in one text.
    public final class In {
        private final String text;
        private final Optional<PlaceSearch.Pass> pass;

        private In(String text, Optional<PlaceSearch.Pass> pass) {
            this.text = text;
            this.pass = pass;
        }

        /// The matches of an expression, which may also be none of those sought together.
        public Finds finds(Pattern pattern) {
            Integer number = numbers.get(pattern);
            if (number == null) {
                return Finds.of(pattern, text);
            }
            return pass.isEmpty() || beginnings.get(number).isAnywhere()
                    ? Finds.anywhere(pattern, text)
                    : Finds.at(from -> pass.get().next(number, from), pattern, text);
        }

        /// Whether an expression matches anywhere.
        public boolean any(Pattern pattern) {
            return finds(pattern).find();
        }
    }
}
