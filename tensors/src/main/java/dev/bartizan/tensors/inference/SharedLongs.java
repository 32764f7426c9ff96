package dev.bartizan.tensors.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// Whole numbers in memory that Java and ONNX Runtime both see, such as the classes of the rows of
/// a run; see {@link SharedFloats}. Not for use by two threads at once.
public final class SharedLongs {
    private final LongBuffer numbers;

    private SharedLongs(LongBuffer numbers) {
        this.numbers = numbers;
    }

    /// Room for so many numbers, zero at first.
    public static SharedLongs of(int capacity) {
        return new SharedLongs(
                ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Long.BYTES))
                        .order(ByteOrder.nativeOrder())
                        .asLongBuffer());
    }

    /// Writes one number.
    public void put(int at, long number) {
        numbers.put(at, number);
    }

    /// The first `count` numbers as a tensor, which shows what is written here later too. It is to
    /// be closed when it is no longer given to runs.
    ///
    /// @throws InferenceException when ONNX Runtime does not take them
    public HeldTensor tensor(int count) throws InferenceException {
        try {
            return new HeldTensor(
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            numbers.slice(0, count),
                            new long[] {count}));
        } catch (OrtException e) {
            throw InferenceSession.failure(e);
        }
    }
}
