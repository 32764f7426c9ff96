package dev.bartizan.guard.policy;

import java.util.Collection;
import java.util.Comparator;

/// The good word nearest to a bad one, by edit distance (Levenshtein).
final class Nearest {
    private static final int LONGEST = 60;

    private Nearest() {}

    /// A sentence that names the nearest word, or all of them when none is near.
    static String sentence(String bad, Collection<String> good) {
        String all =
                "Known: " + String.join(", ", good.stream().distinct().sorted().toList()) + ".";
        if (bad.length() > LONGEST) {
            return all;
        }
        return good.stream()
                .min(Comparator.comparingInt(word -> distance(bad, word)))
                .filter(word -> distance(bad, word) <= Math.max(1, word.length() / 3))
                .map(word -> "Did you mean \"" + word + "\"?")
                .orElse(all);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
