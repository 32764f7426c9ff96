package dev.bartizan.robustness.data;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.robustness.Ball;
import dev.bartizan.robustness.Norm;
import dev.bartizan.tensors.gradient.Preprocessing;
import java.util.List;

/// Examples in the layout of a model and in the units of the budget, with what the model does to
/// them before it sees them.
public final class AttackData {
    private static final float SLACK = 1e-4f;

    private final List<Long> rowDims;
    private final float[] values;
    private final int rows;
    private final Preprocessing preprocessing;

    private AttackData(List<Long> rowDims, float[] values, int rows, Preprocessing preprocessing) {
        this.rowDims = List.copyOf(rowDims);
        this.values = values;
        this.rows = rows;
        this.preprocessing = preprocessing;
    }

    /// Sizes of one example, as the model takes it.
    public List<Long> rowDims() {
        return rowDims;
    }

    /// All numbers, row-major, divided by the scale, copied.
    public float[] values() {
        return values.clone();
    }

    /// How many examples.
    public int rows() {
        return rows;
    }

    /// Mean and deviation by place.
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /// Numbers in one example.
    public int width() {
        return values.length / rows;
    }

    /// The budget around each example.
    public Ball ball(Norm norm, float eps, Scaling scaling) {
        return Ball.of(norm, width(), eps, scaling.low(), scaling.high());
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
            if (!(scale > 0) || !Float.isFinite(scale) || !(low < high)) {
                throw wrong(
                        "A scale is above 0, and a box has a low end below its high end",
                        "--scale " + scale + " --box " + low + "," + high);
            }
            boolean isUneven =
                    mean.size() != deviation.size() && mean.size() != 1 && deviation.size() != 1;
            if (mean.isEmpty() || deviation.isEmpty() || isUneven) {
                throw wrong(
                        "There are as many deviations as means",
                        "--mean " + mean + " --std " + deviation);
            }
            if (deviation.stream().anyMatch(d -> !(d > 0) || d.isInfinite())
                    || mean.stream().anyMatch(m -> !Float.isFinite(m))) {
                throw wrong("Means are numbers, deviations above 0", "--std " + deviation);
            }
        }

        int channels() {
            return Math.max(mean.size(), deviation.size());
        }

        private static float of(List<Float> numbers, int channel) {
            return numbers.size() == 1 ? numbers.getFirst() : numbers.get(channel);
        }
    }

    /// Takes the first `count` rows for a model.
    ///
    /// @throws UserError when they do not fit the model, or lie outside the box
    public static AttackData of(OnnxModel model, NpyArray inputs, int count, Scaling scaling) {
        List<Long> given = given(inputs, count);
        return of(
                InputFit.of(model, given),
                inputs,
                count,
                scaling,
                takesWhole(model) ? scaling.scale() : 1);
    }

    /// Takes the first `count` rows as they are, for something that is no file.
    ///
    /// @param rowDims sizes of one example where they are not those of the array; may be empty
    /// @throws UserError when they do not fit, or lie outside the box
    public static AttackData asGiven(
            NpyArray inputs, int count, Scaling scaling, List<Long> rowDims) {
        List<Long> given = given(inputs, count);
        return of(
                InputFit.asGiven(given, rowDims.isEmpty() ? given : rowDims),
                inputs,
                count,
                scaling,
                1);
    }

    private static List<Long> given(NpyArray inputs, int count) {
        if (Math.min(count, inputs.rows()) < 1
                || inputs.rowSize() < 1
                || inputs.shape().isEmpty()) {
            throw wrong("There are no examples in an array of shape " + inputs.shape(), "inputs");
        }
        List<Long> given = inputs.shape().stream().skip(1).map(Integer::longValue).toList();
        return given.isEmpty() ? List.of(1L) : given;
    }

    /// @param unit what numbers are multiplied with before the model sees them
    private static AttackData of(
            InputFit fit, NpyArray inputs, int count, Scaling scaling, float unit) {
        int rows = Math.min(count, inputs.rows());
        int width = inputs.rowSize();
        List<Long> given = given(inputs, count);
        float[] raw = inputs.floats(0, rows);
        float[] values = new float[raw.length];
        float[] mean = new float[width];
        float[] deviation = new float[width];
        List<Long> shape = given.size() == 3 ? given : fit.rowDims();
        for (int place = 0; place < width; place++) {
            int channel = channel(shape, scaling.channels(), place);
            int at = fit.to(place);
            mean[at] = Scaling.of(scaling.mean(), channel);
            deviation[at] = Scaling.of(scaling.deviation(), channel) / unit;
            for (int row = 0; row < rows; row++) {
                values[row * width + at] = raw[row * width + place] / scaling.scale();
            }
        }
        requireInBox(values, width, scaling);
        return new AttackData(fit.rowDims(), values, rows, Preprocessing.of(mean, deviation));
    }

    /// Whether the model takes whole numbers; then it sees them as they were before `scale`, which
    /// only says in which units the budget is.
    private static boolean takesWhole(OnnxModel model) {
        return model.graph().requiredInputs().getFirst().type()
                        instanceof OnnxType.TensorType tensor
                && switch (tensor.elementType()) {
                    case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> false;
                    default -> true;
                };
    }

    private static void requireInBox(float[] values, int width, Scaling scaling) {
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (!(value >= scaling.low() - SLACK && value <= scaling.high() + SLACK)) {
                throw wrong(
                        "Example "
                                + i / width
                                + " has the number "
                                + value
                                + " after --scale, outside the box of valid inputs from "
                                + scaling.low()
                                + " to "
                                + scaling.high()
                                + "; give --scale or --box",
                        "inputs");
            }
            values[i] = Math.clamp(value, scaling.low(), scaling.high());
        }
    }

    private static int channel(List<Long> shape, int channels, int place) {
        if (channels == 1) {
            return 0;
        }
        if (shape.size() == 3 && shape.getFirst() == channels) {
            return Math.toIntExact(place / (shape.get(1) * shape.get(2)));
        }
        if (!shape.isEmpty() && shape.getLast() == channels) {
            return place % channels;
        }
        if (shape.size() == 1 && isOfSquares(shape.getFirst(), channels)) {
            return Math.toIntExact(place / (shape.getFirst() / channels));
        }
        throw wrong(
                "There are " + channels + " means, and no such axis in " + shape, "--mean, --std");
    }

    /// Whether flat numbers can be so many square planes one after another.
    private static boolean isOfSquares(long numbers, int channels) {
        long side = Math.round(Math.sqrt((double) numbers / channels));
        return side > 1 && side * side * channels == numbers;
    }

    private static UserError wrong(String what, String where) {
        return new UserError(what, where, "See bartizan attack --help for what is taken.");
    }
}
