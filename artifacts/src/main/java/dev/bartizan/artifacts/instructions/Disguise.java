package dev.bartizan.artifacts.instructions;

import java.util.Optional;

/// Names and arguments that are not what they look like: letters of one script among those of
/// another that they resemble, and characters that nobody sees. A name wholly in one script is
/// honest, whichever it is.
final class Disguise {
    private static final int LATIN_END = 0x250;
    private static final int FEWEST_LETTERS = 3;

    private Disguise() {}

    /// What is wrong with a name; empty for an honest one.
    static Optional<String> in(String name) {
        if (hasUnseen(name)) {
            return Optional.of("has characters in it that nobody sees");
        }
        return isMixed(name)
                ? Optional.of("is written with letters that only look like others")
                : Optional.empty();
    }

    private static boolean hasUnseen(String name) {
        boolean isFromRight =
                name.codePoints()
                        .anyMatch(c ->
                                Character.getDirectionality(c)
                                                == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                                        || Character.getDirectionality(c)
                                                == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
        int before = 0;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            boolean isJoiner = c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
            boolean isMark = c == 0x200E || c == 0x200F || c == 0x61C;
            boolean isMeant =
                    (isJoiner && before >= LATIN_END)
                            || (c >= 0xFE00 && c <= 0xFE0F && "#*0123456789".indexOf(before) >= 0)
                            || (isMark && isFromRight)
                            || (c > 0xE0000
                                    && c <= 0xE007F); // flags; what tags spell is told apart
            if (Letters.isIgnorable(c) && !isMeant) {
                return true;
            }
            before = c;
        }
        return false;
    }

    /// Whether a word has Latin letters, and others that each look like one.
    private static boolean isMixed(String name) {
        int latin = 0;
        int alike = 0;
        int other = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : ' ';
            if (!Character.isLetter(c)) {
                if (latin > 0 && alike > 0 && other == 0 && latin + alike >= FEWEST_LETTERS) {
                    return true;
                }
                latin = 0;
                alike = 0;
                other = 0;
            } else if (c < LATIN_END) {
                latin++;
            } else if (Letters.lookalike(c).isEmpty()) {
                other++;
            } else {
                alike++;
            }
        }
        return false;
    }
}
