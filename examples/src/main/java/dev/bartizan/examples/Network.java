package dev.bartizan.examples;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.List;

/// A small classifier: columns brought to one scale and clipped, layers with ReLU in between,
/// softmax. Trained by plain stochastic gradient descent, in double precision.
final class Network {
    /// Scaled inputs are clipped to this many deviations.
    static final float CLIP = 6;

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final double[] mean;
    private final double[] deviation;
    private final List<Layer> layers = new ArrayList<>();

    private Network(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /// How a network is trained.
    record Training(List<Integer> widths, int epochs, double rate, long seed) {
        Training {
            widths = List.copyOf(widths);
        }
    }

    static Network train(Table table, Training training) {
        int columns = table.columns().size();
        Network network = new Network(new double[columns], new double[columns]);
        network.scale(table);
        SeededRandom random = new SeededRandom(training.seed());
        int from = columns;
        for (int to : training.widths()) {
            network.layers.add(Layer.random(from, to, random));
            from = to;
        }
        for (int epoch = 0; epoch < training.epochs(); epoch++) {
            double rate = training.rate() * (1 - (double) epoch / training.epochs());
            for (int step = 0; step < table.rows().size(); step++) {
                int row = random.below(table.rows().size());
                network.step(table.rows().get(row), table.labels().get(row), rate);
            }
        }
        return network;
    }

    private void scale(Table table) {
        int count = table.rows().size();
        for (int column = 0; column < mean.length; column++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : table.rows()) {
                sum += row[column];
                squares += row[column] * row[column];
            }
            mean[column] = (float) (sum / count);
            double variance = squares / count - (sum / count) * (sum / count);
            deviation[column] = (float) Math.max(StrictMath.sqrt(variance), 1e-3);
        }
    }

    private double[] scaled(double[] row) {
        double[] values = new double[row.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp((row[i] - mean[i]) / deviation[i], -CLIP, CLIP);
        }
        return values;
    }

    private void step(double[] row, int label, double rate) {
        List<double[]> values = new ArrayList<>();
        values.add(scaled(row));
        for (int i = 0; i < layers.size(); i++) {
            double[] out = layers.get(i).forward(values.getLast());
            values.add(i + 1 < layers.size() ? relu(out) : softmax(out));
        }
        double[] adjoint = values.getLast().clone();
        adjoint[label] -= 1;
        for (int i = layers.size() - 1; i >= 0; i--) {
            double[] below = layers.get(i).descend(values.get(i), adjoint, rate);
            for (int j = 0; j < below.length; j++) {
                below[j] = values.get(i)[j] > 0 ? below[j] : 0;
            }
            adjoint = below;
        }
    }

    /// Class probabilities of one row, in double precision from the weights that the file holds.
    double[] probabilities(double[] row) {
        double[] values = scaled(row);
        for (int i = 0; i < layers.size(); i++) {
            double[] out = layers.get(i).rounded().forward(values);
            values = i + 1 < layers.size() ? relu(out) : softmax(out);
        }
        return values;
    }

    private static double[] relu(double[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(0, values[i]);
        }
        return out;
    }

    private static double[] softmax(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        double[] out = new double[values.length];
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = StrictMath.exp(values[i] - max);
            sum += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= sum;
        }
        return out;
    }

    /// Share of rows whose likeliest class is the label.
    double accuracy(Table table) {
        int right = 0;
        for (int i = 0; i < table.rows().size(); i++) {
            double[] chances = probabilities(table.rows().get(i));
            right += (chances[1] > chances[0] ? 1 : 0) == table.labels().get(i) ? 1 : 0;
        }
        return (double) right / table.rows().size();
    }

    OnnxModel toOnnx(String name, String input, String output) {
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxTensor> weights = new ArrayList<>();
        long columns = mean.length;
        weights.add(OnnxTensor.floats("mean", new long[] {columns}, Layer.floats(mean)));
        weights.add(OnnxTensor.floats("deviation", new long[] {columns}, Layer.floats(deviation)));
        weights.add(OnnxTensor.floats("low", new long[0], -CLIP));
        weights.add(OnnxTensor.floats("high", new long[0], CLIP));
        nodes.add(OnnxNode.of("Sub", List.of(input, "mean"), List.of("centred")));
        nodes.add(OnnxNode.of("Div", List.of("centred", "deviation"), List.of("unit")));
        nodes.add(OnnxNode.of("Clip", List.of("unit", "low", "high"), List.of("layer0")));
        String last = "layer0";
        for (int i = 1; i <= layers.size(); i++) {
            weights.addAll(layers.get(i - 1).tensors("weight" + i, "bias" + i));
            nodes.add(
                    OnnxNode.of(
                            "Gemm",
                            List.of(last, "weight" + i, "bias" + i),
                            List.of("sum" + i),
                            OnnxAttribute.of("transB", 1)));
            last = "sum" + i;
            if (i < layers.size()) {
                nodes.add(OnnxNode.of("Relu", List.of(last), List.of("layer" + i)));
                last = "layer" + i;
            }
        }
        nodes.add(
                OnnxNode.of(
                        "Softmax", List.of(last), List.of(output), OnnxAttribute.of("axis", -1L)));
        OnnxGraph graph =
                OnnxGraph.of(
                        name,
                        nodes,
                        weights,
                        List.of(tensor(input, columns)),
                        List.of(tensor(output, layers.getLast().outputs())));
        return OnnxModel.of(IR_VERSION, OPSET, "bartizan-examples", graph);
    }

    private static OnnxValueInfo tensor(String name, long width) {
        return OnnxValueInfo.tensor(name, OnnxElementType.FLOAT, "batch", Long.toString(width));
    }
}
