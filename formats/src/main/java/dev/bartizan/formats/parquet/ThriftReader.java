package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Thrift's compact protocol (apache/thrift, `doc/specs/thrift-compact-protocol.md`), as far as
/// Parquet uses it. Lists and texts are never longer than what is left of the bytes.
final class ThriftReader {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I16 = 4;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int DOUBLE = 7;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int SET = 10;
    static final int MAP = 11;
    static final int STRUCT = 12;
    static final int UUID = 13;

    /// Deepest nesting of structures and lists; Parquet's own needs six.
    private static final int DEEPEST = 32;

    private static final int LONGEST_TEXT_BYTES = 32 << 20;
    private static final int LONGEST_VARINT_BITS = 63;

    private final ByteReader in;
    private int depth;

    ThriftReader(ByteSource bytes, long from) {
        this.in = new ByteReader(bytes, from);
    }

    /// Reads one field of a structure, or leaves it to {@link #skip}.
    @FunctionalInterface
    interface Fields {
        /// Reads a field.
        ///
        /// @param id the field's number
        /// @param type its type; for truth values the value itself
        void field(int id, int type) throws IOException, FormatException;
    }

    /// Reads one item of a list.
    @FunctionalInterface
    interface Items {
        void item(int type) throws IOException, FormatException;
    }

    long position() {
        return in.position();
    }

    /// All fields of a structure.
    void struct(Fields fields) throws IOException, FormatException {
        deeper();
        int id = 0;
        for (int head = in.u8(); head != 0; head = in.u8()) {
            int delta = head >> 4;
            id = delta == 0 ? (int) zigzag() : id + delta;
            fields.field(id, head & 0x0f);
        }
        depth--;
    }

    /// All items of a list of this type of items.
    void list(int type, int wanted, Items items) throws IOException, FormatException {
        long at = in.position();
        expect(type, LIST);
        deeper();
        int head = in.u8();
        int itemType = head & 0x0f;
        long count = head >> 4 == 15 ? varint() : head >> 4;
        if (count > in.remaining()) {
            throw FormatException.truncated(
                    at, "A list of " + count + " items leads out of the footer");
        }
        if (count > 0) {
            expect(itemType, wanted);
        }
        for (long i = 0; i < count; i++) {
            items.item(itemType);
        }
        depth--;
    }

    /// A whole number.
    long number(int type) throws IOException, FormatException {
        if (type == BYTE) {
            return (byte) in.u8();
        }
        if (type != I16 && type != I32 && type != I64) {
            throw FormatException.broken(in.position(), "A number has the type " + type);
        }
        return zigzag();
    }

    /// A number of 32 bits.
    int small(int type) throws IOException, FormatException {
        long at = in.position();
        long number = number(type);
        if (number != (int) number) {
            throw FormatException.broken(at, "A number does not fit 32 bits: " + number);
        }
        return (int) number;
    }

    /// A text.
    String text(int type) throws IOException, FormatException {
        return new String(bytes(type), StandardCharsets.UTF_8);
    }

    byte[] bytes(int type) throws IOException, FormatException {
        expect(type, BINARY);
        return in.bytes(length());
    }

    private int length() throws IOException, FormatException {
        long at = in.position();
        long length = varint();
        if (length > in.remaining() || length > LONGEST_TEXT_BYTES) {
            throw FormatException.truncated(
                    at, "A text of " + length + " bytes leads out of the footer");
        }
        return (int) length;
    }

    /// Moves on behind a value.
    void skip(int type) throws IOException, FormatException {
        switch (type) {
            case TRUE, FALSE -> {}
            case BYTE -> in.skip(1);
            case I16, I32, I64 -> varint();
            case DOUBLE -> in.skip(Double.BYTES);
            case BINARY -> in.skip(length());
            case UUID -> in.skip(16);
            case STRUCT -> struct((_, inner) -> skip(inner));
            case LIST, SET -> list(LIST, -1, this::skipItem);
            case MAP -> skipMap();
            default -> throw FormatException.broken(in.position(), "No type " + type);
        }
    }

    /// Truth values take a byte in lists and maps.
    private void skipItem(int type) throws IOException, FormatException {
        if (type == TRUE || type == FALSE) {
            in.skip(1);
        } else {
            skip(type);
        }
    }

    private void skipMap() throws IOException, FormatException {
        deeper();
        long at = in.position();
        long count = varint();
        if (count > in.remaining()) {
            throw FormatException.truncated(at, "A map leads out of the footer");
        }
        int types = count == 0 ? 0 : in.u8();
        for (long i = 0; i < count; i++) {
            skipItem(types >> 4);
            skipItem(types & 0x0f);
        }
        depth--;
    }

    private void expect(int type, int wanted) throws FormatException {
        boolean isTruth = wanted == TRUE && type == FALSE;
        if (wanted >= 0 && type != wanted && !isTruth) {
            throw FormatException.broken(
                    in.position(), "Type " + type + " stands where " + wanted + " belongs");
        }
    }

    private void deeper() throws FormatException {
        if (++depth > DEEPEST) {
            throw FormatException.limit(in.position(), "Structures nested deeper than " + DEEPEST);
        }
    }

    private long zigzag() throws IOException, FormatException {
        long n = varint(Long.SIZE);
        return (n >>> 1) ^ -(n & 1);
    }

    /// A count, never negative.
    private long varint() throws IOException, FormatException {
        return varint(LONGEST_VARINT_BITS);
    }

    private long varint(int bits) throws IOException, FormatException {
        long at = in.position();
        long value = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            int b = in.u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if (bits == LONGEST_VARINT_BITS && value < 0) {
                    break;
                }
                return value;
            }
        }
        throw FormatException.broken(at, "A number is longer than " + bits + " bits");
    }
}
