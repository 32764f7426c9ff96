package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.Set;

/// Finds where a classifier tells its scores.
final class Outputs {
    private static final Set<String> PASS_ON = Set.of("Identity", "Reshape", "Flatten", "Squeeze");

    private Outputs() {}

    /// The output with scores by class: the first that is not declared to be something else, such
    /// as the number of the class.
    static String scores(OnnxGraph graph) {
        return graph.outputs().stream()
                .filter(Outputs::canBeScores)
                .findFirst()
                .orElse(graph.outputs().getFirst())
                .name();
    }

    private static boolean canBeScores(OnnxValueInfo output) {
        return switch (output.type()) {
            case OnnxType.TensorType tensor ->
                    tensor.elementType() == OnnxElementType.FLOAT
                            || tensor.elementType() == OnnxElementType.DOUBLE;
            case OnnxType.NoType _ -> true;
            default -> false;
        };
    }

    /// The value before trailing softmax, behind steps that only pass numbers on.
    static String beforeSoftmax(OnnxGraph graph, String output) {
        String wanted = output;
        for (OnnxNode node : graph.nodes().reversed()) {
            if (node.outputs().isEmpty() || !node.outputs().getFirst().equals(wanted)) {
                continue;
            }
            if (node.opType().equals("Softmax") || node.opType().equals("LogSoftmax")) {
                return node.inputs().getFirst();
            }
            if (!PASS_ON.contains(node.opType())) {
                return output;
            }
            wanted = node.inputs().getFirst();
        }
        return output;
    }
}
