package dev.bartizan.formats.images;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.npy.NpyArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads IDX arrays, the format of MNIST, from untrusted bytes: two zero bytes, the type, the
/// number of dimensions, their sizes and the numbers, all big-endian (Y. LeCun, C. Cortes, "The
/// MNIST database of handwritten digits", section "The IDX file format").
public final class IdxReader {
    private static final int PREFIX = 4;
    private static final int MAX_RANK = 8;
    private static final long MAX_ELEMENTS = 1L << 28;

    private IdxReader() {}

    /// Whether the bytes begin as an IDX array does.
    public static boolean canRead(ByteBuffer bytes) {
        if (bytes.remaining() < PREFIX) {
            return false;
        }
        int at = bytes.position();
        return bytes.get(at) == 0
                && bytes.get(at + 1) == 0
                && width(bytes.get(at + 2)) > 0
                && bytes.get(at + 3) > 0
                && bytes.get(at + 3) <= MAX_RANK;
    }

    private static int width(byte type) {
        return switch (type) {
            case 0x08, 0x09 -> 1;
            case 0x0b -> Short.BYTES;
            case 0x0c, 0x0d -> Integer.BYTES;
            case 0x0e -> Double.BYTES;
            default -> 0;
        };
    }

    /// Reads at most the first `count` rows.
    ///
    /// @param bytes may end after these rows
    /// @throws FormatException when they are no IDX array or end early
    public static NpyArray read(ByteBuffer bytes, int count) throws FormatException {
        if (!canRead(bytes)) {
            throw FormatException.broken(
                    0, "Not an IDX array: it does not begin with 00 00, a type and a rank");
        }
        ByteBuffer in = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        byte type = in.get(2);
        int rank = in.get(PREFIX - 1);
        in.position(PREFIX);
        if (in.remaining() < (long) rank * Integer.BYTES) {
            throw FormatException.truncated(PREFIX, "The sizes of the IDX array are cut off");
        }
        List<Integer> shape = new ArrayList<>();
        long row = 1;
        long extent = 1; // sizes of zero left out, since they would hide any other
        for (int axis = 0; axis < rank; axis++) {
            int size = in.getInt();
            if (size < 0) {
                throw FormatException.broken(
                        in.position() - 4L,
                        "A size of " + Integer.toUnsignedString(size) + " is too large");
            }
            shape.add(size);
            row = axis == 0 ? 1 : row * size;
            extent = axis == 0 ? 1 : extent * Math.max(1, size);
            if (extent > MAX_ELEMENTS) {
                throw FormatException.limit(
                        in.position(), "An IDX row of " + shape + " is too large");
            }
        }
        int rows = Math.min(count, shape.getFirst());
        shape.set(0, rows);
        long elements = rows * row;
        if (rows * extent > MAX_ELEMENTS) {
            throw FormatException.limit(
                    in.position(),
                    rows * extent + " numbers are over the limit of " + MAX_ELEMENTS);
        }
        if (in.remaining() < elements * width(type)) {
            throw FormatException.truncated(
                    in.position(),
                    "The IDX array promises "
                            + elements
                            + " numbers, "
                            + in.remaining() / width(type)
                            + " are there");
        }
        return array(in, type, shape, (int) elements);
    }

    private static NpyArray array(ByteBuffer in, byte type, List<Integer> shape, int elements) {
        if (type == 0x0d || type == 0x0e) {
            float[] values = new float[elements];
            for (int i = 0; i < elements; i++) {
                values[i] = type == 0x0d ? in.getFloat() : (float) in.getDouble();
            }
            return NpyArray.of(shape, values);
        }
        if (type == 0x0c) {
            long[] values = new long[elements];
            for (int i = 0; i < elements; i++) {
                values[i] = in.getInt();
            }
            return NpyArray.of(shape, values);
        }
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = type == 0x0b ? in.getShort() : type == 0x09 ? in.get() : in.get() & 0xff;
        }
        return NpyArray.of(shape, values);
    }
}
