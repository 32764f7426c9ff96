package dev.bartizan.tensors;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;

/// Puts other weights into a model; its interface and everything else stay.
public final class WeightSwap {
    private WeightSwap() {}

    /// The model with other numbers in its initializers, or in the constants of its steps.
    ///
    /// @param weights by name of the value that holds them
    public static OnnxModel of(OnnxModel model, Map<String, OnnxTensor> weights) {
        OnnxGraph graph = model.graph();
        List<OnnxTensor> initializers =
                graph.initializers().stream()
                        .map(tensor -> weights.getOrDefault(tensor.name(), tensor))
                        .toList();
        List<OnnxNode> nodes =
                graph.nodes().stream()
                        .map(node ->
                                node.opType().equals("Constant")
                                                && weights.containsKey(node.outputs().getFirst())
                                        ? constant(node, weights)
                                        : node)
                        .toList();
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        initializers,
                        graph.sparseInitializers(),
                        graph.inputs(),
                        graph.outputs(),
                        graph.valueInfos(),
                        graph.docString()));
    }

    private static OnnxNode constant(OnnxNode node, Map<String, OnnxTensor> weights) {
        OnnxTensor weight = weights.get(node.outputs().getFirst());
        if (weight == null) {
            throw new IllegalStateException("No weight of " + node.outputs());
        }
        return new OnnxNode(
                node.name(),
                node.domain(),
                node.opType(),
                node.overload(),
                node.inputs(),
                node.outputs(),
                List.of(new OnnxAttribute("value", new OnnxAttributeValue.TensorValue(weight))),
                node.docString());
    }
}
