package dev.bartizan.guard.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Characters that leave no mark on the screen, and the messages they can carry: tag characters,
/// variation selectors used as bytes, zero-width characters used as bits.
final class Invisible {
    static final int BLACK_FLAG = 0x1F3F4;
    private static final int MAX_MESSAGE = 65_536;

    private Invisible() {}

    static boolean is(int point) {
        if (point < 0xAD) {
            return false;
        }
        return point == 0xAD
                || point == 0x34F
                || point == 0x61C
                || point == 0x115F
                || point == 0x1160
                || point == 0x17B4
                || point == 0x17B5
                || (point >= 0x180B && point <= 0x180F)
                || (point >= 0x200B && point <= 0x200F)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2060 && point <= 0x206F)
                || point == 0x3164
                || isSelector(point)
                || point == 0xFEFF
                || point == 0xFFA0
                || (point >= 0xFFF9 && point <= 0xFFFB)
                || (point >= 0x1BCA0 && point <= 0x1BCA3)
                || (point >= 0x1D173 && point <= 0x1D17A)
                || (point >= 0xE0000 && point <= 0xE007F);
    }

    /// Whether the characters do an honest job there: a selector or joiner in an emoji, a joiner in
    /// a script that needs it, a direction mark beside right-to-left text, a byte order mark.
    static boolean isOrdinaryAt(int[] points, int begin, int end) {
        int before = begin == 0 ? -1 : points[begin - 1];
        if (before == BLACK_FLAG && end - begin <= 7) {
            return true;
        }
        if (end - begin > 3) {
            return false;
        }
        int after = end == points.length ? -1 : points[end];
        if (begin == 0 && points[begin] == 0xFEFF && end == 1) {
            return true;
        }
        if (isPictograph(before) || needsJoiner(before) || needsJoiner(after)) {
            return true;
        }
        return points[begin] == 0xAD && end - begin == 1 && Character.isLetter(before);
    }

    /// The message that the run carries, or null when it carries none.
    static @Nullable String read(int[] points, int begin, int end) {
        String tags = tags(points, begin, end);
        if (tags != null) {
            return tags;
        }
        String selectors = selectors(points, begin, end);
        return selectors != null ? selectors : bits(points, begin, end);
    }

    private static @Nullable String tags(int[] points, int begin, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = begin; i < end; i++) {
            if (points[i] >= 0xE0020 && points[i] < 0xE007F) {
                text.append((char) (points[i] - 0xE0000));
            }
        }
        return text.length() >= 3 ? text.toString() : null;
    }

    private static @Nullable String selectors(int[] points, int begin, int end) {
        byte[] bytes = new byte[end - begin];
        int count = 0;
        for (int i = begin; i < end; i++) {
            if (points[i] >= 0xFE00 && points[i] <= 0xFE0F) {
                bytes[count++] = (byte) (points[i] - 0xFE00);
            } else if (points[i] >= 0xE0100 && points[i] <= 0xE01EF) {
                bytes[count++] = (byte) (points[i] - 0xE0100 + 16);
            }
        }
        return count >= 4 ? readable(bytes, count) : null;
    }

    private static @Nullable String bits(int[] points, int begin, int end) {
        if (end - begin < 16 || end - begin > MAX_MESSAGE) {
            return null;
        }
        int zero = points[begin];
        for (int width = 7; width <= 8; width++) {
            for (int flip = 0; flip < 2; flip++) {
                String text = bits(points, begin, end, zero, flip, width);
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }

    private static @Nullable String bits(
            int[] points, int begin, int end, int zero, int flip, int width) {
        byte[] bytes = new byte[(end - begin) / width];
        for (int i = 0; i < bytes.length; i++) {
            int value = 0;
            for (int bit = 0; bit < width; bit++) {
                int one = points[begin + i * width + bit] == zero ? flip : 1 - flip;
                value = value << 1 | one;
            }
            bytes[i] = (byte) value;
        }
        return readable(bytes, bytes.length);
    }

    private static @Nullable String readable(byte[] bytes, int count) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, count))
                            .toString();
            long odd = text.chars().filter(c -> c < ' ' && c != '\n' && c != '\t').count();
            return odd == 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    }

    private static boolean isPictograph(int point) {
        return point >= 0
                && (Character.isEmoji(point) || Character.getType(point) == Character.OTHER_SYMBOL);
    }

    private static boolean needsJoiner(int point) {
        if (point < 0x590) {
            return false;
        }
        return switch (Character.UnicodeScript.of(point)) {
            case ARABIC,
                    HEBREW,
                    SYRIAC,
                    THAANA,
                    NKO,
                    DEVANAGARI,
                    BENGALI,
                    GURMUKHI,
                    GUJARATI,
                    ORIYA,
                    TAMIL,
                    TELUGU,
                    KANNADA,
                    MALAYALAM,
                    SINHALA,
                    KHMER,
                    MYANMAR,
                    TIBETAN,
                    THAI,
                    LAO,
                    MONGOLIAN,
                    HANGUL ->
                    true;
            default -> false;
        };
    }
}
