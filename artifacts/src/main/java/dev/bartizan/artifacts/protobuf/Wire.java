package dev.bartizan.artifacts.protobuf;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields of one protocol-buffer message (encoding: protobuf.dev, "Encoding"), nested messages
/// left as bytes. Field values of length-delimited fields are slices, never copies.
///
/// @param fields in the order in which they stand
public record Wire(List<Field> fields) {
    /// Most fields of one message.
    public static final int MOST_FIELDS = 5_000_000;

    private static final int LONGEST_TEXT_BYTES = 1 << 20;

    public Wire {
        fields = List.copyOf(fields);
    }

    private static final int DEEPEST_GROUP = 32;

    /// One field.
    ///
    /// @param number field number
    /// @param value of a number field; length of a length-delimited one
    /// @param bytes content of a length-delimited field; empty for numbers
    /// @param isBytes whether it is length-delimited
    /// @param offset where its content starts in the message it was read from
    public record Field(int number, long value, ByteSource bytes, boolean isBytes, long offset) {
        /// The content as text.
        public String text() throws IOException {
            return new String(bytes.bytes(0, LONGEST_TEXT_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// Reads all fields of a message.
    ///
    /// @throws FormatException when the bytes are no message
    public static Wire read(ByteSource message) throws IOException, FormatException {
        List<Field> fields = new ArrayList<>();
        read(message, fields);
        return new Wire(fields);
    }

    /// Reads the fields that stand before the place where a message breaks.
    public static Wire start(ByteSource message) throws IOException {
        List<Field> fields = new ArrayList<>();
        try {
            read(message, fields);
        } catch (FormatException e) {
            return new Wire(fields); // whoever reads all of it is told
        }
        return new Wire(fields);
    }

    private static void read(ByteSource message, List<Field> fields)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(message);
        ByteSource none = ByteSource.of(new byte[0]);
        while (in.remaining() > 0) {
            long at = in.position();
            if (fields.size() >= MOST_FIELDS) {
                throw FormatException.limit(at, "More than " + MOST_FIELDS + " fields");
            }
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            if (tag >>> 3 == 0 || tag >>> 3 > (1 << 29)) {
                throw FormatException.broken(at, "No field has number " + (tag >>> 3));
            }
            switch ((int) (tag & 7)) {
                case 0 -> fields.add(new Field(number, varint(in), none, false, at));
                case 1 -> fields.add(new Field(number, in.i64(), none, false, at));
                case 5 -> fields.add(new Field(number, in.u32(), none, false, at));
                case 2 -> {
                    long length = varint(in);
                    long start = in.position();
                    in.skip(length);
                    fields.add(
                            new Field(number, length, message.slice(start, length), true, start));
                }
                case 3 -> passOver(in, number, 1);
                default -> throw FormatException.broken(at, "No field has wire type " + (tag & 7));
            }
        }
    }

    /// Groups are of no message that is read here; readers pass over fields that they do not know.
    private static void passOver(ByteReader in, int group, int depth)
            throws IOException, FormatException {
        if (depth > DEEPEST_GROUP) {
            throw FormatException.limit(in.position(), "Groups in one another");
        }
        while (true) {
            long tag = varint(in);
            switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.skip(8);
                case 2 -> in.skip(varint(in));
                case 3 -> passOver(in, (int) (tag >>> 3), depth + 1);
                case 4 -> {
                    if (tag >>> 3 != group) {
                        throw FormatException.broken(in.position(), "A group that another ends");
                    }
                    return;
                }
                case 5 -> in.skip(4);
                default ->
                        throw FormatException.broken(
                                in.position(), "No field has wire type " + (tag & 7));
            }
        }
    }

    private static long varint(ByteReader in) throws IOException, FormatException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = in.u8();
            value |= shift < 64 ? (long) (b & 0x7f) << shift : 0;
            if (b < 0x80) {
                return value;
            }
        }
        throw FormatException.broken(in.position(), "A number of more than ten bytes");
    }

    /// The fields of that number.
    public List<Field> all(int number) {
        List<Field> all = new ArrayList<>();
        for (Field field : fields) {
            if (field.number() == number) {
                all.add(field);
            }
        }
        return all;
    }

    /// The last field of that number, which is the one that counts.
    public Optional<Field> last(int number) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).number() == number) {
                return Optional.of(fields.get(i));
            }
        }
        return Optional.empty();
    }

    /// The text of the last field of that number; empty when there is none.
    public String text(int number) throws IOException {
        Optional<Field> field = last(number);
        return field.isPresent() && field.get().isBytes() ? field.get().text() : "";
    }
}
