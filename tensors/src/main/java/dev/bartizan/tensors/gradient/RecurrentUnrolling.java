package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes recurrent layers step by step, so that the rules of the simple operators give their
/// gradient: LSTM, GRU and RNN of the ONNX operator specification, versions 7 to 22, with their
/// usual activations and as many steps as the model's own input has.
final class RecurrentUnrolling {
    /// Most steps of all layers together.
    static final int MAX_STEPS = 4096;

    private static final Set<String> OPERATORS = Set.of("LSTM", "GRU", "RNN");

    private final GraphBuilder builder = new GraphBuilder("steps");
    private final Map<String, ValueShape> shapes;
    private int steps;

    private RecurrentUnrolling(Map<String, ValueShape> shapes) {
        this.shapes = shapes;
    }

    /// The model without recurrent layers; the same one when it has none.
    ///
    /// @param row one example
    /// @param input name of the model's input
    /// @throws GradientException when a layer does what is not known here
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    static OnnxModel unrolled(OnnxModel model, ValueShape row, String input)
            throws GradientException, InferenceException, InterruptedException {
        OnnxGraph graph = model.graph();
        if (graph.nodes().stream().noneMatch(RecurrentUnrolling::isRecurrent)) {
            return model;
        }
        RecurrentUnrolling unrolling = new RecurrentUnrolling(shapes(model, row, input));
        for (OnnxNode node : graph.nodes()) {
            if (isRecurrent(node)) {
                unrolling.write(node);
            } else {
                unrolling.builder.add(node);
            }
        }
        List<OnnxTensor> constants = new ArrayList<>(graph.initializers());
        constants.addAll(unrolling.builder.constants());
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        unrolling.builder.nodes(),
                        constants,
                        graph.sparseInitializers(),
                        graph.inputs(),
                        graph.outputs(),
                        List.of(),
                        ""));
    }

    private static boolean isRecurrent(OnnxNode node) {
        return node.isStandard() && OPERATORS.contains(node.opType());
    }

    private static Map<String, ValueShape> shapes(OnnxModel model, ValueShape row, String input)
            throws InferenceException, InterruptedException {
        try {
            OnnxModel relaxed = BatchRelaxer.relaxed(model, row);
            List<DenseTensor> given = List.of(ShapeProbe.input(row, 2), ShapeProbe.input(row, 3));
            return ShapeProbe.shapes(
                    relaxed.graph(), input, given, ShapeProbe.run(relaxed, input, given));
        } catch (InferenceException e) {
            if (e.kind() == InferenceException.Kind.TIME_OUT) {
                throw e;
            }
            OnnxModel fixed = BatchRelaxer.fixed(model, row);
            List<DenseTensor> given = List.of(ShapeProbe.input(row, 1));
            return ShapeProbe.shapes(
                    fixed.graph(), input, given, ShapeProbe.run(fixed, input, given));
        }
    }

    private void write(OnnxNode node) throws GradientException {
        requirePlain(node);
        ValueShape x = shapes.get(node.inputs().getFirst());
        long length = x == null || x.rank() != 3 ? -1 : x.dims().getFirst();
        if (length < 1) {
            throw GradientException.operator(
                    node.opType(), "how many steps it takes is not told by one example");
        }
        String direction = NodeAttributes.text(node, "direction", "forward");
        List<Boolean> reversed =
                switch (direction) {
                    case "forward" -> List.of(false);
                    case "reverse" -> List.of(true);
                    case "bidirectional" -> List.of(false, true);
                    default ->
                            throw GradientException.operator(
                                    node.opType(), "its direction is \"" + direction + "\"");
                };
        steps += Math.toIntExact(length * reversed.size());
        if (steps > MAX_STEPS) {
            throw GradientException.operator(
                    node.opType(), "the layers take more than " + MAX_STEPS + " steps");
        }
        List<RecurrentCell.Run> runs = new ArrayList<>();
        for (int i = 0; i < reversed.size(); i++) {
            runs.add(
                    new RecurrentCell(builder, node, i)
                            .run(Math.toIntExact(length), reversed.get(i)));
        }
        outputs(node, runs);
    }

    private static void requirePlain(OnnxNode node) throws GradientException {
        boolean isUsual =
                NodeAttributes.integer(node, "layout", 0) == 0
                        && NodeAttributes.integer(node, "input_forget", 0) == 0
                        && node.attribute("clip").isEmpty()
                        && node.attribute("activations").isEmpty();
        if (!isUsual || Backward.has(node, 4) || Backward.has(node, 7)) {
            throw GradientException.operator(
                    node.opType(),
                    "it has other activations, a clip, lengths, peepholes or another layout");
        }
    }

    private void outputs(OnnxNode node, List<RecurrentCell.Run> runs) {
        if (isGiven(node, 0)) {
            List<String> all = new ArrayList<>();
            for (int t = 0; t < runs.getFirst().hidden().size(); t++) {
                int step = t;
                all.add(
                        joined(
                                runs.stream().map(run -> run.hidden().get(step)).toList(),
                                List.of(0L, 1L),
                                1));
            }
            concat(all, 0, node.outputs().get(0));
        }
        if (isGiven(node, 1)) {
            last(runs.stream().map(RecurrentCell.Run::last).toList(), node.outputs().get(1));
        }
        if (isGiven(node, 2)) {
            last(runs.stream().map(RecurrentCell.Run::cell).toList(), node.outputs().get(2));
        }
    }

    private static boolean isGiven(OnnxNode node, int output) {
        return node.outputs().size() > output && !node.outputs().get(output).isEmpty();
    }

    private void last(List<String> values, String name) {
        List<String> raised =
                values.stream()
                        .map(value -> builder.op("Unsqueeze", List.of(value, builder.longs(0))))
                        .toList();
        concat(raised, 0, name);
    }

    private String joined(List<String> values, List<Long> axes, long along) {
        long[] numbers = axes.stream().mapToLong(Long::longValue).toArray();
        List<String> raised =
                values.stream()
                        .map(value ->
                                builder.op("Unsqueeze", List.of(value, builder.longs(numbers))))
                        .toList();
        return raised.size() == 1
                ? raised.getFirst()
                : builder.op("Concat", raised, OnnxAttribute.of("axis", along));
    }

    private void concat(List<String> values, long axis, String name) {
        builder.add(OnnxNode.of("Concat", values, List.of(name), OnnxAttribute.of("axis", axis)));
    }
}
