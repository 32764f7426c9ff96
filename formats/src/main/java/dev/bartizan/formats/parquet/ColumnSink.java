package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;

/// Takes what a column holds. Bytes are there only until the call returns.
public interface ColumnSink {
    /// No row: a value of the dictionary that no row has.
    long NO_ROW = -1;

    /// A text or bytes; of a dictionary each value once, with the first row that has it.
    ///
    /// @param row in its row group, from 0
    void cell(long row, ByteSource bytes) throws IOException;

    /// An unpacked page of other values, or what stands around them.
    ///
    /// @param at where the page starts in the file
    void numbers(ByteSource page, long at) throws IOException;

    /// Whether pages of numbers are still worth unpacking.
    boolean wantsNumbers();

    /// Something that is wrong and does not keep the column from being read.
    void defect(long at, String what);
}
