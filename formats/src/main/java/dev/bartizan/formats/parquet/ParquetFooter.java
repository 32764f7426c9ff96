package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.List;

/// What the end of a Parquet file says of it (`parquet.thrift`, `FileMetaData`).
///
/// @param from where the footer starts in the file
/// @param columns the leaves of the schema
/// @param groups the rows
/// @param metadata keys and what stands under them
/// @param indexes ranges of page indexes and Bloom filters
/// @param createdBy what wrote it, in its own words
public record ParquetFooter(
        long from,
        List<ParquetColumn> columns,
        List<RowGroup> groups,
        List<KeyValue> metadata,
        List<Place> indexes,
        String createdBy) {
    /// Longest footer that is read.
    public static final int MOST_BYTES = 32 << 20;

    /// Bytes of the magic number at either end.
    public static final int MAGIC_BYTES = 4;

    private static final int TAIL_BYTES = 8;

    public ParquetFooter {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        metadata = List.copyOf(metadata);
        indexes = List.copyOf(indexes);
    }

    /// Something that the writer adds.
    ///
    /// @param value may be text or bytes
    /// @param at where it ends in the file
    public record KeyValue(String key, ByteSource value, long at) {}

    /// A range of the file.
    public record Place(long from, long bytes) {}

    /// Whether the end is that of a Parquet file: readers look there, whatever the start is.
    public static boolean endsFile(ByteSource file) throws IOException {
        long size = file.size();
        return size >= MAGIC_BYTES + TAIL_BYTES
                && (file.has(size - MAGIC_BYTES, "PAR1") || file.has(size - MAGIC_BYTES, "PARE"));
    }

    /// Reads the footer.
    ///
    /// @throws FormatException when it is broken, or encrypted
    public static ParquetFooter read(ByteSource file) throws IOException, FormatException {
        long size = file.size();
        if (!endsFile(file)) {
            throw FormatException.truncated(
                    size, "The file ends without the letters PAR1 that end every Parquet file");
        }
        long length = new ByteReader(file, size - TAIL_BYTES).u32();
        long from = size - TAIL_BYTES - length;
        if (from < MAGIC_BYTES) {
            throw FormatException.broken(
                    size - TAIL_BYTES,
                    "A footer of " + length + " bytes is promised in a file of " + size);
        }
        if (file.has(size - MAGIC_BYTES, "PARE")) {
            throw FormatException.unsupported(from, "an encrypted footer");
        }
        if (length > MOST_BYTES) {
            throw FormatException.limit(
                    from, "A footer of " + length + " bytes, where " + MOST_BYTES + " are read");
        }
        return new FooterParser(file.slice(0, size - TAIL_BYTES), from).footer();
    }
}
