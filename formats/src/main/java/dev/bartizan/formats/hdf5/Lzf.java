package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.FormatException;
import java.util.Arrays;

/// Unpacks LZF (Marc Lehmann's LibLZF), which h5py writes as filter 32000. A control byte below 32
/// says how many bytes follow as they are, less one; any other begins a copy of what was unpacked
/// before: three bits of length, five of distance, then a byte of more length where the three are
/// all ones, and a byte of distance.
final class Lzf {
    private static final int LITERALS = 32;
    private static final int LONG = 7;
    private static final int SHORTEST_COPY = 2;

    private final byte[] in;
    private final int limit;
    private byte[] out;
    private int from;
    private int to;

    private Lzf(byte[] in, int limit) {
        this.in = in;
        this.limit = limit;
        this.out = new byte[Math.clamp(3L * in.length, 64, Math.max(64, limit))];
    }

    /// @param limit most bytes to unpack to
    /// @throws FormatException when it is broken, or there are more
    static byte[] unpack(byte[] packed, int limit) throws FormatException {
        return new Lzf(packed, limit).all();
    }

    private byte[] all() throws FormatException {
        while (from < in.length) {
            int control = next();
            if (control < LITERALS) {
                literals(control + 1);
            } else {
                int length = control >> 5;
                length += length == LONG ? next() : 0;
                copy((control & 31) << 8 | next(), length + SHORTEST_COPY);
            }
        }
        return Arrays.copyOf(out, to);
    }

    private int next() throws FormatException {
        if (from == in.length) {
            throw FormatException.truncated(from, "The packed bytes end early");
        }
        return in[from++] & 0xff;
    }

    private void literals(int count) throws FormatException {
        if (count > in.length - from) {
            throw FormatException.truncated(from, "The packed bytes end early");
        }
        room(count);
        System.arraycopy(in, from, out, to, count);
        from += count;
        to += count;
    }

    /// The bytes to copy may be among those that the copy makes.
    private void copy(int distance, int count) throws FormatException {
        int at = to - distance - 1;
        if (at < 0) {
            throw FormatException.broken(from, "A copy of what stands before the start");
        }
        room(count);
        for (int i = 0; i < count; i++) {
            out[to++] = out[at++];
        }
    }

    private void room(int count) throws FormatException {
        if (count > limit - to) {
            throw FormatException.limit(from, "It unpacks to more than " + limit + " bytes");
        }
        if (count > out.length - to) {
            out = Arrays.copyOf(out, (int) Math.min(limit, Math.max(2L * out.length, to + count)));
        }
    }
}
