package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a footer. Numbers are those of the fields in `parquet.thrift`.
final class FooterParser {
    /// Most chunks of columns over all row groups.
    private static final int MOST_CHUNKS = 200_000;

    private static final int MOST_KEYS = 10_000;

    /// Where its offset stands among those of a column's indexes.
    private static final int BLOOM_FILTER = 4;

    private final ThriftReader in;
    private final long from;
    private final SchemaTree schema = new SchemaTree();
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ParquetFooter.KeyValue> metadata = new ArrayList<>();
    private final List<ParquetFooter.Place> indexes = new ArrayList<>();
    private String createdBy = "";
    private long rows;
    private int chunks;

    private final ByteSource file;

    /// @param file up to the footer's end
    FooterParser(ByteSource file, long from) {
        this.file = file;
        this.in = new ThriftReader(file, from);
        this.from = from;
    }

    ParquetFooter footer() throws IOException, FormatException {
        in.struct((id, type) -> {
            switch (id) {
                case 2 -> in.list(type, ThriftReader.STRUCT, _ -> schema.read(in));
                case 3 -> rows = in.number(type);
                case 4 -> in.list(type, ThriftReader.STRUCT, _ -> group());
                case 5 -> in.list(type, ThriftReader.STRUCT, _ -> keyValue());
                case 6 -> createdBy = in.text(type);
                case 8 ->
                        throw FormatException.unsupported(
                                in.position(), "columns that are encrypted");
                default -> in.skip(type);
            }
        });
        List<ParquetColumn> columns = schema.columns(from);
        check(columns);
        return new ParquetFooter(from, columns, groups, metadata, indexes, createdBy);
    }

    private void check(List<ParquetColumn> columns) throws FormatException {
        long sum = 0;
        for (RowGroup group : groups) {
            if (group.chunks().size() != columns.size()) {
                throw FormatException.broken(
                        from,
                        "A row group has "
                                + group.chunks().size()
                                + " columns, the schema "
                                + columns.size());
            }
            sum += group.rows();
        }
        if (sum != rows) {
            throw FormatException.broken(
                    from, rows + " rows are promised, the row groups have " + sum);
        }
    }

    private void keyValue() throws IOException, FormatException {
        KeyValueFields fields = new KeyValueFields();
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.key = in.text(type);
                case 2 -> fields.value = in.bytes(type);
                default -> in.skip(type);
            }
        });
        if (metadata.size() >= MOST_KEYS) {
            throw FormatException.limit(in.position(), "More than " + MOST_KEYS + " keys");
        }
        metadata.add(
                new ParquetFooter.KeyValue(fields.key, ByteSource.of(fields.value), in.position()));
    }

    private static final class KeyValueFields {
        private String key = "";
        private byte[] value = {};
    }

    private void group() throws IOException, FormatException {
        List<ColumnChunk> columns = new ArrayList<>();
        long[] counted = {0};
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> in.list(type, ThriftReader.STRUCT, _ -> columns.add(chunk()));
                case 3 -> counted[0] = in.number(type);
                default -> in.skip(type);
            }
        });
        if (counted[0] < 0) {
            throw FormatException.broken(
                    in.position(), "A row group promises " + counted[0] + " rows");
        }
        groups.add(new RowGroup(counted[0], columns));
    }

    private ColumnChunk chunk() throws IOException, FormatException {
        if (++chunks > MOST_CHUNKS) {
            throw FormatException.limit(
                    in.position(), "More than " + MOST_CHUNKS + " columns in row groups");
        }
        ChunkFields fields = new ChunkFields();
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.file = in.text(type);
                case 3 -> metadata(fields);
                case 4 -> fields.offsets[0] = in.number(type);
                case 5 -> fields.offsets[1] = in.number(type);
                case 6 -> fields.offsets[2] = in.number(type);
                case 7 -> fields.offsets[3] = in.number(type);
                case 8, 9 -> {
                    fields.isEncrypted = true;
                    in.skip(type);
                }
                default -> in.skip(type);
            }
        });
        if (fields.file.isEmpty()) {
            for (int i = 0; i < fields.offsets.length; i += 2) {
                long at = fields.offsets[i];
                long bytes = fields.offsets[i + 1];
                boolean isOldFilter = i == BLOOM_FILTER && at > 0 && at < from && bytes == 0;
                index(at, isOldFilter ? filterBytes(at) : bytes);
            }
        }
        ColumnChunk chunk = fields.chunk(in.position());
        chunk.check(in.position(), from);
        return chunk;
    }

    /// Writers before format 2.10 do not say how long a Bloom filter is; its head does
    /// (`BloomFilterHeader`).
    private long filterBytes(long at) throws IOException, FormatException {
        ThriftReader head = new ThriftReader(file.slice(0, from), at);
        long[] bits = {0};
        head.struct((id, type) -> {
            if (id == 1) {
                bits[0] = head.number(type);
            } else {
                head.skip(type);
            }
        });
        return head.position() - at + bits[0];
    }

    private void index(long at, long bytes) throws FormatException {
        if (at == 0 && bytes == 0) {
            return;
        }
        if (at < ParquetFooter.MAGIC_BYTES || bytes < 0 || at > from || bytes > from - at) {
            throw FormatException.broken(
                    in.position(), "An index leads out of the file: " + bytes + " bytes at " + at);
        }
        indexes.add(new ParquetFooter.Place(at, bytes));
    }

    private void metadata(ChunkFields fields) throws IOException, FormatException {
        in.struct((id, type) -> {
            switch (id) {
                case 4 -> fields.codec = Codec.of(in.small(type), in.position());
                case 5 -> fields.values = in.number(type);
                case 7 -> fields.bytes = in.number(type);
                case 9 -> fields.dataPage = in.number(type);
                case 11 -> fields.dictionaryPage = in.number(type);
                case 14 -> fields.offsets[4] = in.number(type);
                case 15 -> fields.offsets[5] = in.number(type);
                default -> in.skip(type);
            }
        });
    }

    private static final class ChunkFields {
        private String file = "";
        private Codec codec = Codec.UNCOMPRESSED;
        private long values = -1;
        private long bytes = -1;
        private long dataPage = -1;
        private long dictionaryPage;
        private boolean isEncrypted;

        /// Of two page indexes and the Bloom filter: offset, length.
        private final long[] offsets = new long[6];

        /// A dictionary of offset 0 is none: old writers say so.
        ColumnChunk chunk(long at) throws FormatException {
            if (file.isEmpty() && !isEncrypted && dataPage < 0) {
                throw FormatException.broken(at, "A column does not say where its pages are");
            }
            boolean hasDictionary = dictionaryPage > 0 && dictionaryPage < dataPage;
            long start = hasDictionary ? dictionaryPage : Math.max(0, dataPage);
            return new ColumnChunk(file, codec, values, start, bytes, isEncrypted);
        }
    }
}
