package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Definitions of operators that pick, order, stretch or contract, number by number.
final class IndexReference {
    private IndexReference() {}

    /// The largest along the last axis, in falling order, and their places.
    static List<Doubles> largest(Doubles x, int count) {
        int width = x.shape[x.rank() - 1];
        int[] shape = x.shape.clone();
        shape[x.rank() - 1] = count;
        Doubles values = Doubles.zeros(shape);
        Doubles places = Doubles.zeros(shape);
        for (int row = 0; row < x.values.length / width; row++) {
            int from = row * width;
            List<Integer> order =
                    IntStream.range(0, width)
                            .boxed()
                            .sorted((a, b) ->
                                    Double.compare(x.values[from + b], x.values[from + a]))
                            .toList();
            for (int i = 0; i < count; i++) {
                values.values[row * count + i] = x.values[from + order.get(i)];
                places.values[row * count + i] = order.get(i);
            }
        }
        return List.of(values, places);
    }

    /// Along axis 1 of two.
    static Doubles gatherElements(Doubles x, Doubles places) {
        Doubles result = Doubles.zeros(places.shape);
        for (int i = 0; i < result.values.length; i++) {
            int row = i / places.shape[1];
            result.values[i] = x.values[row * x.shape[1] + (int) places.values[i]];
        }
        return result;
    }

    static Doubles cumSum(OnnxNode node, Doubles x, Doubles axis) {
        int along = (int) axis.values[0];
        boolean isReverse = NodeAttributes.integer(node, "reverse", 0) != 0;
        boolean isExclusive = NodeAttributes.integer(node, "exclusive", 0) != 0;
        Doubles result = Doubles.zeros(x.shape);
        for (int i = 0; i < x.values.length; i++) {
            int[] to = Doubles.index(x.shape, i);
            for (int at = 0; at < x.shape[along]; at++) {
                boolean isBefore = isReverse ? at > to[along] : at < to[along];
                if (isBefore || (at == to[along] && !isExclusive)) {
                    int[] from = to.clone();
                    from[along] = at;
                    result.values[i] += x.values[Doubles.place(x.shape, from)];
                }
            }
        }
        return result;
    }

    static Doubles trilu(OnnxNode node, Doubles x, @Nullable Doubles diagonal) {
        boolean isUpper = NodeAttributes.integer(node, "upper", 1) != 0;
        int k = diagonal == null ? 0 : (int) diagonal.values[0];
        Doubles result = Doubles.zeros(x.shape);
        for (int i = 0; i < x.values.length; i++) {
            int[] at = Doubles.index(x.shape, i);
            int far = at[at.length - 1] - at[at.length - 2] - k;
            result.values[i] = (isUpper ? far >= 0 : far <= 0) ? x.values[i] : 0;
        }
        return result;
    }

    static Doubles spaceToDepth(OnnxNode node, Doubles x) {
        int block = (int) NodeAttributes.integer(node, "blocksize", 1);
        int channels = x.shape[1];
        Doubles result =
                Doubles.zeros(
                        x.shape[0],
                        channels * block * block,
                        x.shape[2] / block,
                        x.shape[3] / block);
        for (int i = 0; i < x.values.length; i++) {
            int[] at = Doubles.index(x.shape, i);
            int channel = (at[2] % block * block + at[3] % block) * channels + at[1];
            int[] to = {at[0], channel, at[2] / block, at[3] / block};
            result.values[Doubles.place(result.shape, to)] = x.values[i];
        }
        return result;
    }

    /// Two factors, every letter running over its size.
    static Doubles einsum(OnnxNode node, Doubles a, Doubles b) {
        String[] sides = NodeAttributes.text(node, "equation", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        Map<Character, Integer> sizes = new HashMap<>();
        for (int i = 0; i < a.rank(); i++) {
            sizes.put(terms[0].charAt(i), a.shape[i]);
        }
        for (int i = 0; i < b.rank(); i++) {
            sizes.put(terms[1].charAt(i), b.shape[i]);
        }
        StringBuilder letters = new StringBuilder();
        sizes.keySet().forEach(letters::append);
        int[] all = letters.chars().map(letter -> sizes.getOrDefault((char) letter, 0)).toArray();
        int[] shape =
                sides[1].chars().map(letter -> sizes.getOrDefault((char) letter, 0)).toArray();
        Doubles result = Doubles.zeros(shape);
        for (int i = 0; i < Doubles.size(all); i++) {
            int[] at = Doubles.index(all, i);
            double product =
                    a.values[Doubles.place(a.shape, picked(terms[0], letters, at))]
                            * b.values[Doubles.place(b.shape, picked(terms[1], letters, at))];
            result.values[Doubles.place(shape, picked(sides[1], letters, at))] += product;
        }
        return result;
    }

    private static int[] picked(String term, CharSequence letters, int[] at) {
        return term.chars().map(letter -> at[letters.toString().indexOf(letter)]).toArray();
    }

    static Doubles localResponse(OnnxNode node, Doubles x) {
        int size = (int) NodeAttributes.integer(node, "size", 1);
        double alpha = NodeAttributes.number(node, "alpha", 1e-4);
        double beta = NodeAttributes.number(node, "beta", 0.75);
        double bias = NodeAttributes.number(node, "bias", 1);
        Doubles result = Doubles.zeros(x.shape);
        for (int i = 0; i < x.values.length; i++) {
            int[] at = Doubles.index(x.shape, i);
            double sum = 0;
            for (int c = at[1] - (size - 1) / 2; c <= at[1] + size / 2; c++) {
                if (c >= 0 && c < x.shape[1]) {
                    int[] beside = at.clone();
                    beside[1] = c;
                    double value = x.values[Doubles.place(x.shape, beside)];
                    sum += value * value;
                }
            }
            result.values[i] = x.values[i] / Math.pow(bias + alpha / size * sum, beta);
        }
        return result;
    }

    /// Image by image: every number of the result from those around its place in the input.
    static Doubles resize(OnnxNode node, Doubles x, Map<String, Doubles> values) {
        int rank = x.rank();
        double[] scales = new double[rank];
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            boolean hasScales = Backward.has(node, 2);
            Doubles given = values.get(node.inputs().get(hasScales ? 2 : 3));
            if (given == null) {
                throw new AssertionError("No sizes");
            }
            if (hasScales) {
                scales[i] = given.values[i];
                shape[i] = (int) Math.floor(x.shape[i] * scales[i]);
            } else {
                shape[i] = i < 2 ? x.shape[i] : (int) given.values[i - 2];
                scales[i] = shape[i] / (double) x.shape[i];
            }
        }
        Doubles result = Doubles.zeros(shape);
        for (int i = 0; i < result.values.length; i++) {
            result.values[i] = sampled(node, x, shape, scales, Doubles.index(shape, i));
        }
        return result;
    }

    private static double sampled(
            OnnxNode node, Doubles x, int[] shape, double[] scales, int[] out) {
        double sum = 0;
        double[] high = around(node, x.shape[2], shape[2], scales[2], out[2]);
        double[] wide = around(node, x.shape[3], shape[3], scales[3], out[3]);
        for (int row = 0; row < high.length; row++) {
            for (int column = 0; column < wide.length; column++) {
                int[] at = {out[0], out[1], row, column};
                sum += high[row] * wide[column] * x.values[Doubles.place(x.shape, at)];
            }
        }
        return sum;
    }

    /// Weight of every number of an axis at one place of the result.
    private static double[] around(OnnxNode node, int size, int sizeOut, double scale, int out) {
        double at =
                switch (NodeAttributes.text(node, "coordinate_transformation_mode", "half_pixel")) {
                    case "align_corners" ->
                            sizeOut == 1 ? 0 : out * (double) (size - 1) / (sizeOut - 1);
                    case "asymmetric" -> out / scale;
                    default -> (out + 0.5) / scale - 0.5;
                };
        double[] weights = new double[size];
        switch (NodeAttributes.text(node, "mode", "nearest")) {
            case "linear" -> {
                for (int i = 0; i < size; i++) {
                    double inside = Math.clamp(at, 0, size - 1.0);
                    weights[i] = Math.max(0, 1 - Math.abs(inside - i));
                }
            }
            case "cubic" -> {
                for (int i = (int) Math.floor(at) - 1; i <= (int) Math.floor(at) + 2; i++) {
                    double d = Math.abs(at - i);
                    double a = -0.75;
                    weights[Math.clamp(i, 0, size - 1)] +=
                            d <= 1
                                    ? (a + 2) * d * d * d - (a + 3) * d * d + 1
                                    : a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a;
                }
            }
            default -> {
                String rounding = NodeAttributes.text(node, "nearest_mode", "round_prefer_floor");
                double near =
                        switch (rounding) {
                            case "floor" -> Math.floor(at);
                            case "ceil" -> Math.ceil(at);
                            case "round_prefer_ceil" -> Math.floor(at + 0.5);
                            default -> -Math.floor(-at + 0.5);
                        };
                weights[(int) Math.clamp(near, 0, size - 1.0)] = 1;
            }
        }
        return weights;
    }
}
