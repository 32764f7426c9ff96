package dev.bartizan.guard.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of characters that read as ASCII: Unicode's UTS #39 confusables and letters whose name
/// says which Latin letter they show.
final class LookAlikes {
    private static final Map<Integer, String> TABLE = load();
    private static final Map<Integer, String> LOOSE = loose();

    private static final String SIGNS = "₳฿₵₣₲₭₥₦₱₴₮₩€£¥$";
    private static final String SIGN_LETTERS = "abcfgkmnpstwelys";

    private LookAlikes() {}

    /// The letter that a sign of a currency stands for beside letters, or null.
    static @Nullable String ofSign(int codePoint) {
        int at = codePoint < 0x80 ? -1 : SIGNS.indexOf(codePoint);
        return at < 0 ? null : SIGN_LETTERS.substring(at, at + 1);
    }

    /// What the code point reads as, or null when it is itself.
    static @Nullable String of(int codePoint) {
        return TABLE.get(codePoint);
    }

    /// The letters it may be read as within a Latin word, likeliest first, or null when it is
    /// itself; a likeness of several letters is the only one.
    static @Nullable String looselyOf(int codePoint) {
        String loose = LOOSE.get(codePoint);
        return loose == null ? of(codePoint) : loose;
    }

    /// Whether the letters of `looselyOf` are a choice.
    static boolean isChoice(int codePoint) {
        return LOOSE.containsKey(codePoint);
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
        String[] pairs =
                ("аa вb гri дd еe зe3 иun йu кk лn мm нhn оo пn рp сc тt уy хx цu ч4y шw щw ьb яr ѕs іi"
                                + " јj ԁd ԛq ԝw һh ѵv џu ӏl ѡw үy ёe қk ғf ПN ИN ЯR ӀI"
                                + " αa βb γyg δd εe ζz ηnh ιi κk λl μum νvn οo πn ρp σos ςs τt υuy χx"
                                + " ωwo ϲc")
                        .split(" ", -1);
        Map<Integer, String> table = new HashMap<>();
        for (String pair : pairs) {
            table.put((int) pair.charAt(0), pair.substring(1));
        }
        return Map.copyOf(table);
    }
}
