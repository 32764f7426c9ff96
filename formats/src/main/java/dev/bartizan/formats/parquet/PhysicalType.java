package dev.bartizan.formats.parquet;

import dev.bartizan.formats.FormatException;

/// What values are in a file (`parquet.thrift`, `Type`), in its order.
public enum PhysicalType {
    /// One bit.
    BOOLEAN,
    /// Four bytes.
    INT32,
    /// Eight bytes.
    INT64,
    /// Twelve bytes, a time.
    INT96,
    /// Four bytes.
    FLOAT,
    /// Eight bytes.
    DOUBLE,
    /// Texts and bytes of any length.
    BYTE_ARRAY,
    /// Bytes of one length.
    FIXED_LEN_BYTE_ARRAY;

    /// Whether values are texts or bytes.
    public boolean isBytes() {
        return this == BYTE_ARRAY || this == FIXED_LEN_BYTE_ARRAY;
    }

    static PhysicalType of(int number, long at) throws FormatException {
        if (number < 0 || number >= values().length) {
            throw FormatException.broken(at, "No type has the number " + number);
        }
        return values()[number];
    }
}
