package dev.bartizan.formats.zip;

import java.nio.charset.StandardCharsets;

/// Member names.
final class Names {
    private static final int UTF8_FLAG = 0x800;

    private Names() {}

    static String text(byte[] bytes, int flags) {
        return new String(
                bytes,
                (flags & UTF8_FLAG) != 0 || isUtf8(bytes)
                        ? StandardCharsets.UTF_8
                        : StandardCharsets.ISO_8859_1);
    }

    private static boolean isUtf8(byte[] bytes) {
        return java.util.Arrays.equals(
                new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    }
}
