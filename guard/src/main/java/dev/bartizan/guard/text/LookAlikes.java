package dev.bartizan.guard.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of characters that read as ASCII: Unicode's UTS #39 confusables and letters whose name
/// says which Latin letter they show.
final class LookAlikes {
    private static final Map<Integer, String> TABLE = load();
    private static final Map<Integer, String> LOOSE = loose();

    private LookAlikes() {}

    /// What the code point reads as, or null when it is itself.
    static @Nullable String of(int codePoint) {
        return TABLE.get(codePoint);
    }

    /// The same, with likenesses that only convince within a Latin word.
    static @Nullable String looselyOf(int codePoint) {
        String loose = LOOSE.get(codePoint);
        return loose == null ? of(codePoint) : loose;
    }

    private static Map<Integer, String> load() {
        Map<Integer, String> table = new HashMap<>();
        for (String line : Resources.lines(LookAlikes.class, "look-alikes.txt")) {
            int space = line.indexOf(' ');
            table.put(Integer.parseInt(line, 0, space, 16), line.substring(space + 1));
        }
        return Map.copyOf(table);
    }

    private static Map<Integer, String> loose() {
        String foreign = "пмтвнкиьӏгзчшщяПИЯӀντηκρσιχωυμγδλϲα";
        String latin = "nmtbhkubli34wwrnurlvtnkpoixwuuydlca";
        Map<Integer, String> table = new HashMap<>();
        for (int i = 0; i < foreign.length(); i++) {
            table.put((int) foreign.charAt(i), latin.substring(i, i + 1));
        }
        return Map.copyOf(table);
    }
}
