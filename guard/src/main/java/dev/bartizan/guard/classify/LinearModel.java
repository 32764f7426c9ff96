package dev.bartizan.guard.classify;

import dev.bartizan.guard.classify.Features.Window;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A linear model over hashed features: one weight each, a bias, and a correction for texts of many
/// windows. Weights are 8-bit steps of a common scale when written.
public final class LinearModel {
    /// Weight of a word feature in a window of `n`: this divided by the root of `n`.
    static final float WORD_LENGTH = 4f;

    /// Weight of every other feature.
    static final float SIGN = 0.5f;

    private static final int SIZE = 1 << Features.BITS;
    private static final int HEADER = 16;
    private final float[] weights;
    private final float bias;
    private final float threshold;
    private final float perDoubling;

    /// A model.
    ///
    /// @param weights one for each feature
    /// @param bias added to every window
    /// @param threshold score from which on a text is flagged
    /// @param perDoubling taken off each time the number of windows doubles
    public LinearModel(float[] weights, float bias, float threshold, float perDoubling) {
        this.weights = weights.clone();
        this.bias = bias;
        this.threshold = threshold;
        this.perDoubling = perDoubling;
    }

    /// The log odds of one window.
    public double score(Window window) {
        float words = 0;
        for (int i = 0; i < window.wordCount(); i++) {
            words += weights[window.word(i)];
        }
        float signs = 0;
        for (int i = 0; i < window.signCount(); i++) {
            signs += weights[window.sign(i)];
        }
        return bias + words * wordValue(window) + signs * SIGN;
    }

    static float wordValue(Window window) {
        return WORD_LENGTH / (float) Math.sqrt(Math.max(12, window.wordCount()));
    }

    /// The same weights with another threshold and correction.
    public LinearModel with(float newThreshold, float newPerDoubling) {
        return new LinearModel(weights, bias, newThreshold, newPerDoubling);
    }

    /// Score from which on a text is flagged.
    public double threshold() {
        return threshold;
    }

    /// What a text of that many windows loses, because the highest of many scores is high by
    /// chance.
    public double correction(int windows) {
        return perDoubling * Math.log(windows) / Math.log(2);
    }

    /// The file form: scale, bias, threshold, correction, then the deflated weights.
    public byte[] toBytes() {
        float largest = 1e-6f;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float scale = largest / 127;
        byte[] steps = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            steps[i] = (byte) Math.round(weights[i] / scale);
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(steps);
        deflater.finish();
        byte[] packed = new byte[SIZE + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return ByteBuffer.allocate(HEADER + length)
                .putFloat(scale)
                .putFloat(bias)
                .putFloat(threshold)
                .putFloat(perDoubling)
                .put(packed, 0, length)
                .array();
    }

    /// Reads the file form.
    public static LinearModel of(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER);
        float scale = header.getFloat();
        float bias = header.getFloat();
        float threshold = header.getFloat();
        float perDoubling = header.getFloat();
        byte[] steps = new byte[SIZE];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, HEADER, bytes.length - HEADER);
            if (inflater.inflate(steps) != SIZE) {
                throw new IllegalStateException("the model ends early");
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("the model is damaged", e);
        } finally {
            inflater.end();
        }
        float[] weights = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            weights[i] = steps[i] * scale;
        }
        return new LinearModel(weights, bias, threshold, perDoubling);
    }
}
