package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Map;

/// Operators that write numbers into places, or read them from there. Where several are written to
/// one place, what stands there is undefined unless they are added, and so is the gradient.
final class ScatterGradients {
    private static final String NONE = "none";
    private static final String ADD = "add";

    private ScatterGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of(
                "ScatterND", ScatterGradients::scatterNd,
                "ScatterElements", ScatterGradients::scatterElements,
                "GatherND", ScatterGradients::gatherNd);
    }

    private static String zeros(Backward b, String like) throws GradientException {
        return b.op("Mul", List.of(like, b.scalar(like, 0)));
    }

    /// Whether numbers are added to what stands there instead of taking its place.
    ///
    /// @throws GradientException when they are combined otherwise
    private static boolean isAdded(OnnxNode node) throws GradientException {
        String reduction = NodeAttributes.text(node, "reduction", NONE);
        if (!reduction.equals(NONE) && !reduction.equals(ADD)) {
            throw GradientException.operator(
                    node.opType(), "it combines what meets in one place by \"" + reduction + "\"");
        }
        return reduction.equals(ADD);
    }

    private static void scatterNd(OnnxNode node, Backward b) throws GradientException {
        String data = node.inputs().get(0);
        String places = node.inputs().get(1);
        String updates = node.inputs().get(2);
        boolean isAdded = isAdded(node);
        if (b.wants(data)) {
            b.give(
                    data,
                    isAdded
                            ? b.adjoint(node)
                            : b.op(
                                    "ScatterND",
                                    List.of(b.adjoint(node), places, zeros(b, updates))));
        }
        if (b.wants(updates)) {
            b.give(updates, b.op("GatherND", List.of(b.adjoint(node), places)));
        }
    }

    private static void scatterElements(OnnxNode node, Backward b) throws GradientException {
        String data = node.inputs().get(0);
        String places = node.inputs().get(1);
        String updates = node.inputs().get(2);
        OnnxAttribute axis = OnnxAttribute.of("axis", NodeAttributes.integer(node, "axis", 0));
        boolean isAdded = isAdded(node);
        if (b.wants(data)) {
            b.give(
                    data,
                    isAdded
                            ? b.adjoint(node)
                            : b.op(
                                    "ScatterElements",
                                    List.of(b.adjoint(node), places, zeros(b, updates)),
                                    axis));
        }
        if (b.wants(updates)) {
            b.give(updates, b.op("GatherElements", List.of(b.adjoint(node), places), axis));
        }
    }

    private static void gatherNd(OnnxNode node, Backward b) throws GradientException {
        if (NodeAttributes.integer(node, "batch_dims", 0) != 0) {
            throw GradientException.operator("GatherND", "it gathers within each of a batch");
        }
        String data = node.inputs().getFirst();
        b.give(
                data,
                b.op(
                        "ScatterND",
                        List.of(zeros(b, data), node.inputs().get(1), b.adjoint(node)),
                        OnnxAttribute.of("reduction", ADD)));
    }
}
