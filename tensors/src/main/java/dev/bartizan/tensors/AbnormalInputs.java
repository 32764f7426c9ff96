package dev.bartizan.tensors;

import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.tensors.inference.DenseTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes abnormal inputs out of one ordinary row.
final class AbnormalInputs {
    private static final int MAX_COLUMNS = 64;
    private static final double FAR = 10;

    private final OnnxElementType type;
    private final List<Long> shape;
    private final double[] row;
    private final double[] low;
    private final double[] high;
    private final String domain;
    private final List<AbnormalInput> made = new ArrayList<>();

    private AbnormalInputs(OnnxElementType type, List<Long> shape, NpyArray samples) {
        this.type = type;
        this.shape = shape;
        this.row = new double[samples.rowSize()];
        this.low = new double[row.length];
        this.high = new double[row.length];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < samples.size(); i++) {
            int column = i % row.length;
            double value = samples.number(i);
            row[column] = i < row.length ? value : row[column];
            low[column] = Math.min(low[column], value);
            high[column] = Math.max(high[column], value);
        }
        this.domain = "the range of the samples";
    }

    private AbnormalInputs(AbnormalInputs observed, FeatureDescription described) {
        this.type = observed.type;
        this.shape = observed.shape;
        this.row = observed.row;
        this.low = observed.low.clone();
        this.high = observed.high.clone();
        for (int i = 0; i < row.length; i++) {
            Feature feature = described.features().get(i);
            if (feature.isBounded()) {
                low[i] = feature.min();
                high[i] = feature.max();
            }
        }
        this.domain = "the described range";
    }

    /// The inputs, the same for the same samples.
    ///
    /// @param shape of an input of as few rows as the model takes
    static List<AbnormalInput> of(
            OnnxElementType type,
            List<Long> shape,
            NpyArray samples,
            Optional<FeatureDescription> features) {
        AbnormalInputs observed = new AbnormalInputs(type, shape, samples);
        boolean isDescribed =
                features.isPresent() && features.get().features().size() == samples.rowSize();
        AbnormalInputs maker =
                isDescribed ? new AbnormalInputs(observed, features.get()) : observed;
        maker.make();
        return List.copyOf(maker.made);
    }

    private void make() {
        boolean isFloating = type == OnnxElementType.FLOAT || type == OnnxElementType.DOUBLE;
        if (isFloating) {
            everywhereAndAlone("nan", Double.NaN);
            everywhereAndAlone("infinite", Double.POSITIVE_INFINITY);
            everywhereAndAlone("infinite", Double.NEGATIVE_INFINITY);
            everywhereAndAlone("huge", largest());
            everywhereAndAlone("huge", -largest());
            everywhereAndAlone("huge", Math.sqrt(largest()));
            everywhere(
                    "denormal", type == OnnxElementType.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE);
        } else {
            everywhereAndAlone("huge", largest());
            everywhereAndAlone("huge", -largest());
        }
        everywhere("zero", 0);
        for (int column : columns()) {
            double range = Math.max(high[column] - low[column], 1);
            outside(column, high[column] + range);
            outside(column, high[column] + FAR * range);
            outside(column, low[column] - range);
            outside(column, low[column] - FAR * range);
        }
        wrongShapes();
    }

    private double largest() {
        return switch (type) {
            case FLOAT -> Float.MAX_VALUE;
            case DOUBLE -> Double.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> Long.MAX_VALUE;
            default -> Byte.MAX_VALUE;
        };
    }

    /// All columns, or some spread over them when there are many.
    private int[] columns() {
        int count = Math.min(row.length, MAX_COLUMNS);
        int[] columns = new int[count];
        for (int i = 0; i < count; i++) {
            columns[i] = (int) ((long) i * row.length / count);
        }
        return columns;
    }

    private void everywhereAndAlone(String kind, double value) {
        everywhere(kind, value);
        for (int column : columns()) {
            double[] values = row.clone();
            values[column] = value;
            add(kind, value + " in column " + column, values);
        }
    }

    private void everywhere(String kind, double value) {
        double[] values = new double[row.length];
        Arrays.fill(values, value);
        add(kind, value + " in every column", values);
    }

    private void outside(int column, double value) {
        double[] values = row.clone();
        values[column] = value;
        add("out-of-domain", value + " in column " + column + ", outside " + domain, values);
    }

    /// Adds the row, repeated where the model takes only full batches.
    private void add(String kind, String words, double[] values) {
        boolean isFinite = Arrays.stream(values).allMatch(Double::isFinite);
        int size = 1;
        for (long dim : shape) {
            size = Math.multiplyExact(size, Math.toIntExact(dim));
        }
        double[] batch = new double[size];
        for (int i = 0; i < size; i++) {
            batch[i] = values[i % values.length];
        }
        made.add(new AbnormalInput(kind, words, isFinite, DenseTensor.of(type, shape, batch)));
    }

    /// Ordinary numbers in shapes that the model does not declare.
    private void wrongShapes() {
        for (int axis = 1; axis < shape.size(); axis++) {
            for (long change : new long[] {-1, 1}) {
                List<Long> other = new ArrayList<>(shape);
                other.set(axis, shape.get(axis) + change);
                wrongShape(other);
            }
        }
        List<Long> deeper = new ArrayList<>(shape);
        deeper.addFirst(1L);
        wrongShape(deeper);
        wrongShape(List.of((long) row.length));
        List<Long> none = new ArrayList<>(shape);
        none.set(0, 0L);
        wrongShape(none);
    }

    private void wrongShape(List<Long> other) {
        int size = 1;
        for (long dim : other) {
            size = Math.multiplyExact(size, Math.toIntExact(dim));
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = row[i % row.length];
        }
        made.add(
                new AbnormalInput(
                        "wrong-shape",
                        "shape " + other,
                        true,
                        DenseTensor.of(type, other, values)));
    }
}
