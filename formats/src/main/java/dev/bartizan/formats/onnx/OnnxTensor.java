package dev.bartizan.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// A constant: `TensorProto`.
///
/// @param name empty inside attributes
/// @param elementType type of the elements
/// @param dims shape; empty for a scalar
/// @param data the elements
/// @param docString documentation
public record OnnxTensor(
        String name,
        OnnxElementType elementType,
        List<Long> dims,
        OnnxTensorData data,
        String docString) {
    public OnnxTensor {
        dims = List.copyOf(dims);
    }

    /// A tensor of floats.
    ///
    /// @param dims shape `values` has, row-major
    public static OnnxTensor floats(String name, long[] dims, float... values) {
        ByteBuffer bytes = littleEndian(values.length * (long) Float.BYTES);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return inline(name, OnnxElementType.FLOAT, dims, bytes.flip());
    }

    /// A tensor of 64-bit whole numbers.
    ///
    /// @param dims shape `values` has, row-major
    public static OnnxTensor longs(String name, long[] dims, long... values) {
        ByteBuffer bytes = littleEndian(values.length * (long) Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return inline(name, OnnxElementType.INT64, dims, bytes.flip());
    }

    /// A tensor of raw elements.
    ///
    /// @param bytes little-endian, row-major; not copied
    public static OnnxTensor inline(
            String name, OnnxElementType type, long[] dims, ByteBuffer bytes) {
        OnnxTensor tensor =
                new OnnxTensor(
                        name,
                        type,
                        Arrays.stream(dims).boxed().toList(),
                        new OnnxTensorData.Inline(OnnxBytes.view(bytes)),
                        "");
        long wanted = type.bytes(tensor.elements());
        if (wanted != bytes.remaining()) {
            throw new IllegalArgumentException(
                    "Shape "
                            + tensor.dims
                            + " of "
                            + type.word()
                            + " takes "
                            + wanted
                            + " bytes, given "
                            + bytes.remaining());
        }
        return tensor;
    }

    private static ByteBuffer littleEndian(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// How many elements the shape has.
    public long elements() {
        long product = 1;
        for (long dim : dims) {
            product = Math.multiplyExact(product, dim);
        }
        return product;
    }

    /// The same tensor under another name.
    public OnnxTensor named(String other) {
        return new OnnxTensor(other, elementType, dims, data, docString);
    }

    /// The elements of an inline tensor of floats, copied.
    ///
    /// @throws IllegalStateException when it is none
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        inlineBytes(OnnxElementType.FLOAT).asFloatBuffer().get(values);
        return values;
    }

    /// The elements of an inline tensor of 64-bit whole numbers, copied.
    ///
    /// @throws IllegalStateException when it is none
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(elements())];
        inlineBytes(OnnxElementType.INT64).asLongBuffer().get(values);
        return values;
    }

    private ByteBuffer inlineBytes(OnnxElementType wanted) {
        if (elementType == wanted && data instanceof OnnxTensorData.Inline(OnnxBytes bytes)) {
            return bytes.buffer();
        }
        throw new IllegalStateException(
                "Tensor \"" + name + "\" is no inline tensor of " + wanted.word());
    }
}
