package dev.bartizan.formats.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The zip64 extra field (APPNOTE.TXT 4.5.3).
final class Zip64Extra {
    private static final long ABSENT = 0xffffffffL;
    private static final int TAG = 1;

    private Zip64Extra() {}

    /// Unpacked size, packed size, header offset, each taken from the field where the plain value
    /// is all ones.
    static long[] sizes(byte[] extra, long unpacked, long packed, long offset) {
        long[] values = {unpacked, packed, offset};
        ByteBuffer buffer = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= 4) {
            int tag = buffer.getShort() & 0xffff;
            int length = Math.min(buffer.getShort() & 0xffff, buffer.remaining());
            int next = buffer.position() + length;
            if (tag == TAG) {
                for (int i = 0; i < values.length; i++) {
                    if (values[i] == ABSENT && next - buffer.position() >= 8) {
                        values[i] = buffer.getLong();
                    }
                }
                return values;
            }
            buffer.position(next);
        }
        return values;
    }
}
