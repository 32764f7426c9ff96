package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Map;

/// Sums, means, maxima along axes, and softmax.
final class ReductionGradients {
    private ReductionGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of(
                "ReduceSum", (node, b) -> b.give(input(node), stretched(node, b, b.adjoint(node))),
                "ReduceMean", ReductionGradients::mean,
                "ReduceMax", ReductionGradients::extreme,
                "ReduceMin", ReductionGradients::extreme,
                "ReduceL2", ReductionGradients::length,
                "ReduceSumSquare", ReductionGradients::squares,
                "ReduceL1", ReductionGradients::sizes,
                "ReduceLogSumExp", ReductionGradients::logSumExp,
                "Softmax", ReductionGradients::softmax,
                "LogSoftmax", ReductionGradients::logSoftmax);
    }

    private static String input(OnnxNode node) {
        return node.inputs().getFirst();
    }

    private static long[] axes(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(input(node));
        long[] axes = Backward.has(node, 1) ? b.longs(node, 1) : new long[0];
        boolean isNoop = NodeAttributes.integer(node, "noop_with_empty_axes", 0) != 0;
        if (axes.length == 0 && !isNoop) {
            axes = new long[shape.rank()];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = i;
            }
        }
        for (int i = 0; i < axes.length; i++) {
            axes[i] = shape.axis(axes[i]);
        }
        return axes;
    }

    /// A value of the output's shape, with the reduced axes back and as long as the input's.
    private static String stretched(OnnxNode node, Backward b, String value)
            throws GradientException {
        return b.op(
                "Expand", List.of(withAxes(node, b, value), b.op("Shape", List.of(input(node)))));
    }

    private static String withAxes(OnnxNode node, Backward b, String value)
            throws GradientException {
        long[] axes = axes(node, b);
        boolean isKept = NodeAttributes.integer(node, "keepdims", 1) != 0;
        return isKept || axes.length == 0
                ? value
                : b.op("Unsqueeze", List.of(value, b.builder().longs(axes)));
    }

    private static void mean(OnnxNode node, Backward b) throws GradientException {
        double count = 1;
        for (long axis : axes(node, b)) {
            count *= b.shape(input(node)).fixed((int) axis, node.opType());
        }
        String share = b.op("Mul", List.of(b.adjoint(node), b.scalar(input(node), 1 / count)));
        b.give(input(node), stretched(node, b, share));
    }

    /// Inputs that share the extreme share the adjoint.
    private static void extreme(OnnxNode node, Backward b) throws GradientException {
        String result = withAxes(node, b, node.outputs().getFirst());
        String mask = b.mask(b.op("Equal", List.of(input(node), result)), input(node));
        long[] axes = axes(node, b);
        String count =
                axes.length == 0 ? mask : b.op("ReduceSum", List.of(mask, b.builder().longs(axes)));
        String share = b.op("Div", List.of(withAxes(node, b, b.adjoint(node)), count));
        b.give(input(node), b.op("Mul", List.of(mask, share)));
    }

    private static void length(OnnxNode node, Backward b) throws GradientException {
        String ratio = b.op("Div", List.of(b.adjoint(node), node.outputs().getFirst()));
        b.give(input(node), b.op("Mul", List.of(input(node), stretched(node, b, ratio))));
    }

    private static void squares(OnnxNode node, Backward b) throws GradientException {
        String twice = b.op("Mul", List.of(input(node), b.scalar(input(node), 2)));
        b.give(input(node), b.op("Mul", List.of(twice, stretched(node, b, b.adjoint(node)))));
    }

    private static void sizes(OnnxNode node, Backward b) throws GradientException {
        String sign = b.op("Sign", List.of(input(node)));
        b.give(input(node), b.op("Mul", List.of(sign, stretched(node, b, b.adjoint(node)))));
    }

    private static void logSumExp(OnnxNode node, Backward b) throws GradientException {
        String result = withAxes(node, b, node.outputs().getFirst());
        String share = b.op("Exp", List.of(b.op("Sub", List.of(input(node), result))));
        b.give(input(node), b.op("Mul", List.of(share, stretched(node, b, b.adjoint(node)))));
    }

    private static String sumAlong(OnnxNode node, Backward b, String value) {
        long axis = NodeAttributes.integer(node, "axis", -1);
        return b.op(
                "ReduceSum",
                List.of(value, b.builder().longs(axis)),
                OnnxAttribute.of("keepdims", 1L));
    }

    /// dx = y (dy - sum(dy y)).
    private static void softmax(OnnxNode node, Backward b) throws GradientException {
        String y = node.outputs().getFirst();
        String sum = sumAlong(node, b, b.op("Mul", List.of(b.adjoint(node), y)));
        b.give(input(node), b.op("Mul", List.of(y, b.op("Sub", List.of(b.adjoint(node), sum)))));
    }

    /// dx = dy - exp(y) sum(dy).
    private static void logSoftmax(OnnxNode node, Backward b) throws GradientException {
        String sum = sumAlong(node, b, b.adjoint(node));
        String share = b.op("Exp", List.of(node.outputs().getFirst()));
        b.give(
                input(node),
                b.op("Sub", List.of(b.adjoint(node), b.op("Mul", List.of(share, sum)))));
    }
}
