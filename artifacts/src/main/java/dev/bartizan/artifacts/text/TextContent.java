package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The text of an item.
public final class TextContent {
    /// Longest text that is read.
    public static final int MOST_BYTES = 64 << 20;

    /// What stands for bytes that are no UTF-8; texts may hold it too.
    private static final char REPLACEMENT = '\uFFFD';

    private static final int PROBE_BYTES = 512;
    private static final int SHORTEST_WIDE = 32;
    private static final int LONGEST_KEPT_BYTES = 1 << 20;

    private TextContent() {}

    /// All of it, when it is UTF-8 (or UTF-16 with a mark, or that starts like XML) without control
    /// characters and not too long.
    public static Optional<String> of(Item item) throws IOException {
        return item.text(LONGEST_KEPT_BYTES, TextContent::decode);
    }

    private static Optional<String> decode(Item item) throws IOException {
        if (item.bytes().size() > MOST_BYTES || !mayBeText(item.head(PROBE_BYTES))) {
            return Optional.empty();
        }
        byte[] bytes = item.bytes().bytes(0, MOST_BYTES);
        Charset encoding = encoding(bytes);
        boolean isUtf8 = encoding.equals(StandardCharsets.UTF_8);
        if (isUtf8 && hasControls(bytes)) {
            return Optional.empty();
        }
        String decoded = new String(bytes, encoding);
        if (isUtf8 && decoded.indexOf(REPLACEMENT) < 0) {
            return Optional.of(decoded);
        }
        try { // as above, but not for what is broken
            String text = encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.chars().anyMatch(TextContent::isControl)
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean hasControls(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && isControl(b)) {
                return true;
            }
        }
        return false;
    }

    /// The first character that is not white space, or 0.
    public static char firstSign(Item item) throws IOException {
        for (byte b : item.head(PROBE_BYTES)) {
            boolean isMark =
                    switch (b & 0xff) {
                        case 0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF -> true;
                        default -> false;
                    };
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && !isMark) {
                return (char) (b & 0xff);
            }
        }
        return 0;
    }

    /// UTF-16 by its mark, or by how readers of XML tell it without one (XML 1.0, appendix F).
    private static Charset encoding(byte[] bytes) {
        if (bytes.length < 4) {
            return StandardCharsets.UTF_8;
        }
        int start = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        int next = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        if (start == 0xFFFE || start == 0xFEFF) {
            return StandardCharsets.UTF_16;
        }
        if (start == 0x3C00 && (next & 0xff) == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (start == 0x003C && next >> 8 == 0) {
            return StandardCharsets.UTF_16BE;
        }
        return isWide(bytes) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /// Whether it starts with letters of ASCII, each with a zero behind it: UTF-16 without a mark.
    private static boolean isWide(byte[] bytes) {
        int length = Math.min(bytes.length, PROBE_BYTES) & ~1;
        int wide = 0;
        for (int i = 0; i < length; i += 2) {
            boolean isLetter =
                    bytes[i] >= ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t';
            wide += isLetter && bytes[i + 1] == 0 ? 1 : 0;
        }
        return length >= SHORTEST_WIDE && wide * 20 >= length / 2 * 19;
    }

    private static boolean mayBeText(byte[] head) {
        if (head.length == 0) {
            return false;
        }
        if (!encoding(head).equals(StandardCharsets.UTF_8)) {
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
