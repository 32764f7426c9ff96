package dev.bartizan.formats.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Gathers a repeated field of numbers, packed or not, as 64-bit patterns.
final class NumberList {
    private static final int FIRST_CAPACITY = 8;

    private long[] values = new long[0];
    private int size;

    /// Adds what the field at the cursor holds: whole numbers.
    void addVarints(ProtobufInput in) throws OnnxFormatException {
        if (!in.isPacked()) {
            add(in.varint());
            return;
        }
        ByteBuffer packed = in.view();
        reserve(countVarints(packed));
        while (packed.hasRemaining()) {
            add(varint(in, packed));
        }
    }

    private static int countVarints(ByteBuffer packed) {
        int count = 0;
        for (int i = packed.position(); i < packed.limit(); i++) {
            count += packed.get(i) >= 0 ? 1 : 0;
        }
        return count;
    }

    private static long varint(ProtobufInput in, ByteBuffer packed) throws OnnxFormatException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE + 6; shift += 7) {
            if (!packed.hasRemaining()) {
                throw in.malformed("A number runs past the end of its list");
            }
            byte b = packed.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw in.malformed("A number is longer than 10 bytes");
    }

    /// Adds what the field at the cursor holds: 32-bit floats, kept as their bits.
    void addFloats(ProtobufInput in) throws OnnxFormatException {
        if (!in.isPacked()) {
            add(Float.floatToRawIntBits(in.fixed32()));
            return;
        }
        ByteBuffer packed = whole(in, Float.BYTES);
        while (packed.hasRemaining()) {
            add(packed.getInt());
        }
    }

    /// Adds what the field at the cursor holds: 64-bit floats, kept as their bits.
    void addDoubles(ProtobufInput in) throws OnnxFormatException {
        if (!in.isPacked()) {
            add(in.fixed64());
            return;
        }
        ByteBuffer packed = whole(in, Double.BYTES);
        while (packed.hasRemaining()) {
            add(packed.getLong());
        }
    }

    private ByteBuffer whole(ProtobufInput in, int elementBytes) throws OnnxFormatException {
        ByteBuffer packed = in.view();
        if (packed.remaining() % elementBytes != 0) {
            throw in.malformed(
                    "A list of "
                            + packed.remaining()
                            + " bytes does not hold whole elements of "
                            + elementBytes);
        }
        reserve(packed.remaining() / elementBytes);
        return packed;
    }

    private void reserve(int more) {
        if (size + more > values.length) {
            values = Arrays.copyOf(values, size + more);
        }
    }

    private void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(FIRST_CAPACITY, 2 * size));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    long[] toLongs() {
        return Arrays.copyOf(values, size);
    }

    float[] toFloats() {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = Float.intBitsToFloat((int) values[i]);
        }
        return floats;
    }
}
