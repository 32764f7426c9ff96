package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The end of a file of Arrow (`File.fbs`): where its batches lie.
///
/// @param from where it starts in the file
/// @param schema once more
/// @param blocks where messages start: dictionaries first
/// @param metadata what the writer adds
public record ArrowFooter(
        long from, ArrowSchema schema, List<Long> blocks, List<ArrowSchema.KeyValue> metadata) {
    /// The letters at either end.
    public static final String MAGIC = "ARROW1";

    /// Where the first message starts.
    public static final int HEAD_BYTES = 8;

    private static final int TAIL_BYTES = 10;
    private static final int BLOCK_BYTES = 24;
    private static final int MOST_BLOCKS = 1 << 20;

    public ArrowFooter {
        blocks = List.copyOf(blocks);
        metadata = List.copyOf(metadata);
    }

    /// Whether the end is that of such a file.
    public static boolean endsFile(ByteSource file) throws IOException {
        long size = file.size();
        return size >= HEAD_BYTES + TAIL_BYTES && file.has(size - MAGIC.length(), MAGIC);
    }

    /// Reads it.
    ///
    /// @throws FormatException when it is broken or missing
    public static ArrowFooter read(ByteSource file) throws IOException, FormatException {
        long size = file.size();
        if (!endsFile(file)) {
            throw FormatException.truncated(
                    size, "The file ends without the letters " + MAGIC + " that end such files");
        }
        long length = new ByteReader(file, size - TAIL_BYTES).u32();
        long from = size - TAIL_BYTES - length;
        if (from < HEAD_BYTES) {
            throw FormatException.broken(
                    size - TAIL_BYTES,
                    "A footer of " + length + " bytes is promised in a file of " + size);
        }
        try {
            FlatTable root = FlatTable.root(file.slice(from, length));
            FlatTable schema =
                    root.table(1).orElseThrow(() -> FormatException.broken(0, "It has no schema"));
            List<Long> blocks = new ArrayList<>();
            blocks(root.vector(2, BLOCK_BYTES), blocks);
            blocks(root.vector(3, BLOCK_BYTES), blocks);
            return new ArrowFooter(
                    from, ArrowSchema.of(schema), blocks, ArrowSchema.metadata(root, 4));
        } catch (FormatException e) {
            throw new FormatException(e.kind(), from, "The footer: " + e.what());
        }
    }

    private static void blocks(FlatTable.Vector vector, List<Long> blocks)
            throws IOException, FormatException {
        if (vector.count() > MOST_BLOCKS) {
            throw FormatException.limit(0, vector.count() + " batches");
        }
        ByteReader in = new ByteReader(vector.bytes());
        for (long i = 0; i < vector.count(); i++) {
            in.seek(i * BLOCK_BYTES);
            blocks.add(in.i64());
        }
    }
}
