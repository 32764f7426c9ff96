package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;

/// Writes the derivative of an objective with respect to the scores.
final class ObjectiveSeeds {
    private static final int TOP = 4;

    private final GraphBuilder builder;
    private final String scores;
    private final ValueShape shape;

    ObjectiveSeeds(GraphBuilder builder, String scores, ValueShape shape) {
        this.builder = builder;
        this.scores = scores;
        this.shape = shape;
    }

    String of(Objective objective, String labels, String targets) throws GradientException {
        return switch (objective) {
            case SEED -> GradientGraph.SEED;
            case CROSS_ENTROPY -> crossEntropy(oneHot(labels));
            case MARGIN -> margin(oneHot(labels));
            case TARGET_MARGIN -> op("Neg", margin(oneHot(targets)));
            case DIFFERENCE -> op("Sub", oneHot(targets), oneHot(labels));
            case TARGETED_DLR -> targetedDlr(oneHot(labels), oneHot(targets));
        };
    }

    private String op(String opType, String... inputs) {
        return builder.op(opType, List.of(inputs));
    }

    private String scalar(double value) {
        return builder.scalar(shape.type(), value);
    }

    private long classes() {
        return shape.dims().getLast();
    }

    private String oneHot(String indices) {
        String values = builder.tensor(shape.type(), new long[] {2}, 0, 1);
        return builder.op(
                "OneHot",
                List.of(indices, builder.longs(classes()), values),
                OnnxAttribute.of("axis", -1L));
    }

    private String sum(String value) {
        return builder.op("ReduceSum", List.of(value, builder.longs(-1)));
    }

    /// p - label, with the label's entry as minus the sum of the others: p - 1 would vanish once p
    /// rounds to 1.
    private String crossEntropy(String label) {
        String p = builder.op("Softmax", List.of(scores), OnnxAttribute.of("axis", -1L));
        String others = op("Mul", p, op("Sub", scalar(1), label));
        return op("Sub", others, op("Mul", label, sum(others)));
    }

    private String margin(String label) {
        String away = op("Mul", label, scalar(Float.MAX_VALUE / 4));
        String best =
                builder.op(
                        "ArgMax",
                        List.of(op("Sub", scores, away)),
                        OnnxAttribute.of("axis", -1L),
                        OnnxAttribute.of("keepdims", 0L));
        return op("Sub", oneHot(best), label);
    }

    /// With D = z_1 - (z_3 + z_4) / 2: -(y - t) / D + (z_y - z_t) / D^2 (e_1 - (e_3 + e_4) / 2).
    private String targetedDlr(String label, String target) throws GradientException {
        if (classes() < TOP) {
            throw new GradientException(
                    "The ratio of score differences needs "
                            + TOP
                            + " classes, the model has "
                            + classes());
        }
        String values = builder.freshName() + ".top";
        String places = builder.freshName() + ".places";
        builder.add(
                OnnxNode.of(
                        "TopK",
                        List.of(scores, builder.longs(TOP)),
                        List.of(values, places),
                        OnnxAttribute.of("axis", -1L)));
        String weights = builder.tensor(shape.type(), new long[] {1, TOP}, 1, 0, -0.5, -0.5);
        String bottom = op("Max", sum(op("Mul", values, weights)), scalar(1e-12));
        String column = builder.tensor(shape.type(), new long[] {1, TOP, 1}, 1, 0, -0.5, -0.5);
        String direction =
                builder.op(
                        "ReduceSum",
                        List.of(op("Mul", oneHot(places), column), builder.longs(1)),
                        OnnxAttribute.of("keepdims", 0L));
        String difference = op("Sub", label, target);
        String gap = sum(op("Mul", scores, difference));
        String bend = op("Mul", op("Div", op("Div", gap, bottom), bottom), direction);
        return op("Sub", bend, op("Div", difference, bottom));
    }
}
