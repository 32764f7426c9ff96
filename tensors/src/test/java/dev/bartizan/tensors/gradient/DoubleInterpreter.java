package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Computes ONNX graphs in double precision straight from the operators' definitions: slow, and
/// independent of what is tested. Knows operator sets 9 and 13 to 21 as far as the tests need.
final class DoubleInterpreter {
    private final OnnxGraph graph;

    DoubleInterpreter(OnnxGraph graph) {
        this.graph = graph;
    }

    Doubles run(Doubles input) {
        Map<String, Doubles> values = new HashMap<>();
        for (OnnxTensor tensor : graph.initializers()) {
            values.put(tensor.name(), doubles(tensor));
        }
        values.put(graph.requiredInputs().getFirst().name(), input);
        for (OnnxNode node : graph.nodes()) {
            List<Doubles> outputs = compute(node, values);
            for (int i = 0; i < outputs.size(); i++) {
                values.put(node.outputs().get(i), outputs.get(i));
            }
        }
        return get(values, graph.outputs().getFirst().name());
    }

    private static Doubles get(Map<String, Doubles> values, String name) {
        Doubles value = values.get(name);
        if (value == null) {
            throw new AssertionError("No value " + name);
        }
        return value;
    }

    static Doubles doubles(OnnxTensor tensor) {
        int[] shape = tensor.dims().stream().mapToInt(Math::toIntExact).toArray();
        if (tensor.elementType() == OnnxElementType.INT64) {
            return new Doubles(shape, Arrays.stream(tensor.toLongs()).asDoubleStream().toArray());
        }
        float[] floats = tensor.toFloats();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return new Doubles(shape, values);
    }

    private static boolean has(OnnxNode node, int input) {
        return Backward.has(node, input);
    }

    private static long[] longs(Doubles value) {
        return Arrays.stream(value.values).mapToLong(one -> (long) one).toArray();
    }

    /// Whole numbers from an input, or from the attribute that older versions have.
    private static long[] longs(
            OnnxNode node, Map<String, Doubles> values, int input, String name) {
        return has(node, input)
                ? longs(get(values, node.inputs().get(input)))
                : NodeAttributes.integers(node, name).orElse(new long[0]);
    }

    private List<Doubles> compute(OnnxNode node, Map<String, Doubles> values) {
        if (node.opType().equals("Constant")) {
            return List.of(
                    doubles(
                            ((OnnxAttributeValue.TensorValue) node.attribute("value").orElseThrow())
                                    .tensor()));
        }
        Doubles x = get(values, node.inputs().getFirst());
        if (node.opType().equals("Split")) {
            return SpatialReference.split(
                    x,
                    NodeAttributes.integer(node, "axis", 0),
                    longs(node, values, 1, "split"),
                    node.outputs().size());
        }
        if (List.of("LSTM", "GRU", "RNN").contains(node.opType())) {
            List<@Nullable Doubles> inputs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                inputs.add(has(node, i) ? get(values, node.inputs().get(i)) : null);
            }
            return RecurrentReference.run(node, inputs).subList(0, node.outputs().size());
        }
        if (node.opType().equals("TopK")) {
            Doubles count = get(values, node.inputs().get(1));
            return IndexReference.largest(x, (int) count.values[0]);
        }
        return List.of(one(node, x, values));
    }

    private static Doubles one(OnnxNode node, Doubles x, Map<String, Doubles> values) {
        return switch (node.opType()) {
            case "Add", "Sum" -> fold(node, values, Double::sum);
            case "Sub" -> fold(node, values, (a, b) -> a - b);
            case "Mul" -> fold(node, values, (a, b) -> a * b);
            case "Div" -> fold(node, values, (a, b) -> a / b);
            case "Pow" -> fold(node, values, Math::pow);
            case "Min" -> fold(node, values, Math::min);
            case "Max" -> fold(node, values, Math::max);
            case "Mean" -> fold(node, values, Double::sum).map(v -> v / node.inputs().size());
            case "Greater" -> fold(node, values, (a, b) -> a > b ? 1 : 0);
            case "Where" -> {
                Doubles a = get(values, node.inputs().get(1));
                Doubles b = get(values, node.inputs().get(2));
                Doubles picked = x.with(a, (c, v) -> c != 0 ? v : 0);
                yield picked.with(x.with(b, (c, v) -> c != 0 ? 0 : v), Double::sum);
            }
            case "Clip" -> {
                double low = bound(node, values, 1, "min", -Double.MAX_VALUE);
                double high = bound(node, values, 2, "max", Double.MAX_VALUE);
                yield x.map(v -> Math.clamp(v, low, high));
            }
            case "Gemm" -> gemm(node, x, values);
            case "MatMul" -> SpatialReference.matMul(x, get(values, node.inputs().get(1)));
            case "Softmax", "LogSoftmax" -> softmax(node, x);
            case "ReduceSum",
                    "ReduceMean",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceL2",
                    "ReduceSumSquare",
                    "ReduceL1",
                    "ReduceLogSumExp" ->
                    reduce(node, x, longs(node, values, 1, "axes"));
            case "PRelu" -> {
                Doubles slope = get(values, node.inputs().get(1));
                yield x.with(slope, (v, s) -> v > 0 ? v : v * s);
            }
            default -> shaped(node, x, values);
        };
    }

    private static Doubles fold(
            OnnxNode node, Map<String, Doubles> values, DoubleBinaryOperator f) {
        Doubles result = get(values, node.inputs().getFirst());
        for (String input : node.inputs().subList(1, node.inputs().size())) {
            result = result.with(get(values, input), f);
        }
        return result;
    }

    private static double bound(
            OnnxNode node, Map<String, Doubles> values, int input, String name, double none) {
        return has(node, input)
                ? get(values, node.inputs().get(input)).values[0]
                : NodeAttributes.number(node, name, none);
    }

    private static Doubles gemm(OnnxNode node, Doubles x, Map<String, Doubles> values) {
        int[] swap = {1, 0};
        Doubles a = NodeAttributes.integer(node, "transA", 0) != 0 ? x.transposed(swap) : x;
        Doubles right = get(values, node.inputs().get(1));
        Doubles b = NodeAttributes.integer(node, "transB", 0) != 0 ? right.transposed(swap) : right;
        double alpha = NodeAttributes.number(node, "alpha", 1);
        Doubles product = SpatialReference.matMul(a, b).map(v -> v * alpha);
        if (!has(node, 2)) {
            return product;
        }
        double beta = NodeAttributes.number(node, "beta", 1);
        return product.with(get(values, node.inputs().get(2)), (p, c) -> p + beta * c);
    }

    private static Doubles softmax(OnnxNode node, Doubles x) {
        long axis = NodeAttributes.integer(node, "axis", -1);
        Doubles max = x.reduced(new long[] {axis}, true, DoubleInterpreter::max);
        Doubles shifted = x.with(max, (a, b) -> a - b);
        Doubles sum =
                shifted.map(Math::exp).reduced(new long[] {axis}, true, DoubleInterpreter::sum);
        Doubles log = shifted.with(sum, (v, s) -> v - Math.log(s));
        return node.opType().equals("Softmax") ? log.map(Math::exp) : log;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static Doubles reduce(OnnxNode node, Doubles x, long[] axes) {
        boolean keeps = NodeAttributes.integer(node, "keepdims", 1) != 0;
        return switch (node.opType()) {
            case "ReduceSum" -> x.reduced(axes, keeps, DoubleInterpreter::sum);
            case "ReduceMean" -> x.reduced(axes, keeps, v -> sum(v) / v.length);
            case "ReduceMax" -> x.reduced(axes, keeps, DoubleInterpreter::max);
            case "ReduceMin" -> x.reduced(axes, keeps, v -> Arrays.stream(v).min().orElseThrow());
            case "ReduceL2" ->
                    x.reduced(axes, keeps, v -> Math.sqrt(Arrays.stream(v).map(a -> a * a).sum()));
            case "ReduceSumSquare" ->
                    x.reduced(axes, keeps, v -> Arrays.stream(v).map(a -> a * a).sum());
            case "ReduceL1" -> x.reduced(axes, keeps, v -> Arrays.stream(v).map(Math::abs).sum());
            default -> x.reduced(axes, keeps, v -> Math.log(Arrays.stream(v).map(Math::exp).sum()));
        };
    }

    private static Doubles shaped(OnnxNode node, Doubles x, Map<String, Doubles> values) {
        return switch (node.opType()) {
            case "Identity", "Cast", "Dropout" -> x;
            case "Flatten" -> {
                int axis = (int) NodeAttributes.integer(node, "axis", 1);
                int rows = Doubles.size(Arrays.copyOf(x.shape, axis));
                yield x.reshaped(rows, x.values.length / rows);
            }
            case "Reshape" -> SpatialReference.reshape(x, longs(get(values, node.inputs().get(1))));
            case "Squeeze" -> SpatialReference.squeeze(x, longs(node, values, 1, "axes"));
            case "Unsqueeze" -> SpatialReference.unsqueeze(x, longs(node, values, 1, "axes"));
            case "Transpose" ->
                    x.transposed(
                            Arrays.stream(NodeAttributes.integers(node, "perm").orElseThrow())
                                    .mapToInt(Math::toIntExact)
                                    .toArray());
            case "Concat" -> {
                Doubles result = x;
                for (String input : node.inputs().subList(1, node.inputs().size())) {
                    result =
                            SpatialReference.concat(
                                    result,
                                    get(values, input),
                                    (int) NodeAttributes.integer(node, "axis", 0));
                }
                yield result;
            }
            case "Slice" ->
                    SpatialReference.slice(
                            x,
                            longs(node, values, 1, "starts"),
                            longs(node, values, 2, "ends"),
                            longs(node, values, 3, "axes"),
                            longs(node, values, 4, "steps"));
            case "Pad" ->
                    SpatialReference.pad(
                            x,
                            longs(node, values, 1, "pads"),
                            NodeAttributes.text(node, "mode", "constant"));
            case "Gather" ->
                    SpatialReference.gather(
                            x,
                            get(values, node.inputs().get(1)),
                            (int) NodeAttributes.integer(node, "axis", 0));
            case "Expand" ->
                    x.with(
                            Doubles.zeros(
                                    Arrays.stream(longs(get(values, node.inputs().get(1))))
                                            .mapToInt(Math::toIntExact)
                                            .toArray()),
                            Double::sum);
            case "Tile" -> SpatialReference.tile(x, longs(get(values, node.inputs().get(1))));
            default -> spatial(node, x, values);
        };
    }

    private static Doubles spatial(OnnxNode node, Doubles x, Map<String, Doubles> values) {
        return switch (node.opType()) {
            case "Conv" ->
                    SpatialReference.conv(
                            node,
                            x,
                            get(values, node.inputs().get(1)),
                            has(node, 2) ? get(values, node.inputs().get(2)) : null);
            case "ConvTranspose" ->
                    SpatialReference.convTranspose(node, x, get(values, node.inputs().get(1)));
            case "MaxPool" -> SpatialReference.pool(node, x, true);
            case "AveragePool" -> SpatialReference.pool(node, x, false);
            case "GlobalAveragePool" -> x.reduced(spatialAxes(x), true, v -> sum(v) / v.length);
            case "GlobalMaxPool" -> x.reduced(spatialAxes(x), true, DoubleInterpreter::max);
            case "BatchNormalization" -> batchNormalization(node, x, values);
            case "InstanceNormalization" -> {
                Doubles unit = normalized(x, spatialAxes(x), epsilon(node));
                yield unit.with(channel(values, node, 1, x), (v, s) -> v * s)
                        .with(channel(values, node, 2, x), Double::sum);
            }
            case "LayerNormalization" -> {
                int first = Math.floorMod(NodeAttributes.integer(node, "axis", -1), x.rank());
                long[] axes = new long[x.rank() - first];
                for (int i = 0; i < axes.length; i++) {
                    axes[i] = (long) first + i;
                }
                Doubles scaled =
                        normalized(x, axes, epsilon(node))
                                .with(get(values, node.inputs().get(1)), (v, s) -> v * s);
                yield scaled.with(get(values, node.inputs().get(2)), Double::sum);
            }
            case "DepthToSpace" -> SpatialReference.depthToSpace(node, x);
            case "Resize" -> IndexReference.resize(node, x, values);
            case "ScatterND" ->
                    ScatterReference.scatterNd(
                            node,
                            x,
                            get(values, node.inputs().get(1)),
                            get(values, node.inputs().get(2)));
            case "ScatterElements" ->
                    ScatterReference.scatterElements(
                            node,
                            x,
                            get(values, node.inputs().get(1)),
                            get(values, node.inputs().get(2)));
            case "GatherND" -> ScatterReference.gatherNd(x, get(values, node.inputs().get(1)));
            case "GatherElements" ->
                    IndexReference.gatherElements(x, get(values, node.inputs().get(1)));
            case "CumSum" -> IndexReference.cumSum(node, x, get(values, node.inputs().get(1)));
            case "Trilu" ->
                    IndexReference.trilu(
                            node, x, has(node, 1) ? get(values, node.inputs().get(1)) : null);
            case "SpaceToDepth" -> IndexReference.spaceToDepth(node, x);
            case "Einsum" -> IndexReference.einsum(node, x, get(values, node.inputs().get(1)));
            case "LRN" -> IndexReference.localResponse(node, x);
            case "LpNormalization" -> {
                boolean isLinear = NodeAttributes.integer(node, "p", 2) == 1;
                Doubles length =
                        x.map(v -> isLinear ? Math.abs(v) : v * v)
                                .reduced(new long[] {-1}, true, DoubleInterpreter::sum)
                                .map(v -> isLinear ? v : Math.sqrt(v));
                yield x.with(length, (v, l) -> v / l);
            }
            case "GroupNormalization" -> {
                int groups = (int) NodeAttributes.integer(node, "num_groups", 1);
                Doubles apart =
                        x.reshaped(x.shape[0], groups, x.values.length / x.shape[0] / groups);
                Doubles unit = normalized(apart, new long[] {2}, epsilon(node)).reshaped(x.shape);
                yield unit.with(channel(values, node, 1, x), (v, s) -> v * s)
                        .with(channel(values, node, 2, x), Double::sum);
            }
            default -> x.map(function(node));
        };
    }

    private static double epsilon(OnnxNode node) {
        return NodeAttributes.number(node, "epsilon", 1e-5);
    }

    private static long[] spatialAxes(Doubles x) {
        long[] axes = new long[x.rank() - 2];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2L;
        }
        return axes;
    }

    private static Doubles channel(
            Map<String, Doubles> values, OnnxNode node, int input, Doubles x) {
        int[] shape = new int[x.rank()];
        Arrays.fill(shape, 1);
        shape[1] = x.shape[1];
        return get(values, node.inputs().get(input)).reshaped(shape);
    }

    private static Doubles normalized(Doubles x, long[] axes, double epsilon) {
        Doubles centred = x.with(x.reduced(axes, true, v -> sum(v) / v.length), (a, m) -> a - m);
        Doubles variance = centred.map(v -> v * v).reduced(axes, true, v -> sum(v) / v.length);
        return centred.with(variance, (v, s) -> v / Math.sqrt(s + epsilon));
    }

    private static Doubles batchNormalization(
            OnnxNode node, Doubles x, Map<String, Doubles> values) {
        double epsilon = epsilon(node);
        Doubles centred = x.with(channel(values, node, 3, x), (v, m) -> v - m);
        Doubles unit =
                centred.with(channel(values, node, 4, x), (v, s) -> v / Math.sqrt(s + epsilon));
        return unit.with(channel(values, node, 1, x), (v, s) -> v * s)
                .with(channel(values, node, 2, x), Double::sum);
    }

    private static DoubleUnaryOperator function(OnnxNode node) {
        double alpha = NodeAttributes.number(node, "alpha", Double.NaN);
        double beta = NodeAttributes.number(node, "beta", 0.5);
        return switch (node.opType()) {
            case "Relu" -> v -> Math.max(v, 0);
            case "LeakyRelu" -> v -> v > 0 ? v : alpha * v;
            case "Sigmoid" -> v -> 1 / (1 + Math.exp(-v));
            case "Tanh" -> Math::tanh;
            case "Exp" -> Math::exp;
            case "Log" -> Math::log;
            case "Sqrt" -> Math::sqrt;
            case "Reciprocal" -> v -> 1 / v;
            case "Abs" -> Math::abs;
            case "Neg" -> v -> -v;
            case "Sin" -> Math::sin;
            case "Cos" -> Math::cos;
            case "Erf" -> DoubleInterpreter::erf;
            case "Mish" -> v -> v * Math.tanh(Math.log1p(Math.exp(v)));
            case "Celu" -> v -> v > 0 ? v : alpha * Math.expm1(v / alpha);
            case "Atan" -> Math::atan;
            case "Tan" -> Math::tan;
            case "Sinh" -> Math::sinh;
            case "Cosh" -> Math::cosh;
            case "Softplus" -> v -> Math.log1p(Math.exp(v));
            case "Softsign" -> v -> v / (1 + Math.abs(v));
            case "Elu" -> v -> v > 0 ? v : alpha * Math.expm1(v);
            case "Selu" ->
                    v -> 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v));
            case "HardSigmoid" -> v -> Math.clamp(alpha * v + beta, 0, 1);
            case "HardSwish" -> v -> v * Math.clamp(v / 6 + 0.5, 0, 1);
            case "ThresholdedRelu" -> v -> v > alpha ? v : 0;
            case "Gelu" ->
                    NodeAttributes.text(node, "approximate", "none").equals("tanh")
                            ? v ->
                                    v
                                            / 2
                                            * (1
                                                    + Math.tanh(
                                                            Math.sqrt(2 / Math.PI)
                                                                    * (v + 0.044715 * v * v * v)))
                            : v -> v / 2 * (1 + erf(v / Math.sqrt(2)));
            default -> throw new AssertionError("Not interpreted: " + node.opType());
        };
    }

    /// By the power series, NIST DLMF 7.6.1; enough for the small arguments of the tests.
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
