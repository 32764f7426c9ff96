package dev.bartizan.tensors;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxSparseTensor;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;

/// Everything nested in a model, in one walk: nodes and tensors of the graph, of graphs in
/// attributes and of functions.
final class GraphTensors {
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();

    private GraphTensors() {}

    static GraphTensors of(OnnxModel model) {
        GraphTensors all = new GraphTensors();
        all.graph(model.graph());
        model.functions()
                .forEach(function -> {
                    function.defaults().forEach(all::attribute);
                    function.nodes().forEach(all::node);
                });
        return all;
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    List<OnnxTensor> tensors() {
        return tensors;
    }

    private void graph(OnnxGraph graph) {
        tensors.addAll(graph.initializers());
        graph.sparseInitializers().forEach(this::sparse);
        graph.nodes().forEach(this::node);
    }

    private void node(OnnxNode node) {
        nodes.add(node);
        node.attributes().forEach(this::attribute);
    }

    private void sparse(OnnxSparseTensor tensor) {
        tensors.add(tensor.values());
        tensors.add(tensor.indices());
    }

    private void attribute(OnnxAttribute attribute) {
        switch (attribute.value()) {
            case OnnxAttributeValue.TensorValue(OnnxTensor tensor) -> tensors.add(tensor);
            case OnnxAttributeValue.Tensors(List<OnnxTensor> several) -> tensors.addAll(several);
            case OnnxAttributeValue.SparseValue(OnnxSparseTensor tensor) -> sparse(tensor);
            case OnnxAttributeValue.Sparses(List<OnnxSparseTensor> several) ->
                    several.forEach(this::sparse);
            case OnnxAttributeValue.GraphValue(OnnxGraph graph) -> graph(graph);
            case OnnxAttributeValue.Graphs(List<OnnxGraph> several) -> several.forEach(this::graph);
            case OnnxAttributeValue.FloatValue _,
                    OnnxAttributeValue.IntValue _,
                    OnnxAttributeValue.Text _,
                    OnnxAttributeValue.TypeValue _,
                    OnnxAttributeValue.Floats _,
                    OnnxAttributeValue.Ints _,
                    OnnxAttributeValue.Texts _,
                    OnnxAttributeValue.Types _,
                    OnnxAttributeValue.Reference _ -> {}
        }
    }
}
