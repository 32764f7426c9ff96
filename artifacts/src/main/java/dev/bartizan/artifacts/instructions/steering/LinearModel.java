package dev.bartizan.artifacts.instructions.steering;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Weights of features, each a byte of a common scale.
final class LinearModel {
    private static final int MOST = 127;

    private final byte[] weights;
    private final float scale;
    private final float bias;

    private LinearModel(byte[] weights, float scale, float bias) {
        this.weights = weights;
        this.scale = scale;
        this.bias = bias;
    }

    private static final class Own {
        static final LinearModel MODEL = shipped();
    }

    /// The model that ships.
    static LinearModel own() {
        return Own.MODEL;
    }

    private static LinearModel shipped() {
        try (InputStream in = LinearModel.class.getResourceAsStream("steering.bin")) {
            return read(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A model of learned weights, one for each feature.
    static LinearModel of(float[] learned, float bias) {
        float most = 0;
        for (float weight : learned) {
            most = Math.max(most, Math.abs(weight));
        }
        float scale = most / MOST;
        byte[] weights = new byte[learned.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.round(learned[i] / scale);
        }
        return new LinearModel(weights, scale, bias);
    }

    static LinearModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        float scale = data.readFloat();
        float bias = data.readFloat();
        return new LinearModel(data.readNBytes(1 << Window.BITS), scale, bias);
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeFloat(scale);
        data.writeFloat(bias);
        data.write(weights);
    }

    /// The logarithm of the odds that a window is of an attack.
    float score(Window window) {
        int sum = 0;
        int[] features = window.features();
        for (int feature : features) {
            sum += weights[feature];
        }
        return bias + sum * scale / (float) Math.sqrt(features.length);
    }
}
