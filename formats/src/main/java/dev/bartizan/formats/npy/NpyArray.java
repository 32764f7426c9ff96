package dev.bartizan.formats.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// An array of numbers, row-major.
public final class NpyArray {
    private final NpyType type;
    private final List<Integer> shape;
    private final ByteBuffer elements;

    NpyArray(NpyType type, List<Integer> shape, ByteBuffer elements) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.elements = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
        if ((long) size(this.shape) * type.bytes() != this.elements.remaining()) {
            throw new IllegalArgumentException(
                    "Shape " + shape + " does not fit " + this.elements.remaining() + " bytes");
        }
    }

    private static int size(List<Integer> shape) {
        int product = 1;
        for (int dim : shape) {
            product = Math.multiplyExact(product, dim);
        }
        return product;
    }

    /// An array of floats.
    ///
    /// @param shape shape that `values` has
    public static NpyArray of(List<Integer> shape, float... values) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return new NpyArray(NpyType.FLOAT32, shape, bytes);
    }

    /// An array of doubles.
    ///
    /// @param shape shape that `values` has
    public static NpyArray of(List<Integer> shape, double... values) {
        ByteBuffer bytes = allocate(values.length, Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return new NpyArray(NpyType.FLOAT64, shape, bytes);
    }

    /// An array of 64-bit whole numbers.
    ///
    /// @param shape shape that `values` has
    public static NpyArray of(List<Integer> shape, long... values) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new NpyArray(NpyType.INT64, shape, bytes);
    }

    private static ByteBuffer allocate(int elements, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, width))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Type of the elements.
    public NpyType type() {
        return type;
    }

    /// Sizes of the dimensions; empty for a single number.
    public List<Integer> shape() {
        return shape;
    }

    /// How many elements.
    public int size() {
        return elements.capacity() / type.bytes();
    }

    /// Size of the first dimension; 1 for a single number.
    public int rows() {
        return shape.isEmpty() ? 1 : shape.getFirst();
    }

    /// Elements of one row.
    public int rowSize() {
        return rows() == 0 ? 0 : size() / rows();
    }

    /// An element as a number.
    ///
    /// @param index in row-major order
    public double number(int index) {
        return switch (type) {
            case FLOAT32 -> elements.getFloat(index * Float.BYTES);
            case FLOAT64 -> elements.getDouble(index * Double.BYTES);
            case INT32, INT64, UINT8, BOOL -> integer(index);
        };
    }

    /// An element as a whole number; a fraction is cut off.
    ///
    /// @param index in row-major order
    public long integer(int index) {
        return switch (type) {
            case FLOAT32, FLOAT64 -> (long) number(index);
            case INT32 -> elements.getInt(index * Integer.BYTES);
            case INT64 -> elements.getLong(index * Long.BYTES);
            case UINT8 -> elements.get(index) & 0xff;
            case BOOL -> elements.get(index) == 0 ? 0 : 1;
        };
    }

    /// Some rows as floats.
    ///
    /// @param from first row
    /// @param to row after the last
    public float[] floats(int from, int to) {
        int width = rowSize();
        float[] values = new float[(to - from) * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(from * width + i);
        }
        return values;
    }

    /// A read-only little-endian view of the elements.
    public ByteBuffer buffer() {
        return elements.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
