package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// What stands before a page (`parquet.thrift`, `PageHeader` and the headers in it).
///
/// @param from where it starts in the file
/// @param to where the page's bytes start
/// @param kind of the page
/// @param sizes of the page
/// @param checksum CRC-32 of the packed bytes; negative when there is none
/// @param values how many values, absent ones too
/// @param encoding of the values
/// @param levels how levels are written
record PageHeader(
        long from,
        long to,
        Kind kind,
        Sizes sizes,
        long checksum,
        long values,
        int encoding,
        LevelBytes levels) {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int DELTA_BYTE_ARRAY = 7;
    static final int RLE_DICTIONARY = 8;
    static final int BYTE_STREAM_SPLIT = 9;

    /// More values are never in one page, and walking them takes too long.
    private static final long MOST_VALUES = 1 << 28;

    /// Statistics may repeat values, but whole pages of them are none.
    private static final long MOST_BYTES = 8 << 20;

    /// What a page is, in the order of `PageType`.
    enum Kind {
        DATA,
        INDEX,
        DICTIONARY,
        DATA_V2
    }

    /// Bytes of a page.
    record Sizes(long packed, long unpacked) {}

    /// How levels and values stand in a page.
    ///
    /// @param repetition bytes of these levels before the values, of pages of version 2
    /// @param definition bytes of those
    /// @param isPacked whether the values are packed
    /// @param encodings of both kinds of levels, of pages of version 1; those of a column that has
    ///   none mean nothing
    record LevelBytes(
            long repetition, long definition, boolean isPacked, LevelEncodings encodings) {}

    /// Numbers of encodings.
    record LevelEncodings(int repetition, int definition) {}

    private static final class Fields {
        private int kind = -1;
        private long packed = -1;
        private long unpacked = -1;
        private long checksum = -1;
        private long values = -1;
        private int encoding = -1;
        private long repetition;
        private long definition;
        private boolean isPacked = true;
        private int repetitionEncoding = RLE;
        private int definitionEncoding = RLE;
    }

    static PageHeader read(ByteSource file, long from) throws IOException, FormatException {
        ThriftReader in = new ThriftReader(file.slice(0, from + MOST_BYTES), from);
        Fields fields = new Fields();
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.kind = in.small(type);
                case 2 -> fields.unpacked = in.small(type);
                case 3 -> fields.packed = in.small(type);
                case 4 -> fields.checksum = in.small(type) & 0xffffffffL;
                case 5, 7 -> first(in, fields);
                case 8 -> second(in, fields);
                default -> in.skip(type);
            }
        });
        return header(fields, from, in.position());
    }

    private static void first(ThriftReader in, Fields fields) throws IOException, FormatException {
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.values = in.small(type);
                case 2 -> fields.encoding = in.small(type);
                case 3 -> {
                    if (type == ThriftReader.I32) {
                        fields.definitionEncoding = in.small(type);
                    } else {
                        in.skip(type); // whether a dictionary is sorted
                    }
                }
                case 4 -> fields.repetitionEncoding = in.small(type);
                default -> in.skip(type);
            }
        });
    }

    private static void second(ThriftReader in, Fields fields) throws IOException, FormatException {
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> fields.values = in.small(type);
                case 4 -> fields.encoding = in.small(type);
                case 5 -> fields.definition = in.small(type);
                case 6 -> fields.repetition = in.small(type);
                case 7 -> fields.isPacked = type == ThriftReader.TRUE;
                default -> in.skip(type);
            }
        });
    }

    private static PageHeader header(Fields fields, long from, long to) throws FormatException {
        if (fields.kind < 0 || fields.kind >= Kind.values().length) {
            throw FormatException.broken(from, "No page has the kind " + fields.kind);
        }
        Kind kind = Kind.values()[fields.kind];
        long levels = fields.repetition + fields.definition;
        boolean fits =
                fields.repetition >= 0
                        && fields.definition >= 0
                        && fields.packed >= 0
                        && fields.unpacked >= 0
                        && levels <= fields.packed
                        && levels <= fields.unpacked;
        if (!fits) {
            throw FormatException.broken(
                    from,
                    "A page promises "
                            + fields.packed
                            + " bytes that unpack to "
                            + fields.unpacked
                            + ", "
                            + levels
                            + " of levels among them");
        }
        if (kind != Kind.INDEX && (fields.values < 0 || fields.values > MOST_VALUES)) {
            throw FormatException.broken(from, "A page promises " + fields.values + " values");
        }
        return new PageHeader(
                from,
                to,
                kind,
                new Sizes(fields.packed, fields.unpacked),
                fields.checksum,
                Math.max(0, fields.values),
                fields.encoding,
                new LevelBytes(
                        fields.repetition,
                        fields.definition,
                        fields.isPacked,
                        new LevelEncodings(fields.repetitionEncoding, fields.definitionEncoding)));
    }
}
