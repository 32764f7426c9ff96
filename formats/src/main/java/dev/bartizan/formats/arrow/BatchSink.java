package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;

/// Takes what a batch holds. Bytes are there only until the call returns.
public interface BatchSink {
    /// No row is known: a value of a dictionary.
    long NO_ROW = -1;

    /// A text or bytes.
    ///
    /// @param row in its batch, from 0
    void cell(ArrowSchema.Column column, long row, ByteSource bytes) throws IOException;

    /// A buffer of other values.
    ///
    /// @param at where its message starts in the file
    void numbers(ByteSource buffer, long at) throws IOException;
}
