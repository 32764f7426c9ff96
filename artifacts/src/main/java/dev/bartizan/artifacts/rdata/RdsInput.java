package dev.bartizan.artifacts.rdata;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Numbers and texts of R's serialisation in each of its forms (R Internals, 1.8): XDR, which R
/// writes, text, and the byte order of a machine.
///
/// @param reader where it stands
record RdsInput(ByteReader reader, Form form) {
    private static final int LONGEST_KEPT = 1 << 16;
    private static final int LONGEST_WORD = 100;
    private static final int MISSING = Integer.MIN_VALUE;

    /// How numbers are written.
    enum Form {
        /// Big-endian, `X`.
        XDR,
        /// A word a line, `A`.
        TEXT,
        /// Little-endian, `B` as nearly every machine writes it.
        NATIVE
    }

    int i32() throws IOException, FormatException {
        return switch (form) {
            case XDR -> (int) reader.u32BigEndian();
            case NATIVE -> (int) reader.u32();
            case TEXT -> {
                long at = reader.position();
                String word = word();
                if (word.equals("NA")) {
                    yield MISSING;
                }
                try {
                    yield Integer.parseInt(word);
                } catch (NumberFormatException e) {
                    throw FormatException.broken(at, "A number is wanted where none stands");
                }
            }
        };
    }

    /// Length of a vector: longer ones have -1 and two words.
    long length() throws IOException, FormatException {
        long at = reader.position();
        int first = i32();
        if (first >= 0) {
            return first;
        }
        long high = i32() & 0xffffffffL;
        long low = i32() & 0xffffffffL;
        if (first != -1 || high > 1 << 16) {
            throw FormatException.broken(at, "A vector of length " + first);
        }
        return high << 32 | low;
    }

    /// @param width bytes of a value; complex numbers have 16 and stand as two words in text
    void skip(long count, int width) throws IOException, FormatException {
        if (count > reader.remaining() / (form == Form.TEXT ? 1 : width)) {
            throw FormatException.truncated(
                    reader.position(),
                    count + " values promised, " + reader.remaining() + " bytes present");
        }
        if (form != Form.TEXT) {
            reader.skip(count * width);
            return;
        }
        for (long i = 0; i < count * (width == 16 ? 2 : 1); i++) {
            word();
        }
    }

    /// A text; only its start when it is long.
    String text() throws IOException, FormatException {
        int length = i32();
        if (length < 0) {
            return "";
        }
        if (form == Form.TEXT) {
            return escaped(length);
        }
        int kept = Math.min(length, LONGEST_KEPT);
        String text = new String(reader.bytes(kept), StandardCharsets.UTF_8);
        reader.skip(length - (long) kept);
        return text;
    }

    /// The next word between white space.
    private String word() throws IOException, FormatException {
        int c = firstSign();
        StringBuilder word = new StringBuilder();
        while (c > ' ' && word.length() < LONGEST_WORD) {
            word.append((char) c);
            c = reader.remaining() == 0 ? ' ' : reader.u8();
        }
        return word.toString();
    }

    private int firstSign() throws IOException, FormatException {
        int c = reader.u8();
        while (c <= ' ') {
            c = reader.u8();
        }
        return c;
    }

    /// Signs that would end a word stand as C writes them: `\n`, `\040`.
    private String escaped(int length) throws IOException, FormatException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            int c = i == 0 ? firstSign() : reader.u8();
            int sign = c == '\\' ? escape(reader.u8()) : c;
            if (i < LONGEST_KEPT) {
                text.write(sign);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private int escape(int c) throws IOException, FormatException {
        int named = "abfnrtv".indexOf(c);
        if (named >= 0) {
            return "\u0007\b\f\n\r\t\u000b".charAt(named);
        }
        if (c < '0' || c > '7') {
            return c;
        }
        int value = c - '0';
        for (int i = 0; i < 2 && reader.remaining() > 0; i++) {
            int digit = reader.u8();
            if (digit < '0' || digit > '7') {
                reader.seek(reader.position() - 1);
                return value;
            }
            value = value * 8 + digit - '0';
        }
        return value;
    }
}
