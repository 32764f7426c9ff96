package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Reads the pages of one column in one row group, in turn.
public final class ColumnReader {
    /// Values of a fixed length up to this are numbers: halves, decimals, identifiers.
    private static final int LONGEST_NUMBER_BYTES = 16;

    private static final int BLOCK_BYTES = 1 << 16;

    /// A header longer than this has room for more than a page's sizes.
    private static final int LONG_HEADER_BYTES = 256;

    private final ByteSource file;
    private final ParquetColumn column;
    private final ColumnChunk chunk;
    private final Unpacker unpacker;
    private @Nullable Dictionary dictionary;
    private long row = -1;
    private long position;

    /// @param chunk lies in this file and is not encrypted
    public ColumnReader(
            ByteSource file, ParquetColumn column, ColumnChunk chunk, Unpacker unpacker) {
        this.file = file.slice(0, chunk.to());
        this.column = column;
        this.chunk = chunk;
        this.unpacker = unpacker;
        this.position = chunk.from();
    }

    /// Up to where it was read.
    public long position() {
        return position;
    }

    /// Gives all values to the sink.
    ///
    /// @throws FormatException when pages are broken; offsets are those of the page in the file
    public void read(ColumnSink sink) throws IOException, FormatException {
        long values = 0;
        try {
            while (position < chunk.to()) {
                PageHeader header = PageHeader.read(file, position);
                values += header.kind() == PageHeader.Kind.DICTIONARY ? 0 : header.values();
                page(header, sink);
                position = header.to() + header.sizes().packed();
            }
            if (dictionary != null) {
                dictionary.finish(sink);
            }
        } finally {
            if (dictionary != null) {
                dictionary.close();
            }
        }
        if (values != chunk.values()) {
            throw FormatException.broken(
                    chunk.from(),
                    chunk.values() + " values are promised, the pages have " + values);
        }
    }

    private void page(PageHeader header, ColumnSink sink) throws IOException, FormatException {
        long packed = header.sizes().packed();
        if (packed > file.size() - header.to()) {
            throw FormatException.truncated(
                    header.from(), "A page of " + packed + " bytes leads out of its column");
        }
        if (header.to() - header.from() > LONG_HEADER_BYTES) {
            sink.numbers(file.slice(header.from(), header.to() - header.from()), header.from());
        }
        boolean isCells = column.type().isBytes() && !isNumber();
        if (header.kind() == PageHeader.Kind.INDEX || (!isCells && !sink.wantsNumbers())) {
            return;
        }
        check(header, sink);
        try {
            read(header, isCells, sink);
        } catch (FormatException e) {
            throw new FormatException(e.kind(), header.from(), e.what());
        }
    }

    private boolean isNumber() {
        return column.valueBytes() > 0 && column.valueBytes() <= LONGEST_NUMBER_BYTES;
    }

    private void check(PageHeader header, ColumnSink sink) throws IOException {
        if (header.checksum() < 0) {
            return;
        }
        CRC32 crc = new CRC32();
        long end = header.to() + header.sizes().packed();
        for (long at = header.to(); at < end; at += BLOCK_BYTES) {
            crc.update(file.bytes(at, (int) Math.min(BLOCK_BYTES, end - at)));
        }
        if (crc.getValue() != header.checksum()) {
            sink.defect(header.from(), "The checksum of a page is not the promised one");
        }
    }

    private void read(PageHeader header, boolean isCells, ColumnSink sink)
            throws IOException, FormatException {
        long levels =
                header.kind() == PageHeader.Kind.DATA_V2
                        ? header.levels().repetition() + header.levels().definition()
                        : 0;
        ByteSource packed = file.slice(header.to() + levels, header.sizes().packed() - levels);
        ByteSource page = unpacked(header, packed, header.sizes().unpacked() - levels);
        boolean isKept = false;
        try {
            if (!isCells) {
                sink.numbers(page, header.from());
                return;
            }
            switch (header.kind()) {
                case INDEX -> {}
                case DICTIONARY -> {
                    isKept = true;
                    take(page, header);
                }
                case DATA -> version1(page, header, sink);
                case DATA_V2 -> version2(page, header, sink);
            }
        } finally {
            if (!isKept) {
                page.close();
            }
        }
    }

    private ByteSource unpacked(PageHeader header, ByteSource packed, long promised)
            throws IOException, FormatException {
        if (chunk.codec() == Codec.UNCOMPRESSED || !header.levels().isPacked()) {
            if (packed.size() != promised) {
                throw FormatException.broken(
                        0,
                        packed.size()
                                + " bytes that are not packed are promised to unpack to "
                                + promised);
            }
            return packed;
        }
        return packed.size() == 0 && promised == 0
                ? packed
                : unpacker.unpack(chunk.codec(), packed, promised);
    }

    private void take(ByteSource page, PageHeader header) throws IOException, FormatException {
        if (dictionary != null) {
            throw FormatException.broken(0, "A column has two dictionaries");
        }
        if (header.encoding() != PageHeader.PLAIN
                && header.encoding() != PageHeader.PLAIN_DICTIONARY) {
            throw FormatException.unsupported(
                    0, "a dictionary of the encoding " + header.encoding());
        }
        dictionary = Dictionary.of(page, column.valueBytes(), header.values());
    }

    /// Levels stand before the values and are packed with them, each with its length.
    private void version1(ByteSource page, PageHeader header, ColumnSink sink)
            throws IOException, FormatException {
        ByteReader in = new ByteReader(page);
        PageHeader.LevelEncodings encodings = header.levels().encodings();
        RunReader repetition = levels(in, column.levels().repetition(), encodings.repetition());
        RunReader definition = levels(in, column.levels().definition(), encodings.definition());
        ByteSource values = page.slice(in.position(), page.size());
        walk(header, repetition, definition, values, sink);
    }

    private static @Nullable RunReader levels(ByteReader in, int most, int encoding)
            throws IOException, FormatException {
        if (most == 0) {
            return null;
        }
        if (encoding != PageHeader.RLE) {
            throw FormatException.unsupported(0, "levels of the encoding " + encoding);
        }
        long length = in.u32();
        long from = in.position();
        in.skip(length);
        return new RunReader(in.source().slice(from, length), bits(most));
    }

    /// Levels stand before the values, not packed.
    private void version2(ByteSource values, PageHeader header, ColumnSink sink)
            throws IOException, FormatException {
        PageHeader.LevelBytes bytes = header.levels();
        ByteSource first = file.slice(header.to(), bytes.repetition());
        ByteSource second = file.slice(header.to() + bytes.repetition(), bytes.definition());
        int repetition = column.levels().repetition();
        int definition = column.levels().definition();
        walk(
                header,
                repetition == 0 ? null : new RunReader(first, bits(repetition)),
                definition == 0 ? null : new RunReader(second, bits(definition)),
                values,
                sink);
    }

    private static int bits(int most) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(most);
    }

    /// Goes through levels and values together. A run of the same levels is one step.
    private void walk(
            PageHeader header,
            @Nullable RunReader repetition,
            @Nullable RunReader definition,
            ByteSource page,
            ColumnSink sink)
            throws IOException, FormatException {
        Taking taking = null;
        long left = header.values();
        while (left > 0) {
            long count = left;
            if (repetition != null) {
                count = Math.min(count, repetition.ahead());
            }
            if (definition != null) {
                count = Math.min(count, definition.ahead());
            }
            if (count <= 0) {
                throw FormatException.truncated(0, "The levels of a page end early");
            }
            int step = repetition == null || repetition.value() == 0 ? 1 : 0;
            if (definition == null || definition.value() == column.levels().definition()) {
                taking = taking == null ? taking(header, page, sink) : taking;
                taking.take(count, row + step, step);
            }
            row += count * step;
            left -= count;
            if (repetition != null) {
                repetition.take(count);
            }
            if (definition != null) {
                definition.take(count);
            }
        }
    }

    /// Takes values of a page and gives them to the sink.
    @FunctionalInterface
    private interface Taking {
        /// @param from row of the first
        /// @param step from one row to the next: 0 within a list
        void take(long count, long from, int step) throws IOException, FormatException;
    }

    private Taking taking(PageHeader header, ByteSource page, ColumnSink sink)
            throws IOException, FormatException {
        boolean isNumbered =
                header.encoding() == PageHeader.PLAIN_DICTIONARY
                        || header.encoding() == PageHeader.RLE_DICTIONARY;
        if (isNumbered) {
            return numbered(page, sink);
        }
        ByteValues values =
                ByteValues.of(header.encoding(), page, column.valueBytes(), header.values());
        return (count, from, step) -> {
            for (long i = 0; i < count; i++) {
                sink.cell(from + i * step, values.next());
            }
        };
    }

    private Taking numbered(ByteSource page, ColumnSink sink) throws IOException, FormatException {
        Dictionary known = dictionary;
        if (known == null) {
            throw FormatException.broken(0, "A page names values of a dictionary that is missing");
        }
        int width = new ByteReader(page).u8();
        if (width > RunReader.MOST_BITS) {
            throw FormatException.broken(0, "Numbers of " + width + " bits");
        }
        RunReader numbers = new RunReader(page.slice(1, page.size()), width);
        return (count, from, step) -> {
            long at = from;
            for (long left = count; left > 0; ) {
                long same = Math.min(left, numbers.ahead());
                if (same <= 0) {
                    throw FormatException.truncated(0, "A page has too few values");
                }
                known.use(numbers.value(), at, sink);
                numbers.take(same);
                at += same * step;
                left -= same;
            }
        };
    }
}
