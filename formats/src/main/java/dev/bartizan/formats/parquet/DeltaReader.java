package dev.bartizan.formats.parquet;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// Numbers as differences (parquet-format, `Encodings.md`, "Delta Encoding"): here lengths, so all
/// of them are wanted, none is negative, and they are few enough to keep.
final class DeltaReader {
    private static final int MOST_NUMBERS = 4 << 20;
    private static final int MOST_BLOCK = 1 << 20;

    /// Blocks of 128 numbers, as writers make them, take five bytes at least.
    private static final long MOST_FOR_A_BYTE = 256;

    private DeltaReader() {}

    /// Reads them all and leaves the reader behind the last one.
    static int[] lengths(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        long block = varint(in);
        long parts = varint(in);
        long count = varint(in);
        boolean isSensible =
                block > 0
                        && block <= MOST_BLOCK
                        && parts > 0
                        && parts <= block
                        && block % parts == 0;
        if (!isSensible) {
            throw FormatException.broken(at, "Blocks of " + block + " in " + parts + " parts");
        }
        long most = Math.min(MOST_NUMBERS, in.remaining() * MOST_FOR_A_BYTE);
        if (count < 0 || count > most) {
            throw FormatException.limit(
                    at, count + " lengths in one page, where " + most + " are read");
        }
        int[] lengths = new int[(int) count];
        long value = zigzag(in);
        int done = 0;
        if (count > 0) {
            lengths[done++] = length(value, at);
        }
        while (done < count) {
            long least = zigzag(in);
            byte[] widths = in.bytes((int) parts);
            for (int part = 0; part < parts && done < count; part++) {
                int width = widths[part];
                if (width < 0 || width > Long.SIZE) {
                    throw FormatException.broken(in.position(), "A number of " + width + " bits");
                }
                BitReader bits = new BitReader(in);
                for (long i = 0; i < block / parts; i++) {
                    long delta = bits.next(width);
                    if (done < count) {
                        value = (int) (value + least + delta); // 32 bits, as writers count
                        lengths[done++] = length(value, in.position());
                    }
                }
            }
        }
        return lengths;
    }

    private static int length(long value, long at) throws FormatException {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw FormatException.broken(at, "A value has the length " + value);
        }
        return (int) value;
    }

    private static long zigzag(ByteReader in) throws IOException, FormatException {
        long n = varint(in);
        return (n >>> 1) ^ -(n & 1);
    }

    private static long varint(ByteReader in) throws IOException, FormatException {
        long at = in.position();
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = in.u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw FormatException.broken(at, "A number is longer than 64 bits");
    }
}
