package dev.bartizan.artifacts.spi;

/// A range of bytes of an item, never empty.
///
/// @param from offset of the first byte
/// @param to offset behind the last one
public record Range(long from, long to) {
    public Range {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("No range: " + from + " to " + to);
        }
    }

    /// How many bytes there are in it.
    public long length() {
        return to - from;
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
