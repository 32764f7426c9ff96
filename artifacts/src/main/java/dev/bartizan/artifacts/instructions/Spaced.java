package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text whose letters are set apart, `r u n t h i s`: a model reads it as words.
///
/// @param place of the first such letter
record Spaced(String text, int place) {
    private static final int LONGEST = 2_000;
    private static final int MOST = 50;
    private static final Pattern APART =
            Pattern.compile(
                    "(?<![\\w'])[A-Za-z](?: [A-Za-z]){3,40}+(?![\\w'])(?: {2,6}[A-Za-z](?: [A-Za-z]){0,40}+(?![\\w']))*+");
    private static final Pattern ONE = Pattern.compile("(?<=\\b[A-Za-z]) (?=[A-Za-z]\\b)");
    private static final Pattern MANY = Pattern.compile(" {2,}");

    /// What is spelled so, with what stands behind it.
    static List<Spaced> in(String text) {
        return Finds.of(APART, text)
                .results()
                .limit(MOST)
                .map(apart -> joined(text, apart))
                .toList();
    }

    private static Spaced joined(String text, MatchResult apart) {
        int from = apart.start();
        String part = text.substring(from, Math.min(text.length(), from + LONGEST));
        String joined = MANY.matcher(ONE.matcher(part).replaceAll("")).replaceAll(" ");
        return new Spaced(joined, from);
    }
}
