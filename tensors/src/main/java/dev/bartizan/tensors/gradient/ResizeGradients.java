package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.Map;

/// Resize: along each axis every number of the result is a weighted sum of a few numbers of the
/// input (ONNX operators, Resize), so the adjoint is a product with the same weights.
final class ResizeGradients {
    private static final double CUBIC = -0.75;

    private final OnnxNode node;
    private final String mode;
    private final String coordinates;

    private ResizeGradients(OnnxNode node) {
        this.node = node;
        mode = NodeAttributes.text(node, "mode", "nearest");
        coordinates = NodeAttributes.text(node, "coordinate_transformation_mode", "half_pixel");
    }

    static Map<String, OperatorGradient> rules() {
        return Map.of("Resize", (node, b) -> new ResizeGradients(node).emit(b));
    }

    private void emit(Backward b) throws GradientException {
        if (NodeAttributes.integer(node, "antialias", 0) != 0
                || NodeAttributes.integer(node, "exclude_outside", 0) != 0) {
            throw GradientException.operator("Resize", "it smooths or leaves out what is outside");
        }
        String x = node.inputs().getFirst();
        ValueShape from = b.shape(x);
        ValueShape to = b.shape(node.outputs().getFirst());
        String adjoint = b.adjoint(node);
        for (int axis = 0; axis < from.rank(); axis++) {
            if (from.dims().get(axis).equals(to.dims().get(axis))) {
                continue;
            }
            int size = (int) from.fixed(axis, "Resize");
            int sizeOut = (int) to.fixed(axis, "Resize");
            double scale = scale(b, axis, from.rank(), sizeOut / (double) size);
            adjoint = b.alongAxis(adjoint, from, axis, weights(size, sizeOut, scale));
        }
        b.give(x, adjoint);
    }

    /// The scale that is given; where only sizes are, their ratio.
    private double scale(Backward b, int axis, int rank, double ratio) {
        float[] scales =
                Backward.has(node, 2)
                        ? b.constant(node.inputs().get(2))
                                .map(tensor -> tensor.toFloats())
                                .orElse(new float[0])
                        : new float[0];
        long[] axes = NodeAttributes.integers(node, "axes").orElse(new long[0]);
        for (int i = 0; i < axes.length && i < scales.length; i++) {
            if (Math.floorMod(axes[i], rank) == axis) {
                return scales[i];
            }
        }
        return axes.length == 0 && scales.length == rank ? scales[axis] : ratio;
    }

    private double[][] weights(int size, int sizeOut, double scale) throws GradientException {
        double[][] weights = new double[sizeOut][size];
        for (int out = 0; out < sizeOut; out++) {
            double at = coordinate(out, size, sizeOut, scale);
            switch (mode) {
                case "nearest" -> weights[out][Math.clamp(nearest(at), 0, size - 1)] += 1;
                case "linear" -> {
                    double inside = Math.clamp(at, 0, size - 1.0);
                    int low = (int) Math.floor(inside);
                    weights[out][low] += 1 - (inside - low);
                    weights[out][Math.min(low + 1, size - 1)] += inside - low;
                }
                case "cubic" -> {
                    int low = (int) Math.floor(at);
                    for (int i = -1; i <= 2; i++) {
                        weights[out][Math.clamp(low + i, 0, size - 1)] +=
                                cubic(Math.abs(at - low - i));
                    }
                }
                default -> throw GradientException.operator("Resize", "its mode is " + mode);
            }
        }
        return weights;
    }

    private double coordinate(int out, int size, int sizeOut, double scale)
            throws GradientException {
        return switch (coordinates) {
            case "half_pixel" -> (out + 0.5) / scale - 0.5;
            case "pytorch_half_pixel" -> sizeOut > 1 ? (out + 0.5) / scale - 0.5 : 0;
            case "align_corners" -> sizeOut == 1 ? 0 : out * (size - 1.0) / (sizeOut - 1.0);
            case "asymmetric" -> out / scale;
            case "tf_half_pixel_for_nn" -> (out + 0.5) / scale;
            case "half_pixel_symmetric" -> {
                double adjustment = sizeOut / (scale * size);
                yield size / 2.0 * (1 - adjustment) + (out + 0.5) / scale - 0.5;
            }
            default ->
                    throw GradientException.operator(
                            "Resize", "its places are counted as " + coordinates);
        };
    }

    private int nearest(double at) throws GradientException {
        String rounding = NodeAttributes.text(node, "nearest_mode", "round_prefer_floor");
        return (int)
                switch (rounding) {
                    case "round_prefer_floor" -> Math.ceil(at - 0.5);
                    case "round_prefer_ceil" -> Math.floor(at + 0.5);
                    case "floor" -> Math.floor(at);
                    case "ceil" -> Math.ceil(at);
                    default ->
                            throw GradientException.operator("Resize", "it rounds by " + rounding);
                };
    }

    /// R. Keys, "Cubic convolution interpolation for digital image processing" (1981), equation 15.
    private double cubic(double far) {
        double a = NodeAttributes.number(node, "cubic_coeff_a", CUBIC);
        if (far <= 1) {
            return ((a + 2) * far - (a + 3)) * far * far + 1;
        }
        return far < 2 ? ((a * far - 5 * a) * far + 8 * a) * far - 4 * a : 0;
    }
}
