package dev.bartizan.formats.parquet;

import dev.bartizan.formats.FormatException;

/// The values of a column in one row group.
///
/// @param file another file that holds them; empty for this one
/// @param codec how its pages are packed
/// @param values how many values are promised, absent ones too
/// @param from where its first page starts
/// @param bytes of all its pages with their headers
/// @param isEncrypted whether its pages are encrypted
public record ColumnChunk(
        String file, Codec codec, long values, long from, long bytes, boolean isEncrypted) {
    /// Where it ends.
    public long to() {
        return from + bytes;
    }

    void check(long at, long end) throws FormatException {
        if (!file.isEmpty()) {
            return;
        }
        if (values < 0 || bytes < 0 || from < 4 || from > end || bytes > end - from) {
            throw FormatException.broken(
                    at,
                    "A column of "
                            + values
                            + " values is promised from "
                            + from
                            + " on for "
                            + bytes
                            + " bytes, where pages end at "
                            + end);
        }
    }
}
