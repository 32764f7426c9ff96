package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names in a list that are taken for one another: two letters swapped, or one that looks like
/// another. Names that differ in a letter or an ending are ordinary relatives.
final class NearNames {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 80;

    /// So many names with the same letters are compared.
    private static final int MOST_ALIKE = 8;

    private final Map<String, String> bySight = new HashMap<>();
    private final Map<String, List<String>> byLetters = new HashMap<>();

    /// A name that came before and is taken for this one; this one is kept for those that follow.
    Optional<String> before(String name) {
        if (name.length() < SHORTEST || name.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = name.toLowerCase(Locale.ROOT);
        String alike = bySight.putIfAbsent(Lookalikes.seen(name), plain);
        char[] letters = plain.toCharArray();
        Arrays.sort(letters);
        List<String> same = byLetters.computeIfAbsent(new String(letters), _ -> new ArrayList<>());
        Optional<String> swapped =
                same.stream().filter(each -> Lookalikes.distance(each, plain) == 1).findFirst();
        if (same.size() < MOST_ALIKE) {
            same.add(plain);
        }
        return alike != null && !alike.equals(plain) ? Optional.of(alike) : swapped;
    }
}
