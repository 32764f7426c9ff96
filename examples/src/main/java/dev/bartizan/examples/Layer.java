package dev.bartizan.examples;

import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.List;

/// A fully connected layer: `weights` is `[outputs, inputs]`, row-major.
final class Layer {
    private final double[] weights;
    private final double[] bias;

    private Layer(double[] weights, double[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    static Layer random(int inputs, int outputs, SeededRandom random) {
        double[] weights = new double[inputs * outputs];
        double deviation = StrictMath.sqrt(2.0 / inputs);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = deviation * random.gaussian();
        }
        return new Layer(weights, new double[outputs]);
    }

    int outputs() {
        return bias.length;
    }

    double[] forward(double[] in) {
        double[] out = bias.clone();
        for (int to = 0; to < out.length; to++) {
            for (int from = 0; from < in.length; from++) {
                out[to] += weights[to * in.length + from] * in[from];
            }
        }
        return out;
    }

    /// One step down the gradient; returns the gradient with respect to the layer's input.
    double[] descend(double[] in, double[] adjoint, double rate) {
        double[] below = new double[in.length];
        for (int to = 0; to < adjoint.length; to++) {
            for (int from = 0; from < in.length; from++) {
                int at = to * in.length + from;
                below[from] += weights[at] * adjoint[to];
                weights[at] -= rate * adjoint[to] * in[from];
            }
            bias[to] -= rate * adjoint[to];
        }
        return below;
    }

    /// The layer as a file with 32-bit numbers keeps it.
    Layer rounded() {
        return new Layer(doubles(floats(weights)), doubles(floats(bias)));
    }

    List<OnnxTensor> tensors(String weightName, String biasName) {
        long outputs = bias.length;
        long inputs = weights.length / outputs;
        return List.of(
                OnnxTensor.floats(weightName, new long[] {outputs, inputs}, floats(weights)),
                OnnxTensor.floats(biasName, new long[] {outputs}, floats(bias)));
    }

    static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    private static double[] doubles(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
