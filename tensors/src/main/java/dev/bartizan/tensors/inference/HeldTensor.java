package dev.bartizan.tensors.inference;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Numbers that stay in the memory of ONNX Runtime, so that one run's output can be the next run's
/// input without crossing into Java. Close it when it is no longer needed.
public final class HeldTensor implements AutoCloseable {
    private final OnnxTensor tensor;

    HeldTensor(OnnxTensor tensor) {
        this.tensor = tensor;
    }

    OnnxTensor tensor() {
        return tensor;
    }

    /// Sizes of the dimensions.
    public List<Long> shape() {
        return Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
    }

    /// A copy of the numbers, which must be floats.
    public float[] toFloats() {
        ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
