package dev.bartizan.robustness;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Examples and budget, brought to the numbers and the layout that a model takes.
public final class AttackData {
    private final List<Long> rowDims;
    private final float[] values;
    private final int rows;
    private final LinfBall ball;

    private AttackData(List<Long> rowDims, float[] values, int rows, LinfBall ball) {
        this.rowDims = List.copyOf(rowDims);
        this.values = values;
        this.rows = rows;
        this.ball = ball;
    }

    /// Sizes of one example, as the model takes it.
    public List<Long> rowDims() {
        return rowDims;
    }

    /// All numbers, row-major, scaled and normalised, copied.
    public float[] values() {
        return values.clone();
    }

    /// How many examples.
    public int rows() {
        return rows;
    }

    /// How far each number may move, in the model's numbers.
    public LinfBall ball() {
        return ball;
    }

    /// How numbers in the file become numbers of the model: divided by `scale`, then less `mean`
    /// and divided by `deviation` of their channel. The budget and the box are in units after
    /// `scale`.
    ///
    /// @param scale what numbers are divided by, above 0
    /// @param low smallest valid number
    /// @param high largest valid number
    /// @param mean for each channel, or one for all
    /// @param deviation for each channel, or one for all, above 0
    public record Scaling(
            float scale, float low, float high, List<Float> mean, List<Float> deviation) {
        public Scaling {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            if (!(scale > 0) || !(low < high) || mean.isEmpty()) {
                throw wrong("A scale is above 0, and a box has a low end below its high end");
            }
            if (mean.size() != deviation.size() || deviation.stream().anyMatch(d -> !(d > 0))) {
                throw wrong("There are as many deviations as means, each above 0");
            }
        }
    }

    /// Takes the first `count` rows.
    ///
    /// @throws UserError when they do not fit the model
    public static AttackData of(
            OnnxModel model, NpyArray inputs, int count, Scaling scaling, float eps) {
        int rows = Math.min(count, inputs.rows());
        int width = inputs.rowSize();
        if (rows < 1 || width < 1) {
            throw wrong("There are no examples in an array of shape " + inputs.shape());
        }
        List<Long> given = inputs.shape().stream().skip(1).map(Integer::longValue).toList();
        List<Long> wanted = rowDims(model).orElse(given.isEmpty() ? List.of(1L) : given);
        if (product(wanted) != width) {
            throw wrong(
                    "An example has shape "
                            + given
                            + ", the model takes "
                            + wanted
                            + " after the batch");
        }
        int[] to = places(given, wanted, width);
        float[] raw = inputs.floats(0, rows);
        float[] values = new float[raw.length];
        float[] radius = new float[width];
        float[] low = new float[width];
        float[] high = new float[width];
        for (int place = 0; place < width; place++) {
            int channel = channel(given, scaling.mean().size(), place);
            float mean = scaling.mean().get(channel);
            float deviation = scaling.deviation().get(channel);
            int at = to[place];
            radius[at] = eps / deviation;
            low[at] = (scaling.low() - mean) / deviation;
            high[at] = (scaling.high() - mean) / deviation;
            for (int row = 0; row < rows; row++) {
                values[row * width + at] =
                        (raw[row * width + place] / scaling.scale() - mean) / deviation;
            }
        }
        requireInBox(values, low, high, width);
        return new AttackData(wanted, values, rows, new LinfBall(radius, low, high));
    }

    private static void requireInBox(float[] values, float[] low, float[] high, int width) {
        float slack = 1e-4f;
        for (int i = 0; i < values.length; i++) {
            int at = i % width;
            if (!(values[i] >= low[at] - slack && values[i] <= high[at] + slack)) {
                throw wrong(
                        "Row "
                                + i / width
                                + " has a number outside the box of valid inputs; give --scale or"
                                + " --box");
            }
        }
    }

    /// What the model says of one example; empty when it leaves a size open.
    private static Optional<List<Long>> rowDims(OnnxModel model) {
        OnnxGraph graph = model.graph();
        Set<String> constants = new HashSet<>();
        graph.initializers().forEach(constant -> constants.add(constant.name()));
        List<OnnxValueInfo> inputs =
                graph.inputs().stream().filter(in -> !constants.contains(in.name())).toList();
        if (inputs.size() != 1) {
            throw wrong("The model takes " + inputs.size() + " inputs; an attack needs one");
        }
        if (!(inputs.getFirst().type() instanceof OnnxType.TensorType tensor)
                || tensor.shape().isEmpty()) {
            return Optional.empty();
        }
        List<OnnxDimension> dims = tensor.shape().get();
        List<Long> sizes =
                dims.stream()
                        .skip(1)
                        .filter(dim -> dim instanceof OnnxDimension.Fixed)
                        .map(dim -> ((OnnxDimension.Fixed) dim).size())
                        .toList();
        return sizes.size() == dims.size() - 1 && !sizes.isEmpty()
                ? Optional.of(sizes)
                : Optional.empty();
    }

    /// Where each number of a given example goes: images change between channels first and last,
    /// everything else keeps its order.
    private static int[] places(List<Long> given, List<Long> wanted, int width) {
        int[] to = new int[width];
        Arrays.setAll(to, place -> place);
        if (given.size() != 3 || wanted.size() != 3 || given.equals(wanted)) {
            return to;
        }
        boolean isLastToFirst = wanted.equals(List.of(given.get(2), given.get(0), given.get(1)));
        boolean isFirstToLast = wanted.equals(List.of(given.get(1), given.get(2), given.get(0)));
        if (!isLastToFirst && !isFirstToLast) {
            throw wrong("Examples of shape " + given + " do not turn into " + wanted);
        }
        int channels = Math.toIntExact(isLastToFirst ? given.get(2) : given.get(0));
        int plane = width / channels;
        Arrays.setAll(
                to,
                place ->
                        isLastToFirst
                                ? place % channels * plane + place / channels
                                : place % plane * channels + place / plane);
        return to;
    }

    private static int channel(List<Long> given, int channels, int place) {
        if (channels == 1) {
            return 0;
        }
        if (given.size() == 3 && given.getFirst() == channels) {
            return Math.toIntExact(place / (given.get(1) * given.get(2)));
        }
        if (!given.isEmpty() && given.getLast() == channels) {
            return place % channels;
        }
        throw wrong("There are " + channels + " means, and no such axis in " + given);
    }

    private static long product(List<Long> dims) {
        return dims.stream().reduce(1L, Math::multiplyExact);
    }

    private static UserError wrong(String what) {
        return new UserError(what, "inputs", "See bartizan attack --help for what is taken.");
    }
}
