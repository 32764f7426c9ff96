package dev.bartizan.tensors.inference;

import dev.bartizan.formats.onnx.OnnxElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Numbers of one type with a shape, row-major, that do not change.
public final class DenseTensor {
    private final OnnxElementType type;
    private final List<Long> shape;
    private final ByteBuffer elements;

    private DenseTensor(OnnxElementType type, List<Long> shape, ByteBuffer elements) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.elements = elements;
    }

    /// A tensor of numbers converted to `type`: rounded to float, or cut to whole numbers.
    ///
    /// @param shape shape that `values` has
    public static DenseTensor of(OnnxElementType type, List<Long> shape, double... values) {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "Shape " + shape + " does not hold " + values.length + " numbers");
        }
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(type.bytes(values.length)))
                        .order(ByteOrder.nativeOrder());
        for (double value : values) {
            put(type, bytes, value);
        }
        return new DenseTensor(type, shape, bytes.flip());
    }

    /// A tensor of floats.
    ///
    /// @param shape shape that `values` has
    public static DenseTensor ofFloats(List<Long> shape, float[] values) {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "Shape " + shape + " does not hold " + values.length + " numbers");
        }
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return new DenseTensor(OnnxElementType.FLOAT, shape, bytes);
    }

    /// A tensor of 64-bit whole numbers.
    ///
    /// @param shape shape that `values` has
    public static DenseTensor ofLongs(List<Long> shape, long[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * Long.BYTES)
                        .order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(values);
        return new DenseTensor(OnnxElementType.INT64, shape, bytes);
    }

    static DenseTensor of(OnnxElementType type, List<Long> shape, ByteBuffer elements) {
        return new DenseTensor(type, shape, elements);
    }

    private static long elements(List<Long> shape) {
        long product = 1;
        for (long dim : shape) {
            product = Math.multiplyExact(product, dim);
        }
        return product;
    }

    /// Whether numbers of that type can be held.
    public static boolean canHold(OnnxElementType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, INT64, INT32, INT16, INT8, UINT8, BOOL -> true;
            case UNDEFINED,
                    UINT16,
                    STRING,
                    UINT32,
                    UINT64,
                    COMPLEX64,
                    COMPLEX128,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    UINT4,
                    INT4,
                    FLOAT4E2M1,
                    FLOAT8E8M0,
                    UINT2,
                    INT2 ->
                    false;
        };
    }

    private static void put(OnnxElementType type, ByteBuffer bytes, double value) {
        switch (type) {
            case FLOAT -> bytes.putFloat((float) value);
            case DOUBLE -> bytes.putDouble(value);
            case FLOAT16 -> bytes.putShort(Float.floatToFloat16((float) value));
            case INT64 -> bytes.putLong((long) value);
            case INT32 -> bytes.putInt((int) value);
            case INT16 -> bytes.putShort((short) value);
            case INT8, UINT8 -> bytes.put((byte) (long) value);
            case BOOL -> bytes.put((byte) (value == 0 ? 0 : 1));
            default -> throw new IllegalArgumentException("Not held: " + type);
        }
    }

    /// Type of the numbers.
    public OnnxElementType type() {
        return type;
    }

    /// Sizes of the dimensions; empty for a single number.
    public List<Long> shape() {
        return shape;
    }

    /// How many numbers.
    public int size() {
        return Math.toIntExact(elements(shape));
    }

    /// One number.
    ///
    /// @param index in row-major order
    public double number(int index) {
        return switch (type) {
            case FLOAT -> elements.getFloat(index * Float.BYTES);
            case DOUBLE -> elements.getDouble(index * Double.BYTES);
            case FLOAT16 -> Float.float16ToFloat(elements.getShort(index * Short.BYTES));
            case INT64 -> elements.getLong(index * Long.BYTES);
            case INT32 -> elements.getInt(index * Integer.BYTES);
            case INT16 -> elements.getShort(index * Short.BYTES);
            case INT8 -> elements.get(index);
            case UINT8, BOOL -> elements.get(index) & 0xff;
            default -> throw new IllegalStateException("Not held: " + type);
        };
    }

    /// All numbers as floats, row-major.
    public float[] toFloats() {
        float[] values = new float[size()];
        if (type == OnnxElementType.FLOAT) {
            bytes().asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(i);
        }
        return values;
    }

    ByteBuffer bytes() {
        return elements.duplicate().order(ByteOrder.nativeOrder());
    }
}
