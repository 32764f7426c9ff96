package dev.bartizan.artifacts.instructions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Texts written in characters that show nothing: a byte for each variation selector, or a bit for
/// each character without width.
final class Smuggled {
    private static final int LEAST_BYTES = 4;
    private static final int LEAST_BITS = 32;
    private static final int SELECTORS = 0xFE00;
    private static final int MORE_SELECTORS = 0xE0100;

    private Smuggled() {}

    /// What is written so in a text.
    static Optional<String> in(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder bits = new StringBuilder();
        int row = 0;
        int longest = 0;
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) < 0x200B) {
                i++;
                row = 0;
                continue;
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int value = selector(c);
            row = value >= 0 ? row + 1 : 0;
            longest = Math.max(longest, row);
            if (value >= 0) {
                bytes.write(value);
            } else if (c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF) {
                bits.append((char) c);
            }
        }
        if (longest >= LEAST_BYTES) {
            return Optional.of(bytes.toString(StandardCharsets.UTF_8));
        }
        return bits.length() >= LEAST_BITS ? ofBits(bits.toString()) : Optional.empty();
    }

    private static int selector(int c) {
        if (c >= SELECTORS && c < SELECTORS + 16) {
            return c - SELECTORS;
        }
        return c >= MORE_SELECTORS && c < MORE_SELECTORS + 240 ? c - MORE_SELECTORS + 16 : -1;
    }

    /// Two characters for the two bits, whichever is which; others lie between letters.
    private static Optional<String> ofBits(String bits) {
        int[] kinds = bits.chars().distinct().toArray();
        for (int zero : kinds) {
            for (int one : kinds) {
                if (zero != one) {
                    Optional<String> said = read(bits, zero, one);
                    if (said.isPresent()) {
                        return said;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(String bits, int zero, int one) {
        StringBuilder text = new StringBuilder();
        int value = 0;
        int count = 0;
        int good = 0;
        for (int i = 0; i < bits.length(); i++) {
            char c = bits.charAt(i);
            if (c != zero && c != one) {
                continue;
            }
            value = value << 1 | (c == one ? 1 : 0);
            if (++count == 8) {
                good += (value >= ' ' && value < 0x7f) || value == '\n' ? 1 : 0;
                text.append((char) value);
                value = 0;
                count = 0;
            }
        }
        boolean isText = text.length() >= LEAST_BYTES && good >= 0.9 * text.length();
        return isText ? Optional.of(text.toString()) : Optional.empty();
    }
}
