package dev.bartizan.formats.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Member names.
final class Names {
    /// Encrypted, strongly encrypted, or with masked headers.
    static final int ENCRYPTED_FLAGS = 0x2041;

    private static final int UTF8_FLAG = 0x800;
    private static final int UNICODE_PATH_TAG = 0x7075;
    private static final int UNICODE_PATH_HEAD_BYTES = 5;

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

    /// The name in the Info-ZIP Unicode path field of the extra fields; empty without one.
    static String unicode(byte[] extra) {
        ByteBuffer buffer = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= 4) {
            int tag = buffer.getShort() & 0xffff;
            int length = Math.min(buffer.getShort() & 0xffff, buffer.remaining());
            if (tag == UNICODE_PATH_TAG && length > UNICODE_PATH_HEAD_BYTES) {
                return new String(
                        extra,
                        buffer.position() + UNICODE_PATH_HEAD_BYTES,
                        length - UNICODE_PATH_HEAD_BYTES,
                        StandardCharsets.UTF_8);
            }
            buffer.position(buffer.position() + length);
        }
        return "";
    }

    /// What file systems and forgiving readers take a name for: forward slashes, no empty or dot
    /// parts, nothing behind a NUL.
    static String plain(String name) {
        if (isPlain(name)) { // nearly every one
            return name;
        }
        int nul = name.indexOf('\0');
        String path = (nul < 0 ? name : name.substring(0, nul)).replace('\\', '/');
        return java.util.Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(java.util.stream.Collectors.joining("/"));
    }

    private static boolean isPlain(String name) {
        boolean isSlashed = name.startsWith("/") || name.endsWith("/") || name.contains("//");
        boolean isDotted = name.startsWith(".") || name.contains("/.");
        return !isSlashed && !isDotted && name.indexOf('\\') < 0 && name.indexOf('\0') < 0;
    }
}
