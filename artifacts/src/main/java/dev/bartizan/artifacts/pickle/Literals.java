package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Plain;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Whole;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The opcodes that push data.
final class Literals {
    private static final int MOST_LINE_BYTES = 1 << 22;
    private static final int MOST_NAME_BYTES = 1 << 16;
    private static final int KEPT_TEXT_BYTES = 1 << 14;
    private static final int MOST_FLOAT_CHARACTERS = 1_000;
    private static final String DIGITS = "[0-9](?:_?[0-9])*+";

    /// What Python's `float` takes (Python library reference, "Built-in Functions").
    private static final LazyPattern FLOAT_FORM =
            LazyPattern.of(
                    "(?i)[+-]?(?:inf(?:inity)?|nan|(?:D(?:\\.(?:D)?)?|\\.D)(?:e[+-]?D)?)"
                            .replace("D", DIGITS));

    private static final Plain TRUE = new Plain("True");
    private static final Plain FALSE = new Plain("False");
    private static final Plain NONE = new Plain("None");
    private static final Plain FLOAT = new Plain("<float>");

    private final ByteReader in;
    private final Faults faults;

    Literals(ByteReader in, Faults faults) {
        this.in = in;
        this.faults = faults;
    }

    Value read(int op, long at) throws IOException, FormatException {
        return switch (op) {
            case 'N' -> NONE;
            case 0x88 -> TRUE;
            case 0x89 -> FALSE;
            case 'K' -> new Whole(in.u8());
            case 'M' -> new Whole(in.u16());
            case 'J' -> new Whole((int) in.u32());
            case 'I', 'L' -> wholeLine(op, at);
            case 0x8a -> wholeBytes(in.u8());
            case 0x8b -> wholeBytes(signed(at));
            case 'F' -> floatLine(at);
            case 'G' -> {
                in.skip(8);
                yield FLOAT;
            }
            case 'S' -> quoted(at);
            case 'V' -> new Text(rawUnicode(in.line(MOST_LINE_BYTES)), true, since(at + 1));
            case 'X' -> text(in.u32());
            case 0x8c -> text(in.u8());
            case 0x8d -> text(in.i64());
            case 'U' -> oldText(in.u8());
            case 'T' -> oldText(signed(at));
            case 'B' -> bytes(in.u32());
            case 'C' -> bytes(in.u8());
            case 0x8e -> bytes(in.i64());
            case 0x96 -> bytes(in.i64());
            default ->
                    throw FormatException.broken(
                            at, "No opcode is 0x" + HexFormat.of().toHexDigits((byte) op));
        };
    }

    private ByteSource since(long start) {
        return in.source().slice(start, in.position() - 1 - start);
    }

    private long signed(long at) throws IOException, FormatException {
        int length = (int) in.u32();
        if (length < 0) {
            throw FormatException.broken(at, "A negative length");
        }
        return length;
    }

    private Value text(long length) throws IOException, FormatException {
        long start = in.position();
        in.skip(length);
        int kept = (int) Math.min(length, KEPT_TEXT_BYTES);
        byte[] bytes = again(start, kept);
        String value = new String(bytes, StandardCharsets.UTF_8);
        if (value.indexOf('\ufffd') >= 0 && !Refusals.isUtf8(bytes, kept == length)) {
            faults.fault(start, "A text that is no UTF-8");
        }
        return new Text(value, kept == length, in.source().slice(start, length));
    }

    /// Bytes that the cursor has passed, from what it holds of them when it can.
    private byte[] again(long start, int length) throws IOException, FormatException {
        long end = in.position();
        in.seek(start);
        byte[] bytes = in.bytes(length);
        in.seek(end);
        return bytes;
    }

    /// Python 2 text; latin-1 shows every byte.
    private Value oldText(long length) throws IOException, FormatException {
        long start = in.position();
        in.skip(length);
        int kept = (int) Math.min(length, KEPT_TEXT_BYTES);
        String value = new String(again(start, kept), StandardCharsets.ISO_8859_1);
        return new Text(value, kept == length, in.source().slice(start, length));
    }

    private Value bytes(long length) throws FormatException {
        long start = in.position();
        in.skip(length);
        return new Bytes(in.source().slice(start, length));
    }

    private Value wholeBytes(long length) throws IOException, FormatException {
        if (length > 8) {
            in.skip(length);
            return new Plain("<integer of " + length + " bytes>");
        }
        byte[] little = in.bytes((int) length);
        long value = 0;
        for (int i = little.length - 1; i >= 0; i--) {
            value = i == little.length - 1 ? little[i] : value << 8 | (little[i] & 0xff);
        }
        return new Whole(value);
    }

    private Value wholeLine(int op, long at) throws IOException, FormatException {
        String line = in.line(MOST_LINE_BYTES);
        if (op == 'I' && line.equals("00")) {
            return FALSE;
        }
        if (op == 'I' && line.equals("01")) {
            return TRUE;
        }
        String digits = op == 'L' && line.endsWith("L") ? cut(line) : line;
        Optional<BigInteger> number = Numerals.whole(digits);
        if (number.isEmpty()) {
            return faults.missing(at, "Not a whole number: " + brief(line));
        }
        return number.get().bitLength() < 64
                ? new Whole(number.get().longValue())
                : new Plain("<integer>");
    }

    private static String cut(String line) {
        return line.substring(0, line.length() - 1);
    }

    private Value floatLine(long at) throws IOException, FormatException {
        String line = in.line(MOST_LINE_BYTES);
        if (line.length() > MOST_FLOAT_CHARACTERS || !FLOAT_FORM.matcher(line.strip()).matches()) {
            return faults.missing(at, "Not a number: " + brief(line));
        }
        return FLOAT;
    }

    /// STRING: a quoted Python literal.
    private Value quoted(long at) throws IOException, FormatException {
        String line = in.line(MOST_LINE_BYTES).strip();
        int last = line.length() - 1;
        boolean isQuoted =
                last >= 1
                        && line.charAt(0) == line.charAt(last)
                        && (line.charAt(0) == '\'' || line.charAt(0) == '"');
        if (!isQuoted) {
            faults.fault(at, "A string without quotes: " + brief(line));
            return new Text(line, true, since(at + 1));
        }
        return new Text(Escapes.python(line.substring(1, last)), true, since(at + 1));
    }

    private static String rawUnicode(String line) {
        return line.indexOf('\\') < 0 ? line : Escapes.rawUnicode(line);
    }

    String name() throws IOException, FormatException {
        byte[] latin = in.line(MOST_NAME_BYTES).getBytes(StandardCharsets.ISO_8859_1);
        return new String(latin, StandardCharsets.UTF_8);
    }

    Value lineText() throws IOException, FormatException {
        return new Text(in.line(MOST_NAME_BYTES), true, ByteSource.of(new byte[0]));
    }

    long index() throws IOException, FormatException {
        long at = in.position();
        String line = in.line(MOST_NAME_BYTES);
        Optional<BigInteger> number = Numerals.decimal(line);
        if (number.isEmpty() || number.get().bitLength() > 62) {
            faults.fault(at, "Not a memo index: " + brief(line));
            return -1;
        }
        return number.get().longValue();
    }

    private static String brief(String line) {
        return "\"" + (line.length() <= 40 ? line : line.substring(0, 40) + "…") + "\"";
    }
}
