package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// A local file header (APPNOTE.TXT 4.3.7).
record LocalHeader(
        long offset,
        int flags,
        int method,
        long crc,
        long packedBytes,
        long promisedBytes,
        String name,
        long dataOffset) {
    static final String SIGNATURE = "PK\3\4";

    static LocalHeader read(ByteSource file, long offset) throws IOException, FormatException {
        ByteReader reader = new ByteReader(file, offset);
        if (reader.u32() != 0x04034b50L) {
            throw FormatException.broken(offset, "No local header where one is promised");
        }
        reader.skip(2);
        int flags = reader.u16();
        int method = reader.u16();
        reader.skip(4);
        long crc = reader.u32();
        long packed = reader.u32();
        long promised = reader.u32();
        int nameBytes = reader.u16();
        int extraBytes = reader.u16();
        String name = Names.text(reader.bytes(nameBytes), flags);
        byte[] extra = reader.bytes(extraBytes);
        long[] sizes = Zip64Extra.sizes(extra, promised, packed, 0);
        return new LocalHeader(
                offset, flags, method, crc, sizes[1], sizes[0], name, reader.position());
    }

    boolean hasDescriptor() {
        return (flags & 8) != 0;
    }
}
