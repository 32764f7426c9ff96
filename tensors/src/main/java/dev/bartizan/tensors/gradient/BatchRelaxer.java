package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Lets a model that was exported for a number of examples take any: the first size of its input
/// becomes free, and reshapes to that number become reshapes to any.
final class BatchRelaxer {
    private static final String BATCH = "bz_batch";

    private BatchRelaxer() {}

    static OnnxModel relaxed(OnnxModel model, ValueShape row) {
        OnnxGraph graph = model.graph();
        Set<String> targets = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            if (node.opType().equals("Reshape")) {
                targets.add(node.inputs().get(1));
            }
        }
        List<OnnxTensor> constants = new ArrayList<>();
        long declared = rows(graph.requiredInputs().getFirst());
        for (OnnxTensor tensor : graph.initializers()) {
            constants.add(targets.contains(tensor.name()) ? anyNumber(tensor, declared) : tensor);
        }
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        graph.nodes(),
                        constants,
                        graph.sparseInitializers(),
                        List.of(input(graph.requiredInputs().getFirst(), row, BATCH)),
                        unshaped(graph.outputs()),
                        List.of(),
                        ""));
    }

    /// The model with the sizes of its input as given.
    static OnnxModel fixed(OnnxModel model, ValueShape row) {
        OnnxGraph graph = model.graph();
        String rows = Long.toString(row.dims().getFirst());
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        graph.nodes(),
                        graph.initializers(),
                        graph.sparseInitializers(),
                        List.of(input(graph.requiredInputs().getFirst(), row, rows)),
                        unshaped(graph.outputs()),
                        List.of(),
                        ""));
    }

    private static OnnxValueInfo input(OnnxValueInfo input, ValueShape row, String rows) {
        String[] dims = row.dims().stream().map(String::valueOf).toArray(String[]::new);
        dims[0] = rows;
        return OnnxValueInfo.tensor(input.name(), row.type(), dims);
    }

    private static List<OnnxValueInfo> unshaped(List<OnnxValueInfo> outputs) {
        return outputs.stream()
                .map(output -> new OnnxValueInfo(output.name(), new OnnxType.NoType(), ""))
                .toList();
    }

    /// Examples that the model was exported for; 1 where it does not say.
    static long rows(OnnxValueInfo input) {
        return input.type() instanceof OnnxType.TensorType tensor
                        && tensor.shape().isPresent()
                        && !tensor.shape().get().isEmpty()
                        && tensor.shape().get().getFirst() instanceof OnnxDimension.Fixed(long rows)
                ? rows
                : 1;
    }

    private static OnnxTensor anyNumber(OnnxTensor target, long declared) {
        if (target.elementType() != OnnxElementType.INT64 || target.dims().size() != 1) {
            return target;
        }
        long[] dims = target.toLongs();
        if (dims.length < 2 || dims[0] != declared) {
            return target;
        }
        boolean hasFree = false;
        for (long dim : dims) {
            hasFree |= dim == -1;
        }
        dims[0] = hasFree ? 0 : -1;
        return OnnxTensor.longs(target.name(), new long[] {dims.length}, dims);
    }
}
