package dev.bartizan.formats.tar;

/// A member of a tar archive.
///
/// @param name as the archive says it, long names resolved
/// @param kind what it is
/// @param linkTarget where a link points; empty otherwise
/// @param headerOffset where its first header stands
/// @param dataOffset where its bytes start
/// @param size how many there are
/// @param end where the next header stands
public record TarEntry(
        String name,
        Kind kind,
        String linkTarget,
        long headerOffset,
        long dataOffset,
        long size,
        long end) {
    /// What a member is.
    public enum Kind {
        FILE,
        FOLDER,
        SYMLINK,
        HARDLINK,
        DEVICE,
        OTHER
    }
}
