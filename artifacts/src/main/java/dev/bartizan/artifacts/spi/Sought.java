package dev.bartizan.artifacts.spi;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Expressions that are looked for together: where each may begin is found in one pass over a text.
public final class Sought {
    /// Expressions are read when so many characters were searched for them: few short texts are not
    /// worth it.
    private static final int WORTH = 2_000;

    private final List<Pattern> patterns;
    private final Map<Pattern, Integer> numbers = new HashMap<>();
    private int searched;
    private volatile @Nullable Reading reading;

    private Sought(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
        for (Pattern pattern : patterns) {
            numbers.putIfAbsent(pattern, numbers.size());
        }
    }

    /// What was read from the expressions.
    private record Reading(BitSet anywhere, PlaceSearch search) {
        static Reading of(List<Pattern> patterns) {
            List<Beginnings> beginnings = patterns.stream().map(Beginnings::of).toList();
            BitSet anywhere = new BitSet();
            for (int i = 0; i < patterns.size(); i++) {
                anywhere.set(i, beginnings.get(i).isAnywhere());
            }
            return new Reading(anywhere, new PlaceSearch(beginnings));
        }
    }

    /// Expressions to be looked for together in one text or another.
    ///
    /// @param patterns different ones
    public static Sought of(Pattern... patterns) {
        return new Sought(List.of(patterns));
    }

    /// Looks for all of them in a text.
    public In in(String text) {
        searched = Math.min(searched + text.length(), WORTH);
        return searched < WORTH ? new In(text, Optional.empty()) : inAnyText(text);
    }

    /// The same, as if there were more to search.
    In inAnyText(String text) {
        Reading known = reading;
        if (known == null) {
            known = Reading.of(patterns);
            reading = known;
        }
        return new In(text, Optional.of(known.search().over(text)));
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
            return pass.isEmpty() || isAnywhere(number)
                    ? Finds.anywhere(pattern, text)
                    : Finds.at(from -> pass.get().next(number, from), pattern, text);
        }

        private boolean isAnywhere(int number) {
            Reading known = reading;
            return known == null || known.anywhere().get(number);
        }

        /// Whether an expression matches anywhere.
        public boolean any(Pattern pattern) {
            return finds(pattern).find();
        }
    }
}
