package dev.bartizan.formats.zip;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// A file header of the central directory (APPNOTE.TXT 4.3.12).
///
/// @param time of the last change, MS-DOS time and date
/// @param disk number of the disk it starts on; 0 in an archive of one file
/// @param headerOffset promised place of the local header
/// @param unixMode file mode from the external attributes; 0 when there is none
/// @param unicodeName the name of the Info-ZIP Unicode path field; empty without one
record CentralEntry(
        String name,
        int version,
        int flags,
        int method,
        long time,
        long crc,
        long packedBytes,
        long promisedBytes,
        int disk,
        long headerOffset,
        int unixMode,
        String unicodeName) {
    static final long SIGNATURE = 0x02014b50; // "PK\1\2"
    private static final int UNIX = 3;

    /// Reads the entry at the cursor, whose signature stands there.
    static CentralEntry read(ByteReader reader) throws IOException, FormatException {
        reader.skip(4);
        int madeBy = reader.u16() >> 8;
        int version = reader.u16();
        int flags = reader.u16();
        int method = reader.u16();
        long time = reader.u32();
        long crc = reader.u32();
        long packed = reader.u32();
        long unpacked = reader.u32();
        int nameBytes = reader.u16();
        int extraBytes = reader.u16();
        int commentBytes = reader.u16();
        int disk = reader.u16();
        reader.skip(2);
        long attributes = reader.u32();
        long offset = reader.u32();
        String name = Names.text(reader.bytes(nameBytes), flags);
        byte[] extra = reader.bytes(extraBytes);
        long[] sizes = Zip64Extra.sizes(extra, unpacked, packed, offset);
        reader.skip(Math.min(commentBytes, reader.remaining()));
        return new CentralEntry(
                name,
                version,
                flags,
                method,
                time,
                crc,
                sizes[1],
                sizes[0],
                disk,
                sizes[2],
                madeBy == UNIX ? (int) (attributes >> 16) : 0,
                Names.unicode(extra));
    }

    boolean isEncrypted() {
        return (flags & Names.ENCRYPTED_FLAGS) != 0;
    }
}
