package dev.bartizan.tensors.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Memory that Java and ONNX Runtime both see, used again by run after run: what is put here is not
/// copied on its way in, and what a run writes here is not copied on its way out. Not for use by
/// two threads at once.
public final class SharedFloats {
    private final FloatBuffer numbers;

    private SharedFloats(FloatBuffer numbers) {
        this.numbers = numbers;
    }

    /// Room for so many numbers, zero at first.
    public static SharedFloats of(int capacity) {
        return new SharedFloats(
                ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Float.BYTES))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer());
    }

    /// Writes numbers.
    ///
    /// @param at place of the first one here
    /// @param from holds them
    /// @param offset of the first one in `from`
    public void put(int at, float[] from, int offset, int count) {
        numbers.put(at, from, offset, count);
    }

    /// Reads numbers.
    ///
    /// @param at place of the first one here
    /// @param into takes them
    /// @param offset of the first one in `into`
    public void get(int at, float[] into, int offset, int count) {
        numbers.get(at, into, offset, count);
    }

    /// The first numbers as a tensor, to give to a run or to be written by it; it shows what is
    /// written here later too. It is to be closed when it is no longer given to runs.
    ///
    /// @param shape how many they are
    /// @throws InferenceException when ONNX Runtime does not take them
    public HeldTensor tensor(long... shape) throws InferenceException {
        long count = 1;
        for (long dim : shape) {
            count = Math.multiplyExact(count, dim);
        }
        try {
            return new HeldTensor(
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            numbers.slice(0, Math.toIntExact(count)),
                            shape));
        } catch (OrtException e) {
            throw InferenceSession.failure(e);
        }
    }
}
