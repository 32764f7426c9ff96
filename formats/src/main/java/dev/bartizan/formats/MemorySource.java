package dev.bartizan.formats;

import java.util.Arrays;

/// Bytes in memory.
final class MemorySource implements ByteSource {
    private final byte[] bytes;
    private final int from;
    private final int length;

    MemorySource(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public int read(long offset, byte[] into, int at, int wanted) {
        if (offset < 0 || offset >= length) {
            return 0;
        }
        int n = (int) Math.min(wanted, length - offset);
        System.arraycopy(bytes, from + (int) offset, into, at, n);
        return n;
    }

    @Override
    public boolean has(long offset, byte... expected) {
        if (offset < 0 || offset > length - expected.length) {
            return false;
        }
        int at = from + (int) offset;
        return Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    @Override
    public ByteSource slice(long offset, long wanted) {
        int start = Math.clamp(offset, 0, length);
        return new MemorySource(bytes, from + start, Math.clamp(wanted, 0, length - start));
    }

    @Override
    public void close() {}
}
