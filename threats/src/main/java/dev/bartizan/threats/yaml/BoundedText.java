package dev.bartizan.threats.yaml;

import dev.bartizan.core.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Turns bytes into text, or says at which byte, line and column they are not text.
final class BoundedText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private BoundedText() {}

    static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            reportBadBytes(file, bytes, in.position(), text, problems);
            return Optional.empty();
        }
        String body =
                text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        int bad = firstUnprintable(body);
        if (bad >= 0) {
            problems.add(
                    placeAt(file, body, bad),
                    "",
                    String.format(
                            Locale.ROOT,
                            "Control character U+%04X: this is not a text file.",
                            (int) body.charAt(bad)),
                    "Give the YAML text file that describes the system.");
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private static void reportBadBytes(
            String file, byte[] bytes, int offset, String before, Problems problems) {
        boolean isUtf16 =
                bytes.length >= 2
                        && (Arrays.equals(bytes, 0, 2, new byte[] {-1, -2}, 0, 2)
                                || Arrays.equals(bytes, 0, 2, new byte[] {-2, -1}, 0, 2));
        problems.add(
                placeAt(file, before, before.length()),
                "",
                String.format(
                        Locale.ROOT,
                        "Byte 0x%02x at offset %d is not UTF-8%s.",
                        bytes[offset] & 0xff,
                        offset,
                        isUtf16 ? " (the file begins like UTF-16)" : ""),
                "Save the file as UTF-8.");
    }

    /// The place of the character at `index`, columns counted in code points.
    static Place placeAt(String file, String text, int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(file, line, text.codePointCount(start, index) + 1);
    }

    private static int firstUnprintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isControl = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
            boolean isHighControl = c >= 0x7f && c < 0xa0 && c != 0x85;
            if (isControl || isHighControl || c == 0xfffe || c == 0xffff || c == BYTE_ORDER_MARK) {
                return i;
            }
        }
        return -1;
    }
}
