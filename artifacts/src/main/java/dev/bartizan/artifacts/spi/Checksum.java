package dev.bartizan.artifacts.spi;

/// What a container promises of a stored part that is not read for a verdict.
///
/// @param name of the part
/// @param from where it starts in the file
/// @param to where it ends
/// @param crc promised CRC-32
public record Checksum(String name, long from, long to, long crc) {}
