package dev.bartizan.artifacts.store;

import java.nio.ByteBuffer;

/// What a result is kept under: 32 bytes, as four numbers, such as a SHA-256. Order is that of the
/// numbers.
public record StoreKey(long first, long second, long third, long fourth)
        implements Comparable<StoreKey> {
    static final int BYTES = 32;

    /// The key of 32 bytes, big endian.
    public static StoreKey of(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes), 0);
    }

    static StoreKey read(ByteBuffer from, int at) {
        return new StoreKey(
                from.getLong(at),
                from.getLong(at + 8),
                from.getLong(at + 16),
                from.getLong(at + 24));
    }

    @Override
    public int compareTo(StoreKey other) {
        if (first != other.first) {
            return Long.compare(first, other.first);
        }
        if (second != other.second) {
            return Long.compare(second, other.second);
        }
        return third != other.third
                ? Long.compare(third, other.third)
                : Long.compare(fourth, other.fourth);
    }
}
