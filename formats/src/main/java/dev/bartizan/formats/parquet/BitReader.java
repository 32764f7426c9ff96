package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Numbers packed bit by bit, the lowest bits first.
final class BitReader {
    private final ByteReader in;
    private int current;
    private int there;

    BitReader(ByteReader in) {
        this.in = in;
    }

    /// Forgets the rest of a byte.
    void align() {
        there = 0;
    }

    /// @param width bits of the number, 0..64
    long next(int width) throws IOException, FormatException {
        long value = 0;
        int got = 0;
        while (got < width) {
            if (there == 0) {
                current = in.u8();
                there = Byte.SIZE;
            }
            int taken = Math.min(there, width - got);
            value |= (long) (current & ((1 << taken) - 1)) << got;
            current >>= taken;
            there -= taken;
            got += taken;
        }
        return value;
    }
}
