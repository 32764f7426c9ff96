package dev.bartizan.formats.arrow;

import dev.bartizan.formats.FormatException;

/// Types of columns, in the order of `Type` in `Schema.fbs`, and how many buffers each has
/// (`Columnar.rst`, "Buffer Listing for Each Layout").
public enum ArrowType {
    /// No type.
    NONE(0),
    /// Nothing but absent values.
    NULL(0),
    /// Whole numbers.
    INT(2),
    /// Numbers.
    FLOATING_POINT(2),
    /// Bytes.
    BINARY(3),
    /// Texts.
    UTF8(3),
    /// Bits.
    BOOL(2),
    /// Decimals.
    DECIMAL(2),
    /// Days.
    DATE(2),
    /// Times of day.
    TIME(2),
    /// Times.
    TIMESTAMP(2),
    /// Intervals.
    INTERVAL(2),
    /// Lists.
    LIST(2),
    /// Several columns as one.
    STRUCT(1),
    /// One of several columns.
    UNION(1),
    /// Bytes of one length.
    FIXED_SIZE_BINARY(2),
    /// Lists of one length.
    FIXED_SIZE_LIST(1),
    /// Lists of keys and values.
    MAP(2),
    /// Durations.
    DURATION(2),
    /// Bytes, long offsets.
    LARGE_BINARY(3),
    /// Texts, long offsets.
    LARGE_UTF8(3),
    /// Lists, long offsets.
    LARGE_LIST(2),
    /// Runs.
    RUN_END_ENCODED(0),
    /// Bytes, some of them in place.
    BINARY_VIEW(2),
    /// Texts, some of them in place.
    UTF8_VIEW(2),
    /// Lists by start and length.
    LIST_VIEW(3),
    /// The same, long.
    LARGE_LIST_VIEW(3);

    private final int buffers;

    ArrowType(int buffers) {
        this.buffers = buffers;
    }

    int buffers() {
        return buffers;
    }

    boolean isLong() {
        return this == LARGE_BINARY || this == LARGE_UTF8 || this == LARGE_LIST;
    }

    /// Whether values are said to be text.
    public boolean isText() {
        return this == UTF8 || this == LARGE_UTF8 || this == UTF8_VIEW;
    }

    static ArrowType of(long number) throws FormatException {
        if (number <= 0 || number >= values().length) {
            throw FormatException.unsupported(0, "columns of type " + number);
        }
        return values()[(int) number];
    }
}
