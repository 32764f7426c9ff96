package dev.bartizan.formats.parquet;

import dev.bartizan.formats.FormatException;
import java.util.Locale;

/// How the pages of a column are packed (`parquet.thrift`, `CompressionCodec`), in its order.
public enum Codec {
    /// As they are.
    UNCOMPRESSED,
    /// Snappy without frames.
    SNAPPY,
    /// RFC 1952.
    GZIP,
    /// Not read here.
    LZO,
    /// Not read here.
    BROTLI,
    /// LZ4 blocks behind the lengths that Hadoop writes.
    LZ4,
    /// RFC 8878.
    ZSTD,
    /// One LZ4 block.
    LZ4_RAW;

    /// Its name in lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Codec of(int number, long at) throws FormatException {
        if (number < 0 || number >= values().length) {
            throw FormatException.broken(at, "No way of packing has the number " + number);
        }
        return values()[number];
    }
}
