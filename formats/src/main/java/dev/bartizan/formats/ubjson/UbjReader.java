package dev.bartizan.formats.ubjson;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonNumbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one document of Universal Binary JSON, draft 12, under limits: all types, and containers
/// with and without type (`$`) and count (`#`). Numbers are kept as the shortest decimal text that
/// reads back to the same float32, float64 or integer.
public final class UbjReader {
    private final ByteBuffer bytes;
    private final JsonLimits limits;
    private int depth;
    private int values;

    private UbjReader(byte[] bytes, JsonLimits limits) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        this.limits = limits;
    }

    /// Reads bytes that hold one document and nothing else.
    ///
    /// @throws FormatException when they do not, or hold more than the limits allow
    public static Json read(byte[] bytes, JsonLimits limits) throws FormatException {
        if (bytes.length > limits.bytes()) {
            throw FormatException.limit(0, "UBJSON is larger than " + limits.bytes() + " bytes");
        }
        UbjReader reader = new UbjReader(bytes, limits);
        Json value = reader.value(reader.marker());
        if (reader.bytes.hasRemaining()) {
            throw reader.broken("Bytes after the end of the UBJSON document");
        }
        return value;
    }

    private Json value(int type) throws FormatException {
        if (++values > limits.values()) {
            throw FormatException.limit(
                    bytes.position(), "UBJSON has more than " + limits.values() + " values");
        }
        return switch (type) {
            case 'Z' -> new Json.Null();
            case 'T' -> new Json.Truth(true);
            case 'F' -> new Json.Truth(false);
            case 'i', 'U', 'I', 'l', 'L' -> new Json.Numeral(Long.toString(whole(type)));
            case 'd' -> new Json.Numeral(Float.toString(take(Float.BYTES).getFloat()));
            case 'D' -> new Json.Numeral(Double.toString(take(Double.BYTES).getDouble()));
            case 'H' -> highPrecision();
            case 'C' -> new Json.Text(String.valueOf((char) (take(1).get() & 0x7f)));
            case 'S' -> new Json.Text(text());
            case '[' -> array();
            case '{' -> object();
            default -> throw broken("Type marker " + type + " is not known");
        };
    }

    private Json highPrecision() throws FormatException {
        String written = text();
        if (written.length() > limits.numberDigits() || !JsonNumbers.isNumber(written)) {
            throw broken("A high-precision number is none or too long");
        }
        return new Json.Numeral(written);
    }

    /// Type and count of a container; -1 where they are not given.
    private record Kind(int type, long count) {}

    private Kind kind() throws FormatException {
        if (++depth > limits.depth()) {
            throw FormatException.limit(
                    bytes.position(), "UBJSON is nested deeper than " + limits.depth());
        }
        int type = -1;
        if (peek() == '$') {
            bytes.get();
            type = take(1).get() & 0xff;
            if (peek() != '#') {
                throw broken("A typed container has no count");
            }
        }
        if (peek() != '#') {
            return new Kind(type, -1);
        }
        bytes.get();
        long count = length();
        if (count > limits.values() - values) {
            throw FormatException.limit(
                    bytes.position(), "A container promises " + count + " values, more than read");
        }
        return new Kind(type, count);
    }

    private Json array() throws FormatException {
        Kind kind = kind();
        List<Json> items = new ArrayList<>();
        while (hasNext(kind, items.size(), ']')) {
            items.add(value(kind.type() < 0 ? marker() : kind.type()));
        }
        depth--;
        return new Json.Items(items);
    }

    private Json object() throws FormatException {
        Kind kind = kind();
        List<Json.Member> members = new ArrayList<>();
        while (hasNext(kind, members.size(), '}')) {
            String key = text();
            members.add(new Json.Member(key, value(kind.type() < 0 ? marker() : kind.type())));
        }
        depth--;
        return new Json.Members(members);
    }

    private boolean hasNext(Kind kind, int read, int end) throws FormatException {
        if (kind.count() >= 0) {
            return read < kind.count();
        }
        while (peek() == 'N') {
            bytes.get();
        }
        if (peek() == end) {
            bytes.get();
            return false;
        }
        return true;
    }

    private String text() throws FormatException {
        long length = length();
        ByteBuffer part = take(length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw broken("A text is not UTF-8");
        }
    }

    private long length() throws FormatException {
        long length = whole(take(1).get() & 0xff);
        if (length < 0) {
            throw broken("A length is negative");
        }
        return length;
    }

    private long whole(int type) throws FormatException {
        return switch (type) {
            case 'i' -> take(1).get();
            case 'U' -> take(1).get() & 0xff;
            case 'I' -> take(Short.BYTES).getShort();
            case 'l' -> take(Integer.BYTES).getInt();
            case 'L' -> take(Long.BYTES).getLong();
            default -> throw broken("Marker " + type + " is no type of whole numbers");
        };
    }

    private int marker() throws FormatException {
        while (peek() == 'N') {
            bytes.get();
        }
        return take(1).get() & 0xff;
    }

    private int peek() throws FormatException {
        if (!bytes.hasRemaining()) {
            throw FormatException.truncated(bytes.position(), "UBJSON ends early");
        }
        return bytes.get(bytes.position()) & 0xff;
    }

    private ByteBuffer take(long count) throws FormatException {
        if (count > bytes.remaining()) {
            throw FormatException.truncated(
                    bytes.position(),
                    "UBJSON ends early: "
                            + count
                            + " bytes promised, "
                            + bytes.remaining()
                            + " there");
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) count).order(ByteOrder.BIG_ENDIAN);
        bytes.position(bytes.position() + (int) count);
        return part;
    }

    private FormatException broken(String what) {
        return FormatException.broken(bytes.position(), what);
    }
}
