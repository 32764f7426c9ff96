package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.List;

/// What happens to the numbers of an example before the model sees them: less `mean`, divided by
/// `deviation`, each by place. Made part of the graph, so that budgets count in the units of the
/// examples.
public final class Preprocessing {
    /// Nothing happens.
    public static final Preprocessing NONE = new Preprocessing(new float[0], new float[0]);

    private static final String INPUT = "bz.example";

    /// Numbers so near below a whole one are taken for it.
    private static final double WHOLE = 1e-3;

    private final float[] mean;
    private final float[] deviation;

    private Preprocessing(float[] mean, float[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /// Mean and deviation of each place.
    ///
    /// @param mean one number for each place of an example
    /// @param deviation as many, each above 0
    public static Preprocessing of(float[] mean, float[] deviation) {
        boolean isPlain = mean.length == deviation.length;
        for (int i = 0; i < mean.length && isPlain; i++) {
            isPlain = mean[i] == 0 && deviation[i] == 1;
        }
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(mean.length + " means, " + deviation.length);
        }
        return isPlain ? NONE : new Preprocessing(mean.clone(), deviation.clone());
    }

    /// Whether nothing happens.
    public boolean isNone() {
        return mean.length == 0;
    }

    /// The numbers that the model sees for rows of examples.
    public float[] apply(float[] rows) {
        float[] seen = rows.clone();
        for (int i = 0; i < seen.length && !isNone(); i++) {
            int at = i % mean.length;
            seen[i] = (seen[i] - mean[at]) / deviation[at];
        }
        return seen;
    }

    /// By how much the numbers that the model sees change when an example's change by 1.
    ///
    /// @param width numbers in one example
    public float[] units(int width) {
        float[] units = new float[width];
        for (int i = 0; i < width; i++) {
            units[i] = isNone() ? 1 : 1 / deviation[i % deviation.length];
        }
        return units;
    }

    /// Moves a row to numbers that are whole where the model sees them, each towards the original
    /// example, so that no change grows.
    ///
    /// @param x rows of changed examples
    /// @param at number of the row in `x`
    /// @param original rows of examples, whole where the model sees them
    /// @param from number of the row in `original`
    /// @param width numbers in one row
    public void makeWhole(float[] x, int at, float[] original, int from, int width) {
        for (int i = 0; i < width; i++) {
            double shift = isNone() ? 0 : mean[i];
            double unit = isNone() ? 1 : deviation[i];
            double start = Math.rint((original[from * width + i] - shift) / unit);
            double way = (x[at * width + i] - shift) / unit - start;
            double whole = way > 0 ? Math.floor(way + WHOLE) : Math.ceil(way - WHOLE);
            x[at * width + i] = (float) ((start + whole) * unit + shift);
        }
    }

    /// The model with these steps, and a change of the type of numbers, before it.
    ///
    /// @param row shape of its input for one example
    OnnxModel before(OnnxModel plain, ValueShape row) {
        boolean isFloat = row.type() == OnnxElementType.FLOAT;
        if (isNone() && isFloat) {
            return plain;
        }
        OnnxGraph graph = plain.graph();
        String seen = graph.inputs().getFirst().name();
        GraphBuilder builder = new GraphBuilder("p");
        String value = INPUT;
        if (!isNone()) {
            long[] dims = row.dims().stream().mapToLong(Long::longValue).toArray();
            String centred =
                    builder.op(
                            "Sub",
                            List.of(value, builder.add(OnnxTensor.floats("bz.mean", dims, mean))));
            value =
                    builder.op(
                            "Div",
                            List.of(
                                    centred,
                                    builder.add(
                                            OnnxTensor.floats("bz.deviation", dims, deviation))));
        }
        builder.add(
                OnnxNode.of(
                        "Cast",
                        List.of(value),
                        List.of(seen),
                        OnnxAttribute.of("to", (long) row.type().number())));
        List<OnnxNode> nodes = new ArrayList<>(builder.nodes());
        nodes.addAll(graph.nodes());
        List<OnnxTensor> constants = new ArrayList<>(graph.initializers());
        constants.addAll(builder.constants());
        String[] dims = row.dims().stream().map(String::valueOf).toArray(String[]::new);
        return plain.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        constants,
                        graph.sparseInitializers(),
                        List.of(OnnxValueInfo.tensor(INPUT, OnnxElementType.FLOAT, dims)),
                        graph.outputs(),
                        List.of(),
                        ""));
    }
}
