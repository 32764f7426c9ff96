package dev.bartizan.formats.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a model computes: `GraphProto`.
///
/// @param name of the graph
/// @param nodes in an order in which they can be computed
/// @param initializers constants, which may also be inputs with a default
/// @param sparseInitializers constants kept as values and indices
/// @param inputs what is given, and in old files the initializers too
/// @param outputs what is returned
/// @param valueInfos types of values in between, as far as the file says
/// @param docString documentation
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxSparseTensor> sparseInitializers,
        List<OnnxValueInfo> inputs,
        List<OnnxValueInfo> outputs,
        List<OnnxValueInfo> valueInfos,
        String docString) {
    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        sparseInitializers = List.copyOf(sparseInitializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        valueInfos = List.copyOf(valueInfos);
    }

    /// A graph without documentation, sparse constants and types in between.
    public static OnnxGraph of(
            String name,
            List<OnnxNode> nodes,
            List<OnnxTensor> initializers,
            List<OnnxValueInfo> inputs,
            List<OnnxValueInfo> outputs) {
        return new OnnxGraph(name, nodes, initializers, List.of(), inputs, outputs, List.of(), "");
    }

    /// Inputs that have no default: what a caller must give.
    public List<OnnxValueInfo> requiredInputs() {
        Set<String> constants = new HashSet<>();
        initializers.forEach(tensor -> constants.add(tensor.name()));
        sparseInitializers.forEach(tensor -> constants.add(tensor.values().name()));
        return inputs.stream().filter(input -> !constants.contains(input.name())).toList();
    }

    /// The initializer of that name.
    public Optional<OnnxTensor> initializer(String wanted) {
        return initializers.stream().filter(tensor -> tensor.name().equals(wanted)).findFirst();
    }
}
