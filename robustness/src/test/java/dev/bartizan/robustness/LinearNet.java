package dev.bartizan.robustness;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.DeployedModel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Examples of a linear classifier of two classes, whose smallest changes are known in closed form.
final class LinearNet {
    static final int WIDTH = 36;
    private static final double SPREAD = 0.5;

    final int rows;
    final float[] weights = new float[WIDTH];
    final float[] values;
    final int[] labels;

    /// @param seed of weights and examples
    LinearNet(int rows, long seed) {
        this.rows = rows;
        values = new float[rows * WIDTH];
        labels = new int[rows];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < WIDTH; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-SPREAD, SPREAD);
        }
        for (int row = 0; row < rows; row++) {
            labels[row] = score(row) > 0 ? 0 : 1;
        }
    }

    private double score(int row) {
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum += (double) weights[i] * values[row * WIDTH + i];
        }
        return sum;
    }

    /// Least change that turns the answer of a row inside the box from -1 to 1; in the maximum norm
    /// and in L2 the box is far enough away to be left out.
    double least(Norm norm, int row) {
        double missing = Math.abs(score(row));
        double[] gains = new double[WIDTH];
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            double steep = Math.abs(weights[i]);
            boolean isUp = weights[i] > 0 == score(row) < 0;
            double from = values[row * WIDTH + i];
            gains[i] = steep * (isUp ? 1 - from : 1 + from);
            squares += steep * steep;
            sum += steep;
        }
        return switch (norm) {
            case LINF -> missing / sum;
            case L2 -> missing / Math.sqrt(squares);
            case L1 -> alongSteepest(missing, row);
            case L0 -> {
                Arrays.sort(gains);
                int count = 0;
                while (missing >= 0) {
                    missing -= gains[WIDTH - ++count];
                }
                yield count;
            }
        };
    }

    private double alongSteepest(double missing, int row) {
        Integer[] order = new Integer[WIDTH];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Float.compare(Math.abs(weights[b]), Math.abs(weights[a])));
        double size = 0;
        double left = missing;
        for (int i : order) {
            double steep = Math.abs(weights[i]);
            double from = values[row * WIDTH + i];
            double room = weights[i] > 0 == score(row) < 0 ? 1 - from : 1 + from;
            double moved = Math.min(room, left / steep);
            size += moved;
            left -= moved * steep;
        }
        return size;
    }

    OnnxModel model() {
        float[] columns = new float[2 * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            columns[2 * i] = weights[i];
            columns[2 * i + 1] = -weights[i];
        }
        OnnxGraph graph =
                OnnxGraph.of(
                        "linear",
                        List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z"))),
                        List.of(OnnxTensor.floats("w", new long[] {WIDTH, 2}, columns)),
                        List.of(
                                OnnxValueInfo.tensor(
                                        "x", OnnxElementType.FLOAT, "1", Integer.toString(WIDTH))),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "1", "2")));
        return OnnxModel.of(10, 21, "test", graph);
    }

    EvasionTask task(Norm norm, float eps) {
        return EvasionTask.of(
                DeployedModel.of(model()),
                List.of((long) WIDTH),
                new Examples(values, labels),
                Ball.of(norm, WIDTH, eps, -1, 1),
                7);
    }
}
