package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Recurrent layers by the equations of the ONNX operator specification, number by number.
final class RecurrentReference {
    private final OnnxNode node;
    private final Doubles x;
    private final Doubles w;
    private final Doubles r;
    private final @Nullable Doubles b;
    private final int hidden;

    private RecurrentReference(
            OnnxNode node, Doubles x, Doubles w, Doubles r, @Nullable Doubles b) {
        this.node = node;
        this.x = x;
        this.w = w;
        this.r = r;
        this.b = b;
        hidden = (int) NodeAttributes.integer(node, "hidden_size", 0);
    }

    /// Outputs Y, Y_h and Y_c.
    static List<Doubles> run(OnnxNode node, List<@Nullable Doubles> inputs) {
        Doubles x = Objects.requireNonNull(inputs.get(0));
        RecurrentReference layer =
                new RecurrentReference(
                        node,
                        x,
                        Objects.requireNonNull(inputs.get(1)),
                        Objects.requireNonNull(inputs.get(2)),
                        inputs.get(3));
        return layer.all(inputs.get(5), inputs.get(6));
    }

    private List<Doubles> all(@Nullable Doubles firstState, @Nullable Doubles firstCell) {
        int directions = w.shape[0];
        int batch = x.shape[1];
        Doubles y = Doubles.zeros(x.shape[0], directions, batch, hidden);
        Doubles last = Doubles.zeros(directions, batch, hidden);
        Doubles cells = Doubles.zeros(directions, batch, hidden);
        String way = NodeAttributes.text(node, "direction", "forward");
        for (int d = 0; d < directions; d++) {
            boolean isReversed = way.equals("reverse") || d == 1;
            for (int n = 0; n < batch; n++) {
                double[] state = start(firstState, d, n);
                double[] cell = start(firstCell, d, n);
                for (int i = 0; i < x.shape[0]; i++) {
                    int t = isReversed ? x.shape[0] - 1 - i : i;
                    state = step(t, d, n, state, cell);
                    System.arraycopy(
                            state,
                            0,
                            y.values,
                            ((t * directions + d) * batch + n) * hidden,
                            hidden);
                }
                System.arraycopy(state, 0, last.values, (d * batch + n) * hidden, hidden);
                System.arraycopy(cell, 0, cells.values, (d * batch + n) * hidden, hidden);
            }
        }
        return List.of(y, last, cells);
    }

    private double[] start(@Nullable Doubles given, int d, int n) {
        double[] start = new double[hidden];
        for (int j = 0; j < hidden && given != null; j++) {
            start[j] = given.at(d, given.shape[1] == 1 ? 0 : n, j);
        }
        return start;
    }

    /// X W^T + Wb of a gate's unit.
    private double input(int t, int d, int n, int unit) {
        double sum = b == null ? 0 : b.at(d, unit);
        for (int i = 0; i < x.shape[2]; i++) {
            sum += x.at(t, n, i) * w.at(d, unit, i);
        }
        return sum;
    }

    private double back(int d, int unit, double[] state) {
        double sum = bias(d, unit);
        for (int j = 0; j < hidden; j++) {
            sum += state[j] * r.at(d, unit, j);
        }
        return sum;
    }

    private double bias(int d, int unit) {
        return b == null ? 0 : b.at(d, w.shape[1] + unit);
    }

    private double[] step(int t, int d, int n, double[] state, double[] cell) {
        double[] next = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            next[j] =
                    switch (node.opType()) {
                        case "LSTM" -> lstm(t, d, n, j, state, cell);
                        case "GRU" -> gru(t, d, n, j, state);
                        default -> Math.tanh(input(t, d, n, j) + back(d, j, state));
                    };
        }
        return next;
    }

    private double lstm(int t, int d, int n, int j, double[] state, double[] cell) {
        double i = sigmoid(input(t, d, n, j) + back(d, j, state));
        double o = sigmoid(input(t, d, n, hidden + j) + back(d, hidden + j, state));
        double f = sigmoid(input(t, d, n, 2 * hidden + j) + back(d, 2 * hidden + j, state));
        double c = Math.tanh(input(t, d, n, 3 * hidden + j) + back(d, 3 * hidden + j, state));
        cell[j] = f * cell[j] + i * c;
        return o * Math.tanh(cell[j]);
    }

    private double gru(int t, int d, int n, int j, double[] state) {
        double z = sigmoid(input(t, d, n, j) + back(d, j, state));
        int unit = 2 * hidden + j;
        double fresh;
        if (NodeAttributes.integer(node, "linear_before_reset", 0) != 0) {
            double r = sigmoid(input(t, d, n, hidden + j) + back(d, hidden + j, state));
            fresh = Math.tanh(input(t, d, n, unit) + r * back(d, unit, state));
        } else {
            double[] kept = new double[hidden];
            for (int k = 0; k < hidden; k++) {
                kept[k] =
                        state[k] * sigmoid(input(t, d, n, hidden + k) + back(d, hidden + k, state));
            }
            fresh = Math.tanh(input(t, d, n, unit) + back(d, unit, kept));
        }
        return (1 - z) * fresh + z * state[j];
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }
}
