package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Unpacks pages; decoders are not this module's.
@FunctionalInterface
public interface Unpacker {
    /// What comes out, exactly as many bytes as promised. The caller closes it.
    ///
    /// @throws FormatException when it is another number, or more than a limit, or the way of
    ///   packing is not read
    ByteSource unpack(Codec codec, ByteSource packed, long promised)
            throws IOException, FormatException;
}
