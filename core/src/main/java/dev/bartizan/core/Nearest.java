package dev.bartizan.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The nearest good words to a bad one, by optimal string alignment distance (insertions,
/// deletions, substitutions, swaps of neighbours).
public final class Nearest {
    private static final int MAX_LENGTH = 80;
    private static final int MAX_SUGGESTIONS = 3;
    private static final int LISTED_IN_FULL = 12;

    private Nearest() {}

    /// A sentence that names the nearest words, or lists a short choice, or nothing.
    public static String sentence(String bad, Collection<String> good) {
        List<String> near = to(bad, good);
        if (!near.isEmpty()) {
            return "Did you mean " + joined(near) + "?";
        }
        if (good.isEmpty() || good.size() > LISTED_IN_FULL) {
            return "";
        }
        return "Use " + joined(good.stream().distinct().sorted().toList()) + ".";
    }

    /// The nearest words, nearest first; none when all are far.
    public static List<String> to(String bad, Collection<String> good) {
        if (bad.length() > MAX_LENGTH) {
            return List.of();
        }
        String folded = fold(bad);
        int limit = Math.max(1, Math.min(4, (folded.length() + 1) / 3));
        return good.stream()
                .distinct()
                .map(word -> new Scored(word, score(folded, fold(word), limit)))
                .filter(scored -> scored.distance() <= limit && scored.distance() < bad.length())
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::word))
                .limit(MAX_SUGGESTIONS)
                .map(Scored::word)
                .toList();
    }

    private static int score(String bad, String good, int limit) {
        if (Math.abs(bad.length() - good.length()) > limit) {
            boolean isPart = bad.length() >= 4 && (good.contains(bad) || bad.contains(good));
            return isPart && good.length() >= 4 ? limit : Integer.MAX_VALUE;
        }
        return distance(bad, good);
    }

    private static String fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /// Optimal string alignment distance; cost is the product of the lengths.
    public static int distance(String a, String b) {
        int[] older = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best =
                        Math.min(
                                previous[j - 1] + change,
                                Math.min(previous[j], current[j - 1]) + 1);
                boolean isSwap =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                current[j] = isSwap ? Math.min(best, older[j - 2] + 1) : best;
            }
            int[] spare = older;
            older = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }

    private static String joined(List<String> words) {
        List<String> quoted = words.stream().map(word -> "\"" + word + "\"").toList();
        if (quoted.size() == 1) {
            return quoted.get(0);
        }
        int last = quoted.size() - 1;
        return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }

    private record Scored(String word, int distance) {}
}
