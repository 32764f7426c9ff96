package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The text of an item.
public final class TextContent {
    /// Longest text that is read.
    public static final int MOST_BYTES = 64 << 20;

    private static final int PROBE_BYTES = 512;

    private TextContent() {}

    /// All of it, when it is UTF-8 (or UTF-16 with a mark) without control characters and not too
    /// long.
    public static Optional<String> of(Item item) throws IOException {
        if (item.bytes().size() > MOST_BYTES || !mayBeText(item.head(PROBE_BYTES))) {
            return Optional.empty();
        }
        byte[] bytes = item.bytes().bytes(0, MOST_BYTES);
        try {
            String text =
                    isUtf16(bytes)
                            ? StandardCharsets.UTF_16
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString()
                            : StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString();
            return text.chars().anyMatch(TextContent::isControl)
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// The first character that is not white space, or 0.
    public static char firstSign(Item item) throws IOException {
        for (byte b : item.head(PROBE_BYTES)) {
            boolean isMark = (b & 0xff) == 0xEF || (b & 0xff) == 0xBB || (b & 0xff) == 0xBF;
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && !isMark) {
                return (char) (b & 0xff);
            }
        }
        return 0;
    }

    private static boolean isUtf16(byte[] bytes) {
        return bytes.length >= 2
                && (((bytes[0] & 0xff) == 0xFF && (bytes[1] & 0xff) == 0xFE)
                        || ((bytes[0] & 0xff) == 0xFE && (bytes[1] & 0xff) == 0xFF));
    }

    private static boolean mayBeText(byte[] head) {
        if (head.length == 0) {
            return false;
        }
        if (isUtf16(head)) {
            return true;
        }
        for (byte b : head) {
            if (b >= 0 && isControl(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isControl(int c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b;
    }
}
