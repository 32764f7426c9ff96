package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// The checksum of HDF5 metadata: lookup3, "hashlittle" (Bob Jenkins, "Hash functions", May 2006),
/// with a starting value of zero.
final class Lookup3 {
    private static final int START = 0xdeadbeef;
    private static final int TURN_BYTES = 12;

    private int a;
    private int b;
    private int c;

    private Lookup3(int length) {
        a = START + length;
        b = a;
        c = a;
    }

    /// The checksum of bytes.
    ///
    /// @param length at most 2^31 - 1
    static int of(ByteSource bytes, long from, int length) throws IOException, FormatException {
        Lookup3 sum = new Lookup3(length);
        ByteReader in = new ByteReader(bytes, from);
        int left = length;
        for (; left > TURN_BYTES; left -= TURN_BYTES) {
            sum.add((int) in.u32(), (int) in.u32(), (int) in.u32());
            sum.mix();
        }
        if (left > 0) {
            sum.add(word(in, left), word(in, left - 4), word(in, left - 8));
            sum.finish();
        }
        return sum.c;
    }

    /// Up to four bytes, little-endian.
    private static int word(ByteReader in, int left) throws IOException, FormatException {
        return left <= 0 ? 0 : (int) Hdf5Input.number(in, Math.min(4, left));
    }

    private void add(int first, int second, int third) {
        a += first;
        b += second;
        c += third;
    }

    private void mix() {
        a -= c;
        a ^= Integer.rotateLeft(c, 4);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 6);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 8);
        b += a;
        a -= c;
        a ^= Integer.rotateLeft(c, 16);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 19);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 4);
        b += a;
    }

    private void finish() {
        c ^= b;
        c -= Integer.rotateLeft(b, 14);
        a ^= c;
        a -= Integer.rotateLeft(c, 11);
        b ^= a;
        b -= Integer.rotateLeft(a, 25);
        c ^= b;
        c -= Integer.rotateLeft(b, 16);
        a ^= c;
        a -= Integer.rotateLeft(c, 4);
        b ^= a;
        b -= Integer.rotateLeft(a, 14);
        c ^= b;
        c -= Integer.rotateLeft(b, 24);
    }
}
