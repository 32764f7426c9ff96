package dev.bartizan.artifacts.pickle;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Stretches of a text that may be a pickle in base64, in hexadecimal digits or in escapes such as
/// `\x80`, with other text before and behind.
final class EncodedRuns {
    private static final int SHORTEST = 24;
    private static final int MOST_RUNS = 200;
    private static final int MOST_BYTES = 1 << 20;

    private final String text;
    private final PackedData packed;
    private final List<byte[]> found = new ArrayList<>();
    private int decodedBytes;

    private EncodedRuns(String text, PackedData packed) {
        this.text = text;
        this.packed = packed;
    }

    /// What stretches of a text decode to, unpacked where it was packed.
    static List<byte[]> in(String text, PackedData packed) {
        EncodedRuns runs = new EncodedRuns(text, packed);
        if (text.length() >= SHORTEST) {
            runs.search();
        }
        return runs.found;
    }

    /// Each sign is gone over once as a digit and once as a part of an escape.
    private void search() {
        int at = 0;
        while (at < text.length() && found.size() < MOST_RUNS && decodedBytes < MOST_BYTES) {
            int end = at;
            if (isEscape(at)) {
                while (isEscape(end)) {
                    end += 4;
                }
                if (end - at >= SHORTEST) {
                    add(hex(text.substring(at, end).replaceAll("\\\\[xX]", "")));
                }
            } else {
                while (end < text.length() && NestedPickles.isBase64Digit(text.charAt(end))) {
                    end++;
                }
                if (end - at >= SHORTEST) {
                    run(at, end);
                }
            }
            at = Math.max(end, at + 1);
        }
    }

    private boolean isEscape(int at) {
        return at + 4 <= text.length()
                && text.charAt(at) == '\\'
                && (text.charAt(at + 1) == 'x' || text.charAt(at + 1) == 'X')
                && HexFormat.isHexDigit(text.charAt(at + 2))
                && HexFormat.isHexDigit(text.charAt(at + 3));
    }

    private void run(int from, int to) {
        String run = text.substring(from, to);
        boolean isHex =
                run.chars().skip(run.startsWith("0x") ? 2 : 0).allMatch(HexFormat::isHexDigit);
        if (isHex) {
            add(hex(run.startsWith("0x") ? run.substring(2) : run));
            return;
        }
        for (int shift = 0; shift < 4; shift++) { // other digits may stand before
            add(base64(run.substring(shift)));
        }
    }

    private void add(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        decodedBytes += bytes.length;
        found.add(packed.unpack(bytes).orElse(bytes));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1));
    }

    private static byte[] base64(String digits) {
        int whole = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
        try {
            return Base64.getDecoder()
                    .decode(digits.substring(0, whole).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return new byte[0]; // the last digit holds bits that no encoder leaves
        }
    }
}
