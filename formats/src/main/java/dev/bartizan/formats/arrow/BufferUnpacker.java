package dev.bartizan.formats.arrow;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Unpacks buffers; decoders are not this module's.
@FunctionalInterface
public interface BufferUnpacker {
    /// Not packed.
    int NONE = -1;

    /// What comes out, exactly as many bytes as promised. The caller closes it.
    ///
    /// @param codec a number of `CompressionType` in `Message.fbs`: 0 is LZ4 in frames, 1 Zstandard
    /// @throws FormatException when it is another number, or more than a limit, or the way of
    ///   packing is not read
    ByteSource unpack(int codec, ByteSource packed, long promised)
            throws IOException, FormatException;
}
