package dev.bartizan.formats.flatbuffer;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A table of a FlatBuffer (FlatBuffers, "Internals": a table points to the list of where its
/// fields lie). Fields are numbered from 0 as in the schema.
///
/// @param file the whole buffer; offsets count in it
/// @param at where the table starts
/// @param fieldsAt where the list of its fields starts
/// @param fieldsBytes how long that list is, its head included
public record FlatTable(ByteSource file, long at, long fieldsAt, int fieldsBytes) {
    private static final int HEAD_BYTES = 4;
    private static final int LONGEST_TEXT_BYTES = 1 << 20;

    /// The root table.
    ///
    /// @throws FormatException when its place is outside the file
    public static FlatTable root(ByteSource file) throws IOException, FormatException {
        return table(file, new ByteReader(file).u32());
    }

    /// Whether a buffer of that kind starts here: four letters behind the root's place.
    public static boolean hasIdentifier(ByteSource file, String identifier) throws IOException {
        return file.has(HEAD_BYTES, identifier);
    }

    private static FlatTable table(ByteSource file, long at) throws IOException, FormatException {
        ByteReader in = reader(file, at);
        long fields = at - (int) in.u32();
        ByteReader list = reader(file, fields);
        int bytes = list.u16();
        if (bytes < HEAD_BYTES || bytes % 2 != 0 || fields + bytes > file.size()) {
            throw FormatException.broken(fields, "A table's list of fields does not fit");
        }
        return new FlatTable(file, at, fields, bytes);
    }

    private static ByteReader reader(ByteSource file, long at) throws FormatException {
        if (at < 0 || at + HEAD_BYTES > file.size()) {
            throw FormatException.broken(
                    Math.clamp(at, 0, file.size()), "An offset leads out of the file: " + at);
        }
        return new ByteReader(file, at);
    }

    /// Where a field lies; -1 when it is absent.
    private long place(int field) throws IOException, FormatException {
        int slot = HEAD_BYTES + 2 * field;
        if (slot + 2 > fieldsBytes) {
            return -1;
        }
        int offset = new ByteReader(file, fieldsAt + slot).u16();
        return offset == 0 ? -1 : at + offset;
    }

    /// A number of 1, 2, 4 or 8 bytes, unsigned but for 8; the default when the field is absent.
    public long number(int field, int bytes, long absent) throws IOException, FormatException {
        long place = place(field);
        if (place < 0) {
            return absent;
        }
        ByteReader in = new ByteReader(file, place);
        return switch (bytes) {
            case 1 -> in.u8();
            case 2 -> in.u16();
            case 4 -> in.u32();
            case 8 -> in.i64();
            default -> throw new IllegalArgumentException("No number has " + bytes + " bytes");
        };
    }

    /// A table that a field points to.
    public Optional<FlatTable> table(int field) throws IOException, FormatException {
        long place = place(field);
        return place < 0 ? Optional.empty() : Optional.of(table(file, follow(place)));
    }

    /// A text; empty when the field is absent.
    public String text(int field) throws IOException, FormatException {
        Vector vector = vector(field, 1);
        byte[] bytes =
                file.bytes(vector.from(), (int) Math.min(vector.count(), LONGEST_TEXT_BYTES));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A list; of length 0 when the field is absent.
    ///
    /// @param itemBytes size of one item; 4 for lists of tables
    public Vector vector(int field, int itemBytes) throws IOException, FormatException {
        long place = place(field);
        if (place < 0) {
            return new Vector(file, 0, 0, itemBytes);
        }
        long start = follow(place);
        long count = reader(file, start).u32();
        if (count * itemBytes > file.size() - start - HEAD_BYTES) {
            throw FormatException.truncated(
                    start, "A list of " + count + " items leads out of the file");
        }
        return new Vector(file, start + HEAD_BYTES, count, itemBytes);
    }

    private long follow(long place) throws IOException, FormatException {
        return place + reader(file, place).u32();
    }

    /// A list in the buffer.
    ///
    /// @param file the whole buffer
    /// @param from where the first item starts
    /// @param count how many items there are
    /// @param itemBytes size of one item
    public record Vector(ByteSource file, long from, long count, int itemBytes) {
        /// The table that an item points to.
        public FlatTable table(long index) throws IOException, FormatException {
            long place = from + index * itemBytes;
            return FlatTable.table(file, place + reader(file, place).u32());
        }

        /// An item of four bytes, signed.
        public int number(long index) throws IOException, FormatException {
            return (int) new ByteReader(file, from + index * itemBytes).u32();
        }

        /// All bytes of it.
        public ByteSource bytes() {
            return file.slice(from, count * itemBytes);
        }
    }
}
