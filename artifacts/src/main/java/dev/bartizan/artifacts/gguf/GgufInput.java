package dev.bartizan.artifacts.gguf;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Numbers and texts of a GGUF file in its byte order and version: version 1 counts in 32 bits.
///
/// @param reader where it stands
/// @param isBigEndian byte order of the file
/// @param version of the format
record GgufInput(ByteReader reader, boolean isBigEndian, int version) {
    private static final long MOST_TEXT_BYTES = 16 << 20;

    long u32() throws IOException, FormatException {
        return isBigEndian ? reader.u32BigEndian() : reader.u32();
    }

    long u64() throws IOException, FormatException {
        return isBigEndian ? reader.i64BigEndian() : reader.i64();
    }

    /// A count or length.
    long length() throws IOException, FormatException {
        return version == 1 ? u32() : u64();
    }

    String text() throws IOException, FormatException {
        return text(length());
    }

    /// A text whose length was read.
    String text(long length) throws IOException, FormatException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    byte[] bytes(long length) throws IOException, FormatException {
        long at = reader.position();
        if (length < 0 || length > MOST_TEXT_BYTES) {
            throw FormatException.limit(
                    at, "A text of " + Long.toUnsignedString(length) + " bytes");
        }
        return reader.bytes((int) length);
    }
}
