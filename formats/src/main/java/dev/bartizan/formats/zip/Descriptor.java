package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// The data descriptor behind a streamed member (APPNOTE.TXT 4.3.9): with or without signature,
/// sizes of four or eight bytes.
final class Descriptor {
    private Descriptor() {}

    /// Byte after the descriptor at `offset`; `offset` when there is none that fits the member.
    static long end(ByteSource file, long offset, ZipMember member) throws IOException {
        boolean isSigned = file.has(offset, "PK\7\10");
        long at = isSigned ? offset + 4 : offset;
        try {
            ByteReader reader = new ByteReader(file, at);
            if (reader.u32() != member.crc()) {
                return offset;
            }
            boolean isShort =
                    reader.u32() == member.packedBytes() && reader.u32() == member.promisedBytes();
            return at + (isShort ? 12 : 20);
        } catch (FormatException e) {
            return offset;
        }
    }
}
