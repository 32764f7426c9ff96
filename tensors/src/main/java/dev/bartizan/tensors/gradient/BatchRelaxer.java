package dev.bartizan.tensors.gradient;

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

/// Lets a model that was exported for one example take many: the first size of its input becomes
/// free, and reshapes to one example become reshapes to any number.
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
        for (OnnxTensor tensor : graph.initializers()) {
            constants.add(targets.contains(tensor.name()) ? anyNumber(tensor) : tensor);
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

    private static OnnxTensor anyNumber(OnnxTensor target) {
        if (target.elementType() != OnnxElementType.INT64 || target.dims().size() != 1) {
            return target;
        }
        long[] dims = target.toLongs();
        if (dims.length < 2 || dims[0] != 1) {
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
