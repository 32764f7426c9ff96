package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Reads the shapes of all values off ONNX Runtime itself: every value is made an output and the
/// model is run.
final class ShapeProbe {
    private static final long SEED = 0x5eed;

    private ShapeProbe() {}

    /// What one run showed.
    record Run(Map<String, DenseTensor> values) {
        Run {
            values = Map.copyOf(values);
        }
    }

    /// An input of so many examples, random in 0..1.
    static DenseTensor input(ValueShape row, long rows) {
        List<Long> dims = new ArrayList<>(row.dims());
        dims.set(0, rows);
        int size = 1;
        for (long dim : dims) {
            size = Math.multiplyExact(size, Math.toIntExact(dim));
        }
        double[] values = new SplittableRandom(SEED).doubles(size).toArray();
        return DenseTensor.of(row.type(), dims, values);
    }

    /// Runs the model on inputs with every value as an output.
    static List<Run> run(OnnxModel model, String input, List<DenseTensor> given)
            throws InferenceException, InterruptedException {
        OnnxModel open = model.withGraph(exposed(model.graph()));
        List<Run> runs = new ArrayList<>();
        try (InferenceSession session =
                InferenceSession.open(OnnxWriter.bytes(open), InferenceLimits.DEFAULT)) {
            for (DenseTensor tensor : given) {
                runs.add(new Run(session.run(Map.of(input, tensor))));
            }
        }
        return runs;
    }

    private static OnnxGraph exposed(OnnxGraph graph) {
        List<OnnxValueInfo> outputs = new ArrayList<>();
        for (OnnxNode node : graph.nodes()) {
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    outputs.add(new OnnxValueInfo(output, new OnnxType.NoType(), ""));
                }
            }
        }
        return OnnxGraph.of(
                graph.name(), graph.nodes(), graph.initializers(), graph.inputs(), outputs);
    }

    /// The shapes that runs have in common; what differs between them follows the number of
    /// examples.
    static Map<String, ValueShape> shapes(
            OnnxGraph graph, String input, List<DenseTensor> given, List<Run> runs) {
        Map<String, ValueShape> shapes = new HashMap<>();
        for (OnnxTensor tensor : graph.initializers()) {
            shapes.put(tensor.name(), new ValueShape(tensor.elementType(), tensor.dims()));
        }
        List<Map<String, DenseTensor>> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, DenseTensor> values = new HashMap<>(runs.get(i).values());
            values.put(input, given.get(i));
            all.add(values);
        }
        all.getFirst()
                .forEach((name, tensor) -> {
                    List<Long> dims = new ArrayList<>(tensor.shape());
                    all.forEach(values -> merge(dims, values.get(name)));
                    shapes.put(name, new ValueShape(tensor.type(), dims));
                });
        return shapes;
    }

    private static void merge(List<Long> dims, @Nullable DenseTensor other) {
        if (other == null || other.shape().size() != dims.size()) {
            return;
        }
        for (int i = 0; i < dims.size(); i++) {
            if (!dims.get(i).equals(other.shape().get(i))) {
                dims.set(i, ValueShape.BATCH);
            }
        }
    }

    /// Whether a type of input can be probed.
    static boolean canFeed(OnnxElementType type) {
        return type == OnnxElementType.FLOAT || type == OnnxElementType.DOUBLE;
    }
}
