package dev.bartizan.formats;

import java.io.IOException;

/// A part of another source.
record Slice(ByteSource whole, long from, long size) implements ByteSource {
    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        if (offset < 0 || offset >= size) {
            return 0;
        }
        return whole.read(from + offset, into, at, (int) Math.min(length, size - offset));
    }

    @Override
    public ByteSource slice(long offset, long length) {
        long start = Math.clamp(offset, 0, size);
        return new Slice(whole, from + start, Math.clamp(length, 0, size - start));
    }

    @Override
    public void close() {}
}
