package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds where a classifier tells its scores.
final class Outputs {
    private static final Set<String> PASS_ON =
            Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast");

    /// Last steps after which the highest score is where it was before.
    private static final Set<String> ORDERED = Set.of("Softmax", "LogSoftmax", "Sigmoid");

    private Outputs() {}

    /// The output with scores by class: the one that is named, otherwise the first that is not
    /// declared to be something else, such as the number of the class, and from which no other such
    /// output is computed, as one would be from features or embeddings.
    ///
    /// @throws GradientException when there is no output of that name
    static String scores(OnnxGraph graph, ScoreOutput wanted) throws GradientException {
        List<String> names = graph.outputs().stream().map(OnnxValueInfo::name).toList();
        if (wanted.name().isPresent()) {
            if (!names.contains(wanted.name().get())) {
                throw GradientException.noOutput(wanted.name().get(), names);
            }
            return wanted.name().get();
        }
        List<String> candidates =
                graph.outputs().stream()
                        .filter(Outputs::canBeScores)
                        .map(OnnxValueInfo::name)
                        .toList();
        return candidates.stream()
                .filter(one -> !leadsToOther(graph, one, candidates))
                .findFirst()
                .orElse(names.getFirst());
    }

    private static boolean leadsToOther(OnnxGraph graph, String from, List<String> candidates) {
        Set<String> reached = new HashSet<>(Set.of(from));
        for (OnnxNode node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(reached::contains)) {
                reached.addAll(node.outputs());
            }
        }
        return candidates.stream().anyMatch(one -> !one.equals(from) && reached.contains(one));
    }

    private static boolean canBeScores(OnnxValueInfo output) {
        return switch (output.type()) {
            case OnnxType.TensorType tensor ->
                    tensor.elementType() == OnnxElementType.FLOAT
                            || tensor.elementType() == OnnxElementType.FLOAT16
                            || tensor.elementType() == OnnxElementType.DOUBLE;
            case OnnxType.NoType _ -> true;
            default -> false;
        };
    }

    /// The value before a trailing softmax or sigmoid, behind steps that only pass numbers on.
    static String beforeLast(OnnxGraph graph, String output) {
        String wanted = output;
        for (OnnxNode node : graph.nodes().reversed()) {
            if (node.outputs().isEmpty() || !node.outputs().getFirst().equals(wanted)) {
                continue;
            }
            if (ORDERED.contains(node.opType())) {
                return node.inputs().getFirst();
            }
            if (!PASS_ON.contains(node.opType())) {
                return output;
            }
            wanted = node.inputs().getFirst();
        }
        return output;
    }

    /// Whether the numbers of an output come out of a sigmoid.
    static boolean isSigmoid(OnnxGraph graph, String output) {
        String before = beforeLast(graph, output);
        return graph.nodes().stream()
                .anyMatch(
                        node -> node.opType().equals("Sigmoid") && node.inputs().contains(before));
    }
}
