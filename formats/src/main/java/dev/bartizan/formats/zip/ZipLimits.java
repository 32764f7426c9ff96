package dev.bartizan.formats.zip;

/// How much of a zip archive is read.
///
/// @param members most members
/// @param nameBytes longest name
public record ZipLimits(int members, int nameBytes) {
    /// Enough for the largest checkpoints.
    public static final ZipLimits USUAL = new ZipLimits(200_000, 65_535);
}
