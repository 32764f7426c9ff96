package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text whose letters are set apart, `r u n t h i s`: a model reads it as words.
///
/// @param place of the first such letter
record Spaced(String text, int place) {
    private static final int LONGEST = 2_000;
    private static final int MOST = 50;

    /// From the first blank to the last of four letters.
    private static final int TO_LAST = 5;

    private static final Pattern APART =
            Pattern.compile(
                    "(?<![\\w'])[A-Za-z](?: [A-Za-z]){3,40}+(?![\\w'])(?: {2,6}[A-Za-z](?: [A-Za-z]){0,40}+(?![\\w']))*+");
    private static final Pattern ONE = Pattern.compile("(?<=\\b[A-Za-z]) (?=[A-Za-z]\\b)");
    private static final Pattern MANY = Pattern.compile(" {2,}");

    /// What is spelled so, with what stands behind it.
    static List<Spaced> in(String text) {
        List<Spaced> all = new ArrayList<>();
        Matcher apart = APART.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        int at = next(text, 0);
        while (at >= 0 && all.size() < MOST) {
            boolean isFound =
                    apart.region(at - 1, text.length()).lookingAt()
                            || apart.region(at + 1, text.length()).lookingAt();
            if (isFound) {
                all.add(joined(text, apart.toMatchResult()));
            }
            at = next(text, isFound ? apart.end() : at + 1);
        }
        return all;
    }

    /// The next blank with something before it, and behind it three letters or other signs that
    /// blanks stand between.
    private static int next(String text, int from) {
        int blank = text.indexOf(' ', Math.max(1, from));
        while (blank >= 0 && blank + TO_LAST < text.length()) {
            boolean isApart = true;
            for (int i = 1; isApart && i <= TO_LAST; i++) {
                isApart = (text.charAt(blank + i) == ' ') == (i % 2 == 0);
            }
            if (isApart) {
                return blank;
            }
            blank = text.indexOf(' ', blank + 1);
        }
        return -1;
    }

    private static Spaced joined(String text, MatchResult apart) {
        int from = apart.start();
        String part = text.substring(from, Math.min(text.length(), from + LONGEST));
        String joined = MANY.matcher(ONE.matcher(part).replaceAll("")).replaceAll(" ");
        return new Spaced(joined, from);
    }
}
