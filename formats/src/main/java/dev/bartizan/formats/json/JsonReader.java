package dev.bartizan.formats.json;

import dev.bartizan.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads one JSON document (RFC 8259) under limits. Accepts NaN and Infinity as Python does, and
/// lists repeated keys instead of choosing silently.
public final class JsonReader {
    private static final int MOST_DUPLICATES = 16;

    private final String text;
    private final JsonLimits limits;
    private final List<String> duplicateKeys = new ArrayList<>();
    private int at;
    private int depth;
    private int values;

    private JsonReader(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /// What was read.
    ///
    /// @param value the document
    /// @param duplicateKeys keys that stand twice in one object, at most sixteen
    /// @param end where the document ends, in UTF-16 units, white space included
    public record Document(Json value, List<String> duplicateKeys, int end) {
        public Document {
            duplicateKeys = List.copyOf(duplicateKeys);
        }
    }

    /// Reads UTF-8 bytes that hold one document and nothing else.
    ///
    /// @throws FormatException when they do not, or hold more than the limits allow
    public static Document read(byte[] utf8, JsonLimits limits) throws FormatException {
        if (utf8.length > limits.bytes()) {
            throw FormatException.limit(0, "JSON is larger than " + limits.bytes() + " bytes");
        }
        try {
            return read(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(),
                    limits);
        } catch (CharacterCodingException e) {
            throw FormatException.broken(0, "JSON is not UTF-8");
        }
    }

    /// Reads text that holds one document and nothing else.
    ///
    /// @throws FormatException when it does not, or holds more than the limits allow
    public static Document read(String text, JsonLimits limits) throws FormatException {
        JsonReader reader = new JsonReader(text, limits);
        if (text.startsWith("\uFEFF")) {
            reader.at = 1;
        }
        Json value = reader.value();
        reader.blank();
        if (reader.at < text.length()) {
            throw FormatException.broken(reader.at, "Text after the end of the JSON document");
        }
        return new Document(value, reader.duplicateKeys, reader.at);
    }

    private Json value() throws FormatException {
        blank();
        if (++values > limits.values()) {
            throw FormatException.limit(at, "JSON has more than " + limits.values() + " values");
        }
        int c = at < text.length() ? text.charAt(at) : -1;
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Null());
            case 'N' -> word("NaN", new Json.Numeral("NaN"));
            case 'I' -> word("Infinity", new Json.Numeral("Infinity"));
            case -1 -> throw FormatException.truncated(at, "JSON ends early");
            default -> number();
        };
    }

    private Json object() throws FormatException {
        enter();
        List<Json.Member> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        blank();
        if (!take('}')) {
            do {
                blank();
                if (at >= text.length() || text.charAt(at) != '"') {
                    throw broken("A key in quotes");
                }
                String key = string();
                if (!seen.add(key) && duplicateKeys.size() < MOST_DUPLICATES) {
                    duplicateKeys.add(key);
                }
                blank();
                expect(':');
                members.add(new Json.Member(key, value()));
                blank();
            } while (take(','));
            expect('}');
        }
        depth--;
        return new Json.Members(members);
    }

    private Json array() throws FormatException {
        enter();
        List<Json> items = new ArrayList<>();
        blank();
        if (!take(']')) {
            do {
                items.add(value());
                blank();
            } while (take(','));
            expect(']');
        }
        depth--;
        return new Json.Items(items);
    }

    private void enter() throws FormatException {
        at++;
        if (++depth > limits.depth()) {
            throw FormatException.limit(at, "JSON is nested deeper than " + limits.depth());
        }
    }

    private String string() throws FormatException {
        int start = ++at;
        StringBuilder escaped = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String plain = text.substring(start, at++);
                return escaped == null ? plain : escaped.append(plain).toString();
            }
            if (c < ' ') {
                throw broken("No control character in a string");
            }
            if (c == '\\') {
                escaped = escaped == null ? new StringBuilder() : escaped;
                escaped.append(text, start, at);
                at++;
                escaped.append(escape());
                start = at;
            } else {
                at++;
            }
        }
        throw FormatException.truncated(at, "JSON ends inside a string");
    }

    private char escape() throws FormatException {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw broken("A known escape");
        };
    }

    private char hex() throws FormatException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw broken("Four hexadecimal digits");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private Json number() throws FormatException {
        int start = at;
        if (take('-') && at < text.length() && text.charAt(at) == 'I') {
            return word("Infinity", new Json.Numeral("-Infinity"));
        }
        while (at < text.length() && isOfNumber(text.charAt(at))) {
            at++;
        }
        String written = text.substring(start, at);
        if (written.length() > limits.numberDigits()) {
            throw FormatException.limit(start, "A number has too many digits");
        }
        if (!JsonNumbers.isNumber(written)) {
            at = start;
            throw broken("A value");
        }
        return new Json.Numeral(written);
    }

    private Json word(String word, Json value) throws FormatException {
        if (!text.startsWith(word, at)) {
            throw broken("A value");
        }
        at += word.length();
        return value;
    }

    private void blank() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isOfNumber(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws FormatException {
        if (!take(c)) {
            throw broken("'" + c + "'");
        }
    }

    private FormatException broken(String expected) {
        return at >= text.length()
                ? FormatException.truncated(at, "JSON ends early; expected: " + expected)
                : FormatException.broken(at, "Not JSON; expected: " + expected);
    }
}
