package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Small numbers as runs of one number or packed bit by bit (parquet-format, `Encodings.md`,
/// "RLE"). Runs are taken whole, so that a billion absent values cost one step.
final class RunReader {
    static final int MOST_BITS = 32;

    private final ByteReader in;
    private final BitReader bits;
    private final int width;
    private long left;
    private boolean isPacked;
    private int value;

    RunReader(ByteSource bytes, int width) {
        this.in = new ByteReader(bytes);
        this.bits = new BitReader(in);
        this.width = width;
    }

    /// How many of the next numbers are surely the same; 0 at the end.
    long ahead() throws IOException, FormatException {
        while (left == 0) {
            if (in.remaining() == 0) {
                return 0;
            }
            start();
        }
        return isPacked ? 1 : left;
    }

    /// The next number; asked after {@link #ahead}.
    int value() {
        return value;
    }

    /// Moves on by numbers that are the same.
    void take(long count) throws IOException, FormatException {
        left -= count;
        if (isPacked && left > 0) {
            next();
        }
    }

    private void start() throws IOException, FormatException {
        long at = in.position();
        long head = head();
        boolean isGroup = (head & 1) == 1;
        isPacked = isGroup && width > 0;
        left = isGroup ? (head >>> 1) * Byte.SIZE : head >>> 1;
        if (isPacked) {
            bits.align();
            // The last group may be cut where its values end.
            left = Math.min(left, in.remaining() * Byte.SIZE / width);
            if (left > 0) {
                next();
            }
            return;
        }
        value = 0;
        for (int i = 0; i < (width + 7) / 8; i++) {
            value |= in.u8() << (8 * i);
        }
        if (width < MOST_BITS && value >>> width != 0) {
            throw FormatException.broken(at, "A run of " + value + " in " + width + " bits");
        }
    }

    private void next() throws IOException, FormatException {
        value = (int) bits.next(width);
    }

    private long head() throws IOException, FormatException {
        long at = in.position();
        long head = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = in.u8();
            head |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return head;
            }
        }
        throw FormatException.broken(at, "A run is longer than 32 bits tell");
    }
}
