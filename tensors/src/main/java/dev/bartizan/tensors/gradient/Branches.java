package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxDimension;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the branch that is taken where an `If` stands. Exporters write one where a program asks for
/// a shape; its condition is the same for all examples, and ONNX Runtime says which. A condition
/// that depends on the numbers of an example is left alone, so that it is refused where a gradient
/// would have to pass it.
final class Branches {
    private static final Set<String> SHAPES = Set.of("Shape", "Size");
    private static final String ASKED = "bz.asked.";
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NODES = 1 << 16;

    private final OnnxModel model;
    private final Map<String, Boolean> conditions;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> constants;
    private final String prefix;
    private int branches;

    private Branches(OnnxModel model, Map<String, Boolean> conditions, String prefix) {
        this.model = model;
        this.conditions = conditions;
        this.prefix = prefix;
        constants = new ArrayList<>(model.graph().initializers());
    }

    /// The model without branches whose condition is known; the same one when it has none.
    ///
    /// @param rowDims sizes of one example
    /// @throws GradientException when they hold too many steps
    /// @throws InferenceException when ONNX Runtime does not compute the conditions
    /// @throws InterruptedException when cancelled
    static OnnxModel taken(OnnxModel model, List<Long> rowDims)
            throws GradientException, InferenceException, InterruptedException {
        OnnxModel now = model;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            Set<String> wanted = settled(now.graph());
            if (wanted.isEmpty()) {
                return now;
            }
            Optional<DenseTensor> example = example(now.graph(), rowDims);
            if (example.isEmpty()) {
                return now;
            }
            Map<String, Boolean> conditions = conditions(now, wanted, example.get());
            now = new Branches(now, conditions, "bz.if" + depth + ".").all();
        }
        throw new GradientException("Branches lie in one another over " + MAX_DEPTH + " deep");
    }

    private static boolean isBranch(OnnxNode node) {
        return node.isStandard() && node.opType().equals("If") && node.inputs().size() == 1;
    }

    /// Conditions that do not depend on the numbers of an example.
    private static Set<String> settled(OnnxGraph graph) {
        Set<String> moving = new HashSet<>();
        graph.requiredInputs().forEach(input -> moving.add(input.name()));
        Set<String> settled = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            if (isBranch(node) && !moving.contains(node.inputs().getFirst())) {
                settled.add(node.inputs().getFirst());
            }
            boolean isMoving = Subgraphs.read(node).stream().anyMatch(moving::contains);
            if (isMoving && !SHAPES.contains(node.opType())) {
                moving.addAll(node.outputs());
            }
        }
        return settled;
    }

    /// What ONNX Runtime computes for one example, or as many as the model was exported for.
    private static Map<String, Boolean> conditions(
            OnnxModel model, Set<String> wanted, DenseTensor example)
            throws InferenceException, InterruptedException {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = new ArrayList<>(graph.nodes());
        List<OnnxValueInfo> outputs = new ArrayList<>();
        for (String name : wanted) {
            nodes.add(OnnxNode.of("Identity", List.of(name), List.of(ASKED + name)));
            outputs.add(new OnnxValueInfo(ASKED + name, new OnnxType.NoType(), ""));
        }
        OnnxModel asked =
                model.withGraph(
                        new OnnxGraph(
                                graph.name(),
                                nodes,
                                graph.initializers(),
                                graph.sparseInitializers(),
                                graph.inputs(),
                                outputs,
                                List.of(),
                                ""));
        Map<String, Boolean> conditions = new HashMap<>();
        try (InferenceSession session =
                InferenceSession.open(OnnxWriter.bytes(asked), InferenceLimits.DEFAULT)) {
            String input = graph.requiredInputs().getFirst().name();
            session.run(Map.of(input, example))
                    .forEach((name, value) ->
                            conditions.put(
                                    name.substring(ASKED.length()),
                                    value.size() == 1 && value.number(0) != 0));
        }
        return conditions;
    }

    private static Optional<DenseTensor> example(OnnxGraph graph, List<Long> rowDims) {
        if (graph.requiredInputs().size() != 1
                || !(graph.requiredInputs().getFirst().type() instanceof OnnxType.TensorType type)
                || !DenseTensor.canHold(type.elementType())) {
            return Optional.empty();
        }
        boolean isFixed =
                type.shape().isPresent()
                        && !type.shape().get().isEmpty()
                        && type.shape().get().getFirst() instanceof OnnxDimension.Fixed;
        List<Long> dims = new ArrayList<>(rowDims);
        dims.addFirst(isFixed ? BatchRelaxer.rows(graph.requiredInputs().getFirst()) : 1);
        int size = 1;
        for (long dim : dims) {
            size = Math.multiplyExact(size, Math.toIntExact(dim));
        }
        return Optional.of(DenseTensor.of(type.elementType(), dims, new double[size]));
    }

    private OnnxModel all() throws GradientException {
        for (OnnxNode node : model.graph().nodes()) {
            @Nullable Boolean isTrue =
                    isBranch(node) ? conditions.get(node.inputs().getFirst()) : null;
            if (isTrue == null) {
                nodes.add(node);
            } else {
                put(node, isTrue ? "then_branch" : "else_branch");
            }
            if (nodes.size() > MAX_NODES) {
                throw new GradientException("With its branches the model has over " + MAX_NODES);
            }
        }
        OnnxGraph graph = model.graph();
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        constants,
                        graph.sparseInitializers(),
                        graph.inputs(),
                        graph.outputs(),
                        List.of(),
                        ""));
    }

    private void put(OnnxNode node, String branch) throws GradientException {
        if (!(node.attribute(branch).orElse(null)
                        instanceof OnnxAttributeValue.GraphValue(OnnxGraph graph))
                || graph.outputs().size() < node.outputs().size()
                || !graph.sparseInitializers().isEmpty()) {
            throw GradientException.operator("If", "its " + branch + " cannot be put in its place");
        }
        String own = prefix + branches++ + ".";
        Map<String, String> names = new HashMap<>();
        graph.initializers().forEach(tensor -> names.put(tensor.name(), own + tensor.name()));
        for (OnnxNode inner : graph.nodes()) {
            inner.outputs().stream()
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> names.put(name, own + name));
        }
        graph.initializers().forEach(tensor -> constants.add(tensor.named(own + tensor.name())));
        for (OnnxNode inner : graph.nodes()) {
            nodes.add(Subgraphs.renamed(inner, name -> names.getOrDefault(name, name)));
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                String value = graph.outputs().get(i).name();
                nodes.add(
                        OnnxNode.of(
                                "Identity",
                                List.of(names.getOrDefault(value, value)),
                                List.of(node.outputs().get(i))));
            }
        }
    }
}
