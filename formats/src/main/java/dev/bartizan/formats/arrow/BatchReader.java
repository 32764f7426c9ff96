package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the values of a batch. Absent values are read like others: what their place holds is
/// there.
public final class BatchReader {
    private static final int NODE_BYTES = 16;
    private static final int VIEW_BYTES = 16;
    private static final int IN_PLACE_BYTES = 12;
    private static final int MOST_BUFFERS = 400_000;

    /// Values of a fixed length up to this are numbers.
    private static final int LONGEST_NUMBER_BYTES = 16;

    /// Buffers may share bytes; all together are not read much more often than there are any.
    private static final long MOST_READ = 4;

    private static final long FREELY_READ_BYTES = 1 << 20;

    private final ArrowMessage message;
    private final BatchSink sink;
    private final BufferUnpacker unpacker;
    private final FlatTable batch;
    private final List<long[]> nodes;
    private final List<long[]> buffers;
    private final int codec;
    private final ByteReader views;
    private final long viewCounts;
    private final List<ByteSource> open = new ArrayList<>();
    private int node;
    private int buffer;
    private int view;
    private long read;

    private BatchReader(
            ArrowMessage message, FlatTable batch, BatchSink sink, BufferUnpacker unpacker)
            throws IOException, FormatException {
        this.message = message;
        this.batch = batch;
        this.sink = sink;
        this.unpacker = unpacker;
        this.nodes = pairs(batch, 1);
        this.buffers = pairs(batch, 2);
        FlatTable packing = batch.table(3).orElse(null);
        this.codec = packing == null ? BufferUnpacker.NONE : (int) packing.number(0, 1, 0);
        FlatTable.Vector counts = batch.vector(4, Long.BYTES);
        this.views = new ByteReader(counts.bytes());
        this.viewCounts = counts.count();
    }

    /// Reads rows and gives their values to the sink.
    ///
    /// @return how many rows there are
    /// @throws FormatException when the batch is broken
    public static long rows(
            ArrowMessage message, ArrowSchema schema, BatchSink sink, BufferUnpacker unpacker)
            throws IOException, FormatException {
        BatchReader reader = new BatchReader(message, message.header(), sink, unpacker);
        long rows = reader.batch.number(0, Long.BYTES, 0);
        if (rows < 0) {
            throw FormatException.broken(message.from(), "A batch of " + rows + " rows");
        }
        reader.all(schema.columns(), index -> index);
        return rows;
    }

    /// Reads the values of a dictionary.
    public static void dictionary(
            ArrowMessage message, ArrowSchema schema, BatchSink sink, BufferUnpacker unpacker)
            throws IOException, FormatException {
        long number = message.header().number(0, Long.BYTES, 0);
        ArrowSchema.Column column =
                schema.allColumns().stream()
                        .filter(each -> each.dictionary() == number)
                        .findFirst()
                        .orElseThrow(() ->
                                FormatException.broken(
                                        message.from(), "No column has dictionary " + number));
        FlatTable batch =
                message.header()
                        .table(1)
                        .orElseThrow(() ->
                                FormatException.broken(message.from(), "An empty dictionary"));
        new BatchReader(message, batch, sink, unpacker)
                .all(List.of(column.values()), _ -> BatchSink.NO_ROW);
    }

    private static List<long[]> pairs(FlatTable batch, int field)
            throws IOException, FormatException {
        FlatTable.Vector vector = batch.vector(field, NODE_BYTES);
        if (vector.count() > MOST_BUFFERS) {
            throw FormatException.limit(0, vector.count() + " buffers in one batch");
        }
        ByteReader in = new ByteReader(vector.bytes());
        List<long[]> pairs = new ArrayList<>((int) vector.count());
        for (long i = 0; i < vector.count(); i++) {
            pairs.add(new long[] {in.i64(), in.i64()});
        }
        return pairs;
    }

    private void all(List<ArrowSchema.Column> columns, Rows rows)
            throws IOException, FormatException {
        try {
            for (ArrowSchema.Column column : columns) {
                column(column, rows);
            }
            if (buffer < buffers.size() || node < nodes.size()) {
                throw FormatException.broken(0, "A batch has more buffers than its columns need");
            }
            between();
        } catch (FormatException e) {
            throw new FormatException(e.kind(), message.from(), e.what());
        } finally {
            for (ByteSource each : open) {
                each.close();
            }
        }
    }

    /// What row an item of a column belongs to. Items are asked about in their order.
    @FunctionalInterface
    private interface Rows {
        long of(long index) throws IOException, FormatException;
    }

    private void column(ArrowSchema.Column column, Rows rows) throws IOException, FormatException {
        if (node >= nodes.size()) {
            throw FormatException.truncated(0, "A batch has too few columns");
        }
        long count = nodes.get(node++)[0];
        if (count < 0) {
            throw FormatException.broken(0, "A column of " + count + " values");
        }
        if (column.dictionary() >= 0) {
            next();
            sink.numbers(next(), message.from());
            return;
        }
        ArrowType type = column.type();
        switch (type) {
            case BINARY, UTF8, LARGE_BINARY, LARGE_UTF8 -> bytes(column, count, rows);
            case FIXED_SIZE_BINARY -> fixed(column, count, rows);
            case BINARY_VIEW, UTF8_VIEW -> views(column, count, rows);
            case LIST, MAP, LARGE_LIST -> {
                next();
                Rows within = new ListRows(next(), type.isLong(), rows);
                for (ArrowSchema.Column child : column.children()) {
                    column(child, within);
                }
            }
            case FIXED_SIZE_LIST -> {
                next();
                long size = Math.max(1, column.size());
                for (ArrowSchema.Column child : column.children()) {
                    column(child, index -> rows.of(index / size));
                }
            }
            case STRUCT -> {
                next();
                for (ArrowSchema.Column child : column.children()) {
                    column(child, rows);
                }
            }
            case UNION -> {
                next();
                if (column.size() == 1) {
                    next();
                }
                for (ArrowSchema.Column child : column.children()) {
                    column(child, index -> column.size() == 1 ? BatchSink.NO_ROW : rows.of(index));
                }
            }
            case RUN_END_ENCODED, LIST_VIEW, LARGE_LIST_VIEW -> {
                for (int i = 0; i < type.buffers(); i++) {
                    next();
                }
                for (ArrowSchema.Column child : column.children()) {
                    column(child, _ -> BatchSink.NO_ROW);
                }
            }
            case NONE, NULL -> {}
            case INT, FLOATING_POINT, BOOL, DECIMAL, DATE, TIME, TIMESTAMP, INTERVAL, DURATION -> {
                next();
                sink.numbers(next(), message.from());
            }
        }
    }

    private void bytes(ArrowSchema.Column column, long count, Rows rows)
            throws IOException, FormatException {
        next();
        ByteSource offsets = next();
        ByteSource data = next();
        int width = column.type().isLong() ? Long.BYTES : Integer.BYTES;
        if (count == 0) {
            return;
        }
        if (count >= offsets.size() / width) {
            throw FormatException.truncated(
                    0, "\"" + column.name() + "\" has " + count + " values and too few offsets");
        }
        ByteReader in = new ByteReader(offsets);
        long from = offset(in, width);
        unnamed(data, 0, from);
        for (long i = 0; i < count; i++) {
            long to = offset(in, width);
            if (to < from || to > data.size()) {
                throw FormatException.broken(
                        0,
                        "A value of \""
                                + column.name()
                                + "\" lies from "
                                + from
                                + " to "
                                + to
                                + " of "
                                + data.size()
                                + " bytes");
            }
            if (to > from) {
                sink.cell(column, rows.of(i), data.slice(from, to - from));
            }
            from = to;
        }
        unnamed(data, from, data.size());
    }

    private static long offset(ByteReader in, int width) throws IOException, FormatException {
        long offset = width == Long.BYTES ? in.i64() : (int) in.u32();
        if (offset < 0) {
            throw FormatException.broken(0, "An offset is negative: " + offset);
        }
        return offset;
    }

    /// Bytes that no value has.
    private void unnamed(ByteSource data, long from, long to) throws IOException {
        if (to - from >= NODE_BYTES) {
            sink.numbers(data.slice(from, to - from), message.from());
        }
    }

    private void fixed(ArrowSchema.Column column, long count, Rows rows)
            throws IOException, FormatException {
        next();
        ByteSource data = next();
        long size = column.size();
        if (size <= LONGEST_NUMBER_BYTES) {
            sink.numbers(data, message.from());
            return;
        }
        if (count > data.size() / size) {
            throw FormatException.truncated(0, "\"" + column.name() + "\" has too few bytes");
        }
        for (long i = 0; i < count; i++) {
            sink.cell(column, rows.of(i), data.slice(i * size, size));
        }
    }

    private void views(ArrowSchema.Column column, long count, Rows rows)
            throws IOException, FormatException {
        next();
        ByteSource places = next();
        long more = view++ < viewCounts ? views.i64() : 0;
        if (more < 0 || more > buffers.size() - buffer) {
            throw FormatException.broken(0, more + " buffers of values");
        }
        List<ByteSource> data = new ArrayList<>();
        for (long i = 0; i < more; i++) {
            data.add(next());
        }
        if (count > places.size() / VIEW_BYTES) {
            throw FormatException.truncated(0, "\"" + column.name() + "\" has too few views");
        }
        ByteReader in = new ByteReader(places);
        long made = 0;
        for (long i = 0; i < count; i++) {
            in.seek(i * VIEW_BYTES);
            long length = in.u32();
            if (length <= IN_PLACE_BYTES) {
                sink.cell(column, rows.of(i), places.slice(in.position(), length));
                continue;
            }
            in.skip(4);
            long number = in.u32();
            long from = in.u32();
            if (number >= data.size() || from + length > data.get((int) number).size()) {
                throw FormatException.broken(
                        0, "A value of \"" + column.name() + "\" lies outside its buffers");
            }
            made += length;
            if (made > MOST_READ * message.body().size() * 8 + FREELY_READ_BYTES) {
                throw FormatException.limit(0, "Views show the same bytes over and over");
            }
            sink.cell(column, rows.of(i), data.get((int) number).slice(from, length));
        }
    }

    /// The next buffer, unpacked.
    private ByteSource next() throws IOException, FormatException {
        if (buffer >= buffers.size()) {
            throw FormatException.truncated(0, "A batch has too few buffers");
        }
        long[] place = buffers.get(buffer++);
        long from = place[0];
        long length = place[1];
        if (from < 0 || length < 0 || from > message.body().size() - length) {
            throw FormatException.broken(
                    0,
                    "A buffer of "
                            + length
                            + " bytes at "
                            + from
                            + " leads out of a batch of "
                            + message.body().size());
        }
        read += length;
        if (read > MOST_READ * message.body().size() + FREELY_READ_BYTES) {
            throw FormatException.limit(0, "Buffers show the same bytes over and over");
        }
        return unpacked(message.body().slice(from, length));
    }

    /// Packed buffers start with the length of what they unpack to; -1 where they are not packed.
    private ByteSource unpacked(ByteSource bytes) throws IOException, FormatException {
        if (codec == BufferUnpacker.NONE || bytes.size() == 0) {
            return bytes;
        }
        long promised = new ByteReader(bytes).i64();
        ByteSource packed = bytes.slice(Long.BYTES, bytes.size());
        if (promised == -1 || (promised == 0 && packed.size() == 0)) {
            return packed;
        }
        if (promised < 0) {
            throw FormatException.broken(0, "A buffer promises " + promised + " bytes");
        }
        ByteSource made = unpacker.unpack(codec, packed, promised);
        open.add(made);
        return made;
    }

    /// What lies between buffers, where it is more than padding.
    private void between() throws IOException {
        List<long[]> sorted = new ArrayList<>(buffers);
        sorted.sort((one, other) -> Long.compare(one[0], other[0]));
        long end = 0;
        for (long[] place : sorted) {
            padding(end, place[0]);
            end = Math.max(end, place[0] + place[1]);
        }
        padding(end, message.body().size());
    }

    private void padding(long from, long to) throws IOException {
        if (to - from > 2L * NODE_BYTES) {
            sink.numbers(message.body().slice(from, to - from), message.from());
        }
    }

    /// Items of lists by their offsets.
    private static final class ListRows implements Rows {
        private final ByteReader offsets;
        private final boolean isLong;
        private final Rows above;
        private long next;
        private long row = -1;

        ListRows(ByteSource offsets, boolean isLong, Rows above) {
            this.offsets = new ByteReader(offsets);
            this.isLong = isLong;
            this.above = above;
        }

        @Override
        public long of(long index) throws IOException, FormatException {
            int width = isLong ? Long.BYTES : Integer.BYTES;
            if (row < 0 && offsets.remaining() >= width) {
                next = offset(offsets, width);
            }
            while (next <= index && offsets.remaining() >= width) {
                next = offset(offsets, width);
                row++;
            }
            return above.of(Math.max(0, row));
        }
    }
}
