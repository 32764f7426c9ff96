package dev.bartizan.tensors.review;

import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The main graph of a model, by which value comes from where. A hostile graph may have cycles and
/// names given twice; walks visit each node once.
final class GraphView {
    /// Steps that hand on the same numbers.
    private static final Set<String> PASS =
            Set.of(
                    "Identity",
                    "Cast",
                    "Reshape",
                    "Squeeze",
                    "Unsqueeze",
                    "Flatten",
                    "Transpose",
                    "Dropout",
                    "ZipMap",
                    "DequantizeLinear",
                    "Slice",
                    "Gather");

    private final OnnxGraph graph;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, List<OnnxNode>> consumers = new HashMap<>();
    private final Map<String, OnnxTensor> constants = new HashMap<>();
    private final Set<String> fromInputs = new HashSet<>();

    GraphView(OnnxGraph graph) {
        this.graph = graph;
        graph.initializers().forEach(tensor -> constants.put(tensor.name(), tensor));
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> producers.putIfAbsent(output, node));
            for (String input : Set.copyOf(node.inputs())) {
                consumers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
            }
            if (node.opType().equals("Constant")
                    && node.attribute("value").orElse(null)
                            instanceof OnnxAttributeValue.TensorValue(OnnxTensor tensor)) {
                node.outputs().forEach(output -> constants.put(output, tensor));
            }
        }
        spread();
    }

    private void spread() {
        Deque<String> queue = new ArrayDeque<>();
        graph.requiredInputs().forEach(input -> queue.add(input.name()));
        while (!queue.isEmpty()) {
            String value = queue.remove();
            if (fromInputs.add(value)) {
                consumers(value).forEach(node -> queue.addAll(node.outputs()));
            }
        }
    }

    List<OnnxNode> nodes() {
        return graph.nodes();
    }

    List<OnnxValueInfo> inputs() {
        return graph.requiredInputs();
    }

    List<OnnxValueInfo> outputs() {
        return graph.outputs();
    }

    Optional<OnnxNode> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    List<OnnxNode> consumers(String value) {
        return consumers.getOrDefault(value, List.of());
    }

    Optional<OnnxTensor> constant(String value) {
        return Optional.ofNullable(constants.get(value));
    }

    /// Whether a value changes with what the caller gives.
    boolean dependsOnInput(String value) {
        return fromInputs.contains(value);
    }

    /// The step that made a value, behind steps that hand on the same numbers.
    Optional<OnnxNode> maker(String value) {
        Set<String> seen = new HashSet<>();
        String at = value;
        while (seen.add(at)) {
            Optional<OnnxNode> node = producer(at);
            if (node.isEmpty() || !PASS.contains(node.get().opType())) {
                return node;
            }
            if (node.get().inputs().isEmpty()
                    || constants.containsKey(node.get().inputs().get(0))) {
                return node;
            }
            at = node.get().inputs().get(0);
        }
        return Optional.empty();
    }

    /// Every step that a value depends on.
    Set<OnnxNode> before(String value) {
        Set<OnnxNode> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<String> queue = new ArrayDeque<>(List.of(value));
        while (!queue.isEmpty()) {
            OnnxNode node = producers.get(queue.remove());
            if (node != null && seen.add(node)) {
                queue.addAll(node.inputs());
            }
        }
        return seen;
    }

    /// The name of a step; when it has none, what it is and makes.
    static String label(OnnxNode node) {
        if (!node.name().isEmpty()) {
            return node.name();
        }
        return node.opType() + (node.outputs().isEmpty() ? "" : " -> " + node.outputs().get(0));
    }
}
