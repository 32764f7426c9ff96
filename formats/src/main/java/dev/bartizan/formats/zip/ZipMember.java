package dev.bartizan.formats.zip;

import java.util.List;

/// A file in a zip archive.
///
/// @param name as the archive says it, unchanged
/// @param isListed whether the central directory lists it; otherwise it was found by walking the
///   local headers
/// @param method 0 stored, 8 deflated, and so on
/// @param isEncrypted whether its flags say so
/// @param crc of the unpacked bytes, as promised
/// @param packedBytes length in the archive
/// @param promisedBytes length unpacked, as promised
/// @param headerOffset where its local header stands
/// @param dataOffset where its packed bytes start
/// @param unixMode file mode from the external attributes; 0 when there is none
/// @param otherNames what else it is called: by itself, or in fields for names in Unicode
public record ZipMember(
        String name,
        boolean isListed,
        int method,
        boolean isEncrypted,
        long crc,
        long packedBytes,
        long promisedBytes,
        long headerOffset,
        long dataOffset,
        int unixMode,
        List<String> otherNames) {
    /// Keeps the names as they are.
    public ZipMember {
        otherNames = List.copyOf(otherNames);
    }

    /// Stored without compression.
    public static final int STORED = 0;

    /// Compressed by deflate.
    public static final int DEFLATED = 8;

    private static final int FORMAT_MASK = 0xF000;
    private static final int SYMLINK = 0xA000;

    /// Whether it is a symbolic link on Unix.
    public boolean isSymlink() {
        return (unixMode & FORMAT_MASK) == SYMLINK;
    }

    /// Whether it is a folder.
    public boolean isFolder() {
        return name.endsWith("/") && promisedBytes == 0;
    }
}
