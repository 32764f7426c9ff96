package dev.bartizan.artifacts.template;

import java.util.Optional;

/// Characters that people do not see: direction overrides, zero-width ones, tags.
public final class Invisible {
    private Invisible() {}

    /// The first such character with its place; joiners inside words of scripts that need them do
    /// not count.
    public static Optional<String> first(String text) {
        int index = 0;
        int before = -1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isHidden(c, before)) {
                return Optional.of(String.format("U+%04X at character %d", c, index));
            }
            before = c;
            index++;
        }
        return Optional.empty();
    }

    private static boolean isHidden(int c, int before) {
        boolean isDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean isTag =
                (c >= 0xE0000 && c <= 0xE0FFF && !(c >= 0xE0100 && c <= 0xE01EF))
                        && before != 0x1F3F4
                        && !(before >= 0xE0020 && before <= 0xE007F);
        boolean isJoiner = c == 0x200C || c == 0x200D;
        boolean isZeroWidth =
                c == 0x200B
                        || c == 0x2060
                        || c == 0x2061
                        || c == 0x2062
                        || c == 0x2063
                        || c == 0x2064
                        || c == 0x180E
                        || c == 0x115F
                        || c == 0x3164
                        || (isJoiner && before >= 0 && before < 0x250);
        return isDirection || isTag || isZeroWidth;
    }
}
