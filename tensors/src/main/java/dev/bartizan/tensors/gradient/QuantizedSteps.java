package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes the steps of quantised models with real numbers: rounding, cutting and shifting stay
/// visible as steps of their own, so that gradients can pass the rounding ({@link StraightThrough})
/// and stop where numbers are cut. ONNX operators QuantizeLinear, DequantizeLinear,
/// DynamicQuantizeLinear, MatMulInteger, ConvInteger, QLinearMatMul and QLinearConv. Weights that
/// are constant keep their step.
final class QuantizedSteps {
    private static final double UINT8_MAX = 255;

    private final GraphBuilder builder;
    private final OnnxGraph graph;
    private final Set<String> live = new HashSet<>();

    /// @param graph whose constants tell types and ranks
    QuantizedSteps(GraphBuilder builder, OnnxGraph graph) {
        this.builder = builder;
        this.graph = graph;
        graph.requiredInputs().forEach(input -> live.add(input.name()));
    }

    /// Writes a step, when it is one of quantised models and depends on the input.
    ///
    /// @return whether it was written
    boolean write(OnnxNode node) {
        boolean isLive = node.inputs().stream().anyMatch(live::contains);
        if (isLive) {
            live.addAll(node.outputs());
        }
        return isLive && isWritten(node);
    }

    private boolean isWritten(OnnxNode node) {
        List<String> in = node.inputs();
        String out = node.outputs().getFirst();
        switch (node.opType()) {
            case "QuantizeLinear" -> {
                if (!isSingle(in.get(1))) {
                    return false;
                }
                Optional<String> zero = at(node, 2);
                quantize(in.get(0), in.get(1), zero, range(node, zero), out);
            }
            case "DequantizeLinear" -> {
                if (!isSingle(in.get(1))) {
                    return false;
                }
                named("Mul", out, shifted(in.get(0), at(node, 2)), in.get(1));
            }
            case "DynamicQuantizeLinear" -> dynamic(node);
            case "MatMulInteger" ->
                    named(
                            "MatMul",
                            out,
                            shifted(in.get(0), at(node, 2)),
                            shifted(in.get(1), at(node, 3)));
            case "ConvInteger" ->
                    convolution(
                            node,
                            out,
                            shifted(in.get(0), at(node, 2)),
                            shifted(in.get(1), at(node, 3)));
            case "QLinearMatMul" -> {
                String left = op("Mul", shifted(in.get(0), at(node, 2)), in.get(1));
                String right = op("Mul", shifted(in.get(3), at(node, 5)), in.get(4));
                String product = op("MatMul", left, right);
                quantize(product, in.get(6), at(node, 7), range(node, at(node, 7)), out);
            }
            case "QLinearConv" -> quantizedConvolution(node, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void quantizedConvolution(OnnxNode node, String out) {
        List<String> in = node.inputs();
        String x = op("Mul", shifted(in.get(0), at(node, 2)), in.get(1));
        int rank = graph.initializer(in.get(3)).map(tensor -> tensor.dims().size()).orElse(4);
        String scale = column(in.get(4), rank);
        String zero = column(cast(in.get(5)), rank);
        String w = op("Mul", op("Sub", cast(in.get(3)), zero), scale);
        String y = builder.freshName() + ".real";
        if (Backward.has(node, 8)) {
            String bias = op("Mul", cast(in.get(8)), op("Mul", in.get(1), in.get(4)));
            convolution(node, y, x, w, bias);
        } else {
            convolution(node, y, x, w);
        }
        quantize(y, in.get(6), at(node, 7), range(node, at(node, 7)), out);
    }

    /// One number for each output channel, standing where channels stand in weights.
    private String column(String values, int rank) {
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[0] = -1;
        return builder.op("Reshape", List.of(values, builder.longs(dims)));
    }

    private void convolution(OnnxNode node, String out, String... inputs) {
        builder.add(
                new OnnxNode(
                        node.name(),
                        "",
                        "Conv",
                        "",
                        List.of(inputs),
                        List.of(out),
                        node.attributes(),
                        ""));
    }

    /// Scale and zero point are those of the step itself and pass no gradient.
    private void dynamic(OnnxNode node) {
        String unused = builder.freshName() + ".whole";
        String zero = node.outputs().get(2);
        builder.add(
                OnnxNode.of(
                        "DynamicQuantizeLinear",
                        node.inputs(),
                        List.of(unused, node.outputs().get(1), zero)));
        live.remove(node.outputs().get(1));
        live.remove(zero);
        quantize(
                node.inputs().getFirst(),
                node.outputs().get(1),
                Optional.of(zero),
                new double[] {0, UINT8_MAX},
                node.outputs().getFirst());
    }

    private void quantize(
            String x, String scale, Optional<String> zero, double[] range, String out) {
        String rounded = op("Round", op("Div", x, scale));
        String moved = zero.isEmpty() ? rounded : op("Add", rounded, cast(zero.get()));
        named(
                "Clip",
                out,
                moved,
                builder.scalar(OnnxElementType.FLOAT, range[0]),
                builder.scalar(OnnxElementType.FLOAT, range[1]));
    }

    private double[] range(OnnxNode node, Optional<String> zero) {
        long declared = NodeAttributes.integer(node, "output_dtype", 0);
        OnnxElementType type =
                Stream.of(OnnxElementType.values())
                        .filter(one -> declared != 0 && one.number() == declared)
                        .findFirst()
                        .or(() -> zero.flatMap(graph::initializer).map(OnnxTensor::elementType))
                        .orElse(OnnxElementType.UINT8);
        double top = Math.pow(2, type.bits());
        return switch (type) {
            case INT8, INT16, INT4, INT32 -> new double[] {-top / 2, top / 2 - 1};
            default -> new double[] {0, top - 1};
        };
    }

    private boolean isSingle(String scale) {
        return graph.initializer(scale).map(tensor -> tensor.elements() == 1).orElse(true);
    }

    private static Optional<String> at(OnnxNode node, int input) {
        return Backward.has(node, input) ? Optional.of(node.inputs().get(input)) : Optional.empty();
    }

    private String shifted(String value, Optional<String> zero) {
        return zero.isEmpty() ? cast(value) : op("Sub", cast(value), cast(zero.get()));
    }

    private String cast(String value) {
        return builder.op(
                "Cast",
                List.of(value),
                OnnxAttribute.of("to", (long) OnnxElementType.FLOAT.number()));
    }

    private String op(String opType, String... inputs) {
        return builder.op(opType, List.of(inputs));
    }

    private void named(String opType, String out, String... inputs) {
        builder.add(OnnxNode.of(opType, List.of(inputs), List.of(out)));
    }
}
