package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import java.io.IOException;
import java.util.Optional;

/// A message: a description as a FlatBuffer (`Message.fbs`), and the bytes it describes.
///
/// @param from where it starts in the file
/// @param to where it ends in the file, its body included
/// @param kind what it is
/// @param header the table of its kind
/// @param description the FlatBuffer
/// @param body the bytes it describes
public record ArrowMessage(
        long from, long to, Kind kind, FlatTable header, ByteSource description, ByteSource body) {
    private static final long CONTINUATION = 0xffffffffL;
    private static final int MOST_DESCRIPTION_BYTES = 32 << 20;

    /// What a message is, in the order of `MessageHeader`.
    public enum Kind {
        /// Nothing.
        NONE,
        /// What columns there are.
        SCHEMA,
        /// Values that columns name by number.
        DICTIONARY,
        /// Rows.
        BATCH,
        /// A tensor.
        TENSOR,
        /// A sparse tensor.
        SPARSE_TENSOR
    }

    /// Whether messages start here, the schema first.
    public static boolean startsStream(ByteSource file) throws IOException {
        if (!file.has(0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff)) {
            return false;
        }
        try {
            return read(file, 0).filter(first -> first.kind() == Kind.SCHEMA).isPresent();
        } catch (FormatException e) {
            return e.kind() == FormatException.Kind.LIMIT;
        }
    }

    /// The message at an offset; empty at the mark that ends messages.
    ///
    /// @throws FormatException when it is broken, or leads out of the file
    public static Optional<ArrowMessage> read(ByteSource file, long at)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(file, at);
        long length = in.u32();
        if (length == CONTINUATION) { // files before version 0.15 have none
            length = in.u32();
        }
        if (length == 0) {
            return Optional.empty();
        }
        long from = in.position();
        if (length > file.size() - from) {
            throw FormatException.truncated(
                    at, "A message of " + length + " bytes leads out of the file");
        }
        if (length > MOST_DESCRIPTION_BYTES) {
            throw FormatException.limit(at, "A description of " + length + " bytes");
        }
        ByteSource description = ByteSource.of(file.bytes(from, (int) length));
        return Optional.of(message(new Frame(file, at, from + length), description));
    }

    private record Frame(ByteSource file, long from, long body) {}

    private static ArrowMessage message(Frame frame, ByteSource description)
            throws IOException, FormatException {
        try {
            FlatTable root = FlatTable.root(description);
            long kind = root.number(1, 1, 0);
            long bytes = root.number(3, Long.BYTES, 0);
            Optional<FlatTable> header = root.table(2);
            if (kind >= Kind.values().length || header.isEmpty()) {
                throw FormatException.broken(0, "No message has the kind " + kind);
            }
            if (bytes < 0 || bytes > frame.file().size() - frame.body()) {
                throw FormatException.truncated(
                        0, "A message with " + bytes + " bytes leads out of the file");
            }
            return new ArrowMessage(
                    frame.from(),
                    frame.body() + bytes,
                    Kind.values()[(int) kind],
                    header.get(),
                    description,
                    frame.file().slice(frame.body(), bytes));
        } catch (FormatException e) {
            throw new FormatException(e.kind(), frame.from(), e.what());
        }
    }
}
