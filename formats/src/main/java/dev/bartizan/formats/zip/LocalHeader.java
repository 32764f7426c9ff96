package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// A local file header (APPNOTE.TXT 4.3.7).
///
/// @param version needed to unpack
/// @param time of the last change, MS-DOS time and date
/// @param isSigned whether it starts as one must
/// @param unicodeName the name of the Info-ZIP Unicode path field (4.6.9); empty without one
record LocalHeader(
        long offset,
        boolean isSigned,
        int version,
        int flags,
        int method,
        long time,
        long crc,
        long packedBytes,
        long promisedBytes,
        String name,
        String unicodeName,
        long dataOffset) {
    private static final long SIGNATURE = 0x04034b50; // "PK\3\4"

    /// Longer than most headers with their name and extra fields.
    private static final int HEADER_BYTES = 512;

    static LocalHeader read(ByteSource file, long offset) throws IOException, FormatException {
        if (!file.has(offset, "PK\3\4")) {
            throw FormatException.broken(offset, "No local header where one is promised");
        }
        return readUnsigned(file, offset);
    }

    /// Reads it whatever its signature says, as forgiving readers do.
    static LocalHeader readUnsigned(ByteSource file, long offset)
            throws IOException, FormatException {
        ByteReader reader = new ByteReader(file, Math.max(0, offset), HEADER_BYTES);
        boolean isSigned = reader.u32() == SIGNATURE && offset >= 0;
        int version = reader.u16();
        int flags = reader.u16();
        int method = reader.u16();
        long time = reader.u32();
        long crc = reader.u32();
        long packed = reader.u32();
        long promised = reader.u32();
        int nameBytes = reader.u16();
        int extraBytes = reader.u16();
        String name = Names.text(reader.bytes(nameBytes), flags);
        byte[] extra = reader.bytes(extraBytes);
        long[] sizes = Zip64Extra.sizes(extra, promised, packed, 0);
        return new LocalHeader(
                offset,
                isSigned,
                version,
                flags,
                method,
                time,
                crc,
                sizes[1],
                sizes[0],
                name,
                Names.unicode(extra),
                reader.position());
    }

    boolean isEncrypted() {
        return (flags & Names.ENCRYPTED_FLAGS) != 0;
    }

    /// Whether sizes and checksum stand behind the data instead of here.
    boolean isDeferred() {
        return hasDescriptor() && packedBytes == 0;
    }

    boolean hasDescriptor() {
        return (flags & 8) != 0;
    }
}
