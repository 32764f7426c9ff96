package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxOpset;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings a model to one operator set: attributes that later became inputs become inputs, constants
/// become initializers, weights are no inputs, dropout is gone.
final class GraphNormalizer {
    /// Version of the standard operators that graphs are brought to.
    static final long OPSET = 21;

    /// Oldest version that is understood: before it, broadcasting was an attribute.
    static final long OLDEST = 7;

    private static final long IR_VERSION = 10;
    private static final Set<String> REDUCTIONS =
            Set.of(
                    "ReduceMean",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceProd",
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceSumSquare",
                    "ReduceLogSum",
                    "ReduceLogSumExp");

    private final long version;
    private final GraphBuilder builder = new GraphBuilder("n");
    private final OnnxGraph graph;
    private final QuantizedSteps quantized;

    private GraphNormalizer(long version, OnnxGraph graph) {
        this.version = version;
        this.graph = graph;
        quantized = new QuantizedSteps(builder, graph);
    }

    static OnnxModel normalize(OnnxModel model) throws GradientException {
        long version = model.standardOpset();
        if (version < OLDEST) {
            throw new GradientException(
                    "The model uses operator set " + version + ", older than " + OLDEST);
        }
        OnnxGraph graph = LocalFunctions.inlined(model);
        GraphNormalizer normalizer = new GraphNormalizer(version, graph);
        for (OnnxNode node : graph.nodes()) {
            normalizer.node(node);
        }
        List<OnnxTensor> constants = new ArrayList<>(graph.initializers());
        constants.addAll(normalizer.builder.constants());
        OnnxGraph plain =
                new OnnxGraph(
                        graph.name(),
                        normalizer.builder.nodes(),
                        constants,
                        graph.sparseInitializers(),
                        graph.requiredInputs(),
                        graph.outputs(),
                        List.of(),
                        "");
        List<OnnxOpset> opsets = new ArrayList<>();
        opsets.add(new OnnxOpset("", Math.max(OPSET, version)));
        model.opsets().stream().filter(one -> !one.isStandard()).forEach(opsets::add);
        return SinglePrecision.of(
                new OnnxModel(
                        Math.max(IR_VERSION, model.irVersion()),
                        "bartizan",
                        "",
                        "",
                        0,
                        "",
                        plain,
                        opsets,
                        Map.of(),
                        List.of()));
    }

    private void node(OnnxNode node) throws GradientException {
        if (!node.isStandard()) {
            builder.add(node);
            return;
        }
        if (quantized.write(node)) {
            return;
        }
        switch (node.opType()) {
            case "Constant" -> constant(node);
            case "Dropout" -> identity(node);
            case "Clip" -> attributesToInputs(node, 11, "min", "max");
            case "Pad" -> pad(node);
            case "Squeeze", "Unsqueeze", "ReduceSum" -> integersToInputs(node, 13, "axes");
            case "Slice" -> integersToInputs(node, 10, "starts", "ends", "axes");
            case "Split" -> split(node);
            case "Softmax", "LogSoftmax" -> softmax(node);
            case "Resize", "Upsample" -> resize(node);
            case "GroupNormalization" -> groups(node);
            case "LpNormalization" -> unitLength(node);
            case "BatchNormalization" -> builder.add(withOutputs(node, 1));
            default -> {
                if (REDUCTIONS.contains(node.opType())) {
                    integersToInputs(node, 18, "axes");
                } else {
                    builder.add(node);
                }
            }
        }
    }

    private void constant(OnnxNode node) {
        String name = node.outputs().getFirst();
        Optional<OnnxTensor> tensor =
                node.attributes().stream()
                        .map(attribute -> tensor(name, attribute.value()))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (tensor.isPresent()) {
            builder.add(tensor.get());
        } else {
            builder.add(node);
        }
    }

    private static Optional<OnnxTensor> tensor(String name, OnnxAttributeValue value) {
        return switch (value) {
            case OnnxAttributeValue.TensorValue(OnnxTensor tensor) ->
                    Optional.of(tensor.named(name));
            case OnnxAttributeValue.FloatValue(float number) ->
                    Optional.of(OnnxTensor.floats(name, new long[0], number));
            case OnnxAttributeValue.IntValue(long number) ->
                    Optional.of(OnnxTensor.longs(name, new long[0], number));
            case OnnxAttributeValue.Ints(List<Long> numbers) ->
                    Optional.of(
                            OnnxTensor.longs(
                                    name,
                                    new long[] {numbers.size()},
                                    numbers.stream().mapToLong(Long::longValue).toArray()));
            default -> Optional.empty();
        };
    }

    private void identity(OnnxNode node) throws GradientException {
        if (node.outputs().size() > 1 && isUsed(node.outputs().get(1))) {
            throw GradientException.operator("Dropout", "its mask is used");
        }
        builder.add(
                OnnxNode.of(
                        "Identity",
                        List.of(node.inputs().getFirst()),
                        List.of(node.outputs().getFirst())));
    }

    private boolean isUsed(String value) {
        return !value.isEmpty()
                && (graph.nodes().stream().anyMatch(node -> node.inputs().contains(value))
                        || graph.outputs().stream().anyMatch(one -> one.name().equals(value)));
    }

    /// Before version 11 places were counted from the corner of a pixel; scales could be an
    /// attribute.
    private void resize(OnnxNode node) {
        if (version >= 11) {
            builder.add(node);
            return;
        }
        String scales = "";
        if (Backward.has(node, 1)) {
            scales = node.inputs().get(1);
        } else if (node.attribute("scales").orElse(null)
                instanceof OnnxAttributeValue.Floats(List<Float> given)) {
            double[] numbers = given.stream().mapToDouble(Float::doubleValue).toArray();
            scales = builder.tensor(OnnxElementType.FLOAT, new long[] {numbers.length}, numbers);
        }
        builder.add(
                OnnxNode.of(
                        "Resize",
                        List.of(node.inputs().getFirst(), "", scales),
                        node.outputs(),
                        OnnxAttribute.of("mode", NodeAttributes.text(node, "mode", "nearest")),
                        OnnxAttribute.of("coordinate_transformation_mode", "asymmetric"),
                        OnnxAttribute.of("nearest_mode", "floor")));
    }

    /// As instances of groups; before version 21 scale and bias belonged to groups.
    private void groups(OnnxNode node) {
        String x = node.inputs().get(0);
        long count = NodeAttributes.integer(node, "num_groups", 1);
        String ones = builder.tensor(OnnxElementType.FLOAT, new long[] {count}, ones(count, 1));
        String none = builder.tensor(OnnxElementType.FLOAT, new long[] {count}, ones(count, 0));
        String apart = builder.op("Reshape", List.of(x, builder.longs(0, count, -1)));
        String unit =
                builder.op(
                        "InstanceNormalization",
                        List.of(apart, ones, none),
                        OnnxAttribute.of(
                                "epsilon", (float) NodeAttributes.number(node, "epsilon", 1e-5)));
        String shape = builder.op("Shape", List.of(x));
        String channels = version < 21 ? unit : builder.op("Reshape", List.of(unit, shape));
        String scale = spread(node.inputs().get(1), channels);
        String bias = spread(node.inputs().get(2), channels);
        String moved =
                builder.op("Add", List.of(builder.op("Mul", List.of(channels, scale)), bias));
        builder.add(
                version < 21
                        ? OnnxNode.of("Reshape", List.of(moved, shape), node.outputs())
                        : OnnxNode.of("Identity", List.of(moved), node.outputs()));
    }

    private static double[] ones(long count, double value) {
        double[] numbers = new double[Math.toIntExact(count)];
        Arrays.fill(numbers, value);
        return numbers;
    }

    /// One number for each place of the second axis, with sizes of 1 after it.
    private String spread(String numbers, String like) {
        String rank = builder.op("Size", List.of(builder.op("Shape", List.of(like))));
        String after = builder.op("Sub", List.of(rank, builder.scalarLong(2)));
        String ones =
                builder.op(
                        "Expand",
                        List.of(
                                builder.longs(1),
                                builder.op("Reshape", List.of(after, builder.longs(1)))));
        String shape =
                builder.op(
                        "Concat", List.of(builder.longs(-1), ones), OnnxAttribute.of("axis", 0L));
        return builder.op("Reshape", List.of(numbers, shape));
    }

    private void unitLength(OnnxNode node) {
        String x = node.inputs().getFirst();
        String opType = NodeAttributes.integer(node, "p", 2) == 1 ? "ReduceL1" : "ReduceL2";
        String axis = builder.longs(NodeAttributes.integer(node, "axis", -1));
        String length = builder.op(opType, List.of(x, axis), OnnxAttribute.of("keepdims", 1L));
        builder.add(OnnxNode.of("Div", List.of(x, length), node.outputs()));
    }

    private static OnnxNode withOutputs(OnnxNode node, int count) {
        return new OnnxNode(
                node.name(),
                "",
                node.opType(),
                "",
                node.inputs(),
                node.outputs().subList(0, count),
                node.attributes().stream()
                        .filter(attribute -> !attribute.name().equals("spatial"))
                        .toList(),
                "");
    }

    private OnnxNode changed(
            OnnxNode node, List<String> inputs, Set<String> dropped, OnnxAttribute... added) {
        List<OnnxAttribute> attributes = new ArrayList<>(List.of(added));
        node.attributes().stream()
                .filter(attribute -> !dropped.contains(attribute.name()))
                .forEach(attributes::add);
        return new OnnxNode(
                node.name(), "", node.opType(), "", inputs, node.outputs(), attributes, "");
    }

    private void attributesToInputs(OnnxNode node, int since, String... names) {
        if (version >= since) {
            builder.add(node);
            return;
        }
        List<String> inputs = new ArrayList<>(node.inputs());
        for (String name : names) {
            boolean isThere = node.attribute(name).isPresent();
            inputs.add(
                    isThere
                            ? builder.scalar(
                                    OnnxElementType.FLOAT, NodeAttributes.number(node, name, 0))
                            : "");
        }
        builder.add(changed(node, inputs, Set.of(names)));
    }

    private void integersToInputs(OnnxNode node, int since, String... names) {
        if (version >= since) {
            builder.add(node);
            return;
        }
        List<String> inputs = new ArrayList<>(node.inputs());
        for (String name : names) {
            inputs.add(NodeAttributes.integers(node, name).map(builder::longs).orElse(""));
        }
        while (inputs.getLast().isEmpty()) {
            inputs.removeLast();
        }
        builder.add(changed(node, inputs, Set.of(names)));
    }

    private void pad(OnnxNode node) {
        if (version >= 11) {
            builder.add(node);
            return;
        }
        String pads = builder.longs(NodeAttributes.integers(node, "pads").orElse(new long[0]));
        String value =
                builder.scalar(OnnxElementType.FLOAT, NodeAttributes.number(node, "value", 0));
        builder.add(
                changed(
                        node,
                        List.of(node.inputs().getFirst(), pads, value),
                        Set.of("pads", "value")));
    }

    private void split(OnnxNode node) {
        boolean hasSizes = Backward.has(node, 1) || node.attribute("split").isPresent();
        if (version < 13 && hasSizes) {
            integersToInputs(node, 13, "split");
        } else if (version < 18 && !hasSizes) {
            builder.add(
                    changed(
                            node,
                            node.inputs(),
                            Set.of(),
                            OnnxAttribute.of("num_outputs", (long) node.outputs().size())));
        } else {
            builder.add(node);
        }
    }

    /// Before version 13 the axes from `axis` on were one.
    private void softmax(OnnxNode node) {
        if (version >= 13) {
            builder.add(node);
            return;
        }
        long axis = NodeAttributes.integer(node, "axis", 1);
        if (axis == -1) {
            builder.add(node);
            return;
        }
        String x = node.inputs().getFirst();
        String flat = builder.op("Flatten", List.of(x), OnnxAttribute.of("axis", axis));
        String soft = builder.op(node.opType(), List.of(flat), OnnxAttribute.of("axis", -1L));
        String shape = builder.op("Shape", List.of(x));
        builder.add(OnnxNode.of("Reshape", List.of(soft, shape), node.outputs()));
    }
}
