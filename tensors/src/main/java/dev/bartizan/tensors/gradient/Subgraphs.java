package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The graphs inside of nodes (branches, bodies of loops), which read values of the graph around
/// them without naming them as inputs.
final class Subgraphs {
    private Subgraphs() {}

    /// All values that a node reads, also inside: names of a graph inside are given too.
    static Set<String> read(OnnxNode node) {
        if (of(node).isEmpty()) {
            return Set.copyOf(node.inputs());
        }
        Set<String> names = new HashSet<>(node.inputs());
        for (OnnxGraph graph : of(node)) {
            graph.nodes().forEach(inner -> names.addAll(read(inner)));
            graph.outputs().forEach(output -> names.add(output.name()));
        }
        return names;
    }

    private static List<OnnxGraph> of(OnnxNode node) {
        return node.attributes().stream().flatMap(one -> graphs(one.value())).toList();
    }

    private static Stream<OnnxGraph> graphs(OnnxAttributeValue value) {
        return switch (value) {
            case OnnxAttributeValue.GraphValue(OnnxGraph graph) -> Stream.of(graph);
            case OnnxAttributeValue.Graphs(List<OnnxGraph> graphs) -> graphs.stream();
            case OnnxAttributeValue.FloatValue _,
                    OnnxAttributeValue.IntValue _,
                    OnnxAttributeValue.Text _,
                    OnnxAttributeValue.TensorValue _,
                    OnnxAttributeValue.SparseValue _,
                    OnnxAttributeValue.TypeValue _,
                    OnnxAttributeValue.Several _,
                    OnnxAttributeValue.Reference _ ->
                    Stream.of();
        };
    }

    /// The node with other names of the values that its graphs read from around them.
    static OnnxNode renamed(OnnxNode node, UnaryOperator<String> names) {
        List<OnnxAttribute> attributes = new ArrayList<>();
        for (OnnxAttribute attribute : node.attributes()) {
            attributes.add(
                    attribute.value() instanceof OnnxAttributeValue.GraphValue(OnnxGraph graph)
                            ? new OnnxAttribute(
                                    attribute.name(),
                                    new OnnxAttributeValue.GraphValue(inside(graph, names)))
                            : attribute);
        }
        return new OnnxNode(
                node.name(),
                node.domain(),
                node.opType(),
                node.overload(),
                node.inputs().stream().map(names).toList(),
                node.outputs().stream().map(names).toList(),
                attributes,
                node.docString());
    }

    private static OnnxGraph inside(OnnxGraph graph, UnaryOperator<String> names) {
        return new OnnxGraph(
                graph.name(),
                graph.nodes().stream().map(inner -> renamed(inner, names)).toList(),
                graph.initializers(),
                graph.sparseInitializers(),
                graph.inputs(),
                graph.outputs().stream()
                        .map(one ->
                                new OnnxValueInfo(
                                        names.apply(one.name()), one.type(), one.docString()))
                        .toList(),
                List.of(),
                "");
    }
}
