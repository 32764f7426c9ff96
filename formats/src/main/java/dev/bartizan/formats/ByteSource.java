package dev.bartizan.formats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// Bytes of known length that can be read at any offset. Reading past the end yields fewer bytes,
/// never an exception. Several threads may read one source at once.
public interface ByteSource extends Closeable {
    /// Length in bytes.
    long size();

    /// Reads up to `length` bytes at `offset`; returns how many there were, 0 at the end.
    int read(long offset, byte[] into, int at, int length) throws IOException;

    @Override
    void close() throws IOException;

    /// Bytes in memory; the array is not copied and must not change.
    static ByteSource of(byte[] bytes) {
        return new MemorySource(bytes, 0, bytes.length);
    }

    /// A file. Small ones are read at once, of larger ones what is asked for.
    ///
    /// @throws IOException when it cannot be opened
    static ByteSource open(Path file) throws IOException {
        return FileSource.open(file);
    }

    /// A part of these bytes; cut to what is there. Closing it does nothing.
    default ByteSource slice(long offset, long length) {
        long from = Math.clamp(offset, 0, size());
        return new Slice(this, from, Math.clamp(length, 0, size() - from));
    }

    /// Copies a part; shorter when the source ends earlier.
    ///
    /// @param length at most what the caller can afford to hold
    default byte[] bytes(long offset, int length) throws IOException {
        int there = Math.clamp(size() - offset, 0, length);
        byte[] copy = new byte[there];
        int got = 0;
        while (got < there) {
            int n = read(offset + got, copy, got, there - got);
            if (n <= 0) {
                return java.util.Arrays.copyOf(copy, got);
            }
            got += n;
        }
        return copy;
    }

    /// Whether these bytes stand at that offset.
    default boolean has(long offset, byte... expected) throws IOException {
        return java.util.Arrays.equals(bytes(offset, expected.length), expected);
    }

    /// Whether this ASCII text stands at that offset.
    default boolean has(long offset, String ascii) throws IOException {
        return has(offset, ascii.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
