package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Pickles kept as data inside a pickle: raw, packed, in base64, in hexadecimal, as a whole value
/// or behind other signs. Something will load them, or they would not be there.
final class NestedPickles {
    private static final int DEEPEST = 4;
    private static final int MOST_DECODED_BYTES = 1 << 20;
    private static final int SHORT_BYTES = 1 << 12;
    private static final int SHORTEST_BASE64 = 8;
    private static final int SHORTEST_HEX = 12;

    private static final int MAGIC_BYTES = 19;

    /// Most places among bytes where a pickle is tried, and most bytes that are searched for them.
    private static final int MOST_TRIED = 500;

    private static final long MOST_SEARCHED_BYTES = 4 << 20;

    private final Notes notes;
    private final int depth;
    private final PackedData packed;
    private long searchedBytes;
    private int tried;

    NestedPickles(Notes notes, int depth) {
        this(notes, depth, new PackedData());
    }

    private NestedPickles(Notes notes, int depth, PackedData packed) {
        this.notes = notes;
        this.depth = depth;
        this.packed = packed;
    }

    void lookInto(Reading reading) throws IOException {
        if (depth >= DEEPEST) {
            return;
        }
        for (Value value : reading.data()) {
            for (ByteSource candidate : candidates(value)) {
                look(candidate, reading);
            }
        }
    }

    private List<ByteSource> candidates(Value value) throws IOException {
        List<ByteSource> all = new ArrayList<>();
        if (value instanceof Value.Bytes bytes) {
            all.add(bytes.bytes());
            if (PackedData.isPacked(bytes.bytes().bytes(0, MAGIC_BYTES))) {
                packed.unpack(bytes.bytes().bytes(0, MOST_DECODED_BYTES))
                        .map(ByteSource::of)
                        .ifPresent(all::add);
            }
            if (bytes.bytes().size() <= MOST_DECODED_BYTES) {
                decoded(latin(bytes.bytes()), all);
            }
            all.addAll(within(bytes.bytes().bytes(0, MOST_DECODED_BYTES)));
        } else if (value instanceof Value.Text text) {
            boolean isThere = text.isWhole() || text.bytes().size() > MOST_DECODED_BYTES;
            String content = isThere ? text.value() : latin(text.bytes());
            all.add(ByteSource.of(content.getBytes(StandardCharsets.ISO_8859_1)));
            decoded(content, all);
            all.addAll(within(content.getBytes(StandardCharsets.ISO_8859_1)));
            for (byte[] run : EncodedRuns.in(content, packed)) {
                all.addAll(within(run));
            }
        }
        return all;
    }

    /// Pickles that start somewhere among bytes.
    private List<ByteSource> within(byte[] bytes) throws IOException {
        List<ByteSource> all = new ArrayList<>();
        if (searchedBytes > MOST_SEARCHED_BYTES) {
            return all;
        }
        searchedBytes += bytes.length;
        for (int i = 0; i + 1 < bytes.length && tried < MOST_TRIED; i++) {
            if (Embedded.mayStart(bytes, i)) {
                tried++;
                if (!Embedded.breaksOffAtOnce(bytes, i)) {
                    all.add(ByteSource.of(bytes).slice(i, bytes.length - i));
                }
            }
        }
        return all;
    }

    private static String latin(ByteSource bytes) throws IOException {
        return new String(bytes.bytes(0, MOST_DECODED_BYTES), StandardCharsets.ISO_8859_1);
    }

    private static void decoded(String content, List<ByteSource> into) {
        try {
            if (isHex(content)) {
                into.add(ByteSource.of(HexFormat.of().parseHex(withoutBlanks(content))));
            } else if (isBase64(content)) {
                into.add(
                        ByteSource.of(
                                Base64.getMimeDecoder()
                                        .decode(content.replace('-', '+').replace('_', '/'))));
            }
        } catch (IllegalArgumentException e) {
            return; // neither base64 nor hexadecimal after all
        }
    }

    private static String withoutBlanks(String digits) {
        StringBuilder kept = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            if (!isBlank(digits.charAt(i))) {
                kept.append(digits.charAt(i));
            }
        }
        return kept.toString();
    }

    /// Pairs of digits, perhaps with white space between. Loops, because every text in a pickle
    /// comes by here.
    private static boolean isHex(String content) {
        int digits = 0;
        for (int i = 0; i < content.length(); i++) {
            if (HexFormat.isHexDigit(content.charAt(i))) {
                digits++;
            } else if (digits % 2 != 0 || !isBlank(content.charAt(i))) {
                return false;
            }
        }
        return digits >= SHORTEST_HEX && digits % 2 == 0;
    }

    /// Digits of either alphabet, perhaps on several lines (RFC 2045), at most two signs that fill
    /// up, white space.
    private static boolean isBase64(String content) {
        int end = 0;
        int digits = 0;
        while (end < content.length()
                && (isBase64Digit(content.charAt(end)) || isLineEnd(content.charAt(end)))) {
            digits += isLineEnd(content.charAt(end)) ? 0 : 1;
            end++;
        }
        int filled = end;
        while (end < content.length() && end < filled + 2 && content.charAt(end) == '=') {
            end++;
        }
        while (end < content.length() && isBlank(content.charAt(end))) {
            end++;
        }
        return digits >= SHORTEST_BASE64 && end == content.length();
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /// A digit of base64 in either alphabet (RFC 4648, 4 and 5).
    static boolean isBase64Digit(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '_'
                || c == '-';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /// Whether bytes hold what every pickle that ends or imports must hold: the opcode STOP, a line
    /// end behind a name, or the opcode STACK_GLOBAL. Most texts in real pickles hold none.
    private static boolean mayBePickle(ByteSource bytes) throws IOException {
        if (bytes.size() > SHORT_BYTES) {
            return true;
        }
        for (byte b : bytes.bytes(0, SHORT_BYTES)) {
            if (b == '.' || b == '\n' || b == (byte) 0x93) {
                return true;
            }
        }
        return false;
    }

    private void look(ByteSource candidate, Reading outer) throws IOException {
        if (candidate.size() < 6 || !mayBePickle(candidate) || !Sniffing.isPickle(candidate, "")) {
            return;
        }
        Reading inner = new Reading();
        try {
            Interpreter.forgiving(new ByteReader(candidate), inner).run();
        } catch (FormatException e) {
            if (!inner.isActive()) {
                return;
            }
        }
        new NestedPickles(notes, depth + 1, packed).lookInto(inner);
        if (inner.worst().filter(worst -> worst.isAtLeast(Severity.MEDIUM)).isEmpty()) {
            return;
        }
        outer.account().nested(inner.account());
        for (Concern concern : inner.concerns()) {
            boolean isBad = concern.severity().isAtLeast(Severity.HIGH);
            outer.concern(
                    new Concern(
                            PickleRules.NESTED,
                            isBad ? Severity.HIGH : Severity.LOW,
                            0,
                            concern.about(),
                            "Data holds a pickle of its own. " + concern.message()));
        }
    }
}
