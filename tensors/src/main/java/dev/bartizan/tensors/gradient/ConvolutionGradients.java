package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Convolutions and normalisations by channel.
final class ConvolutionGradients {
    private ConvolutionGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of(
                "Conv", ConvolutionGradients::conv,
                "ConvTranspose", ConvolutionGradients::convTranspose,
                "BatchNormalization", ConvolutionGradients::batchNormalization,
                "InstanceNormalization", ConvolutionGradients::instanceNormalization,
                "LayerNormalization", ConvolutionGradients::layerNormalization);
    }

    private static long[] kernel(OnnxNode node, Backward b) throws GradientException {
        List<Long> dims = b.shape(node.inputs().get(1)).dims();
        return dims.subList(2, dims.size()).stream().mapToLong(Long::longValue).toArray();
    }

    private static void conv(OnnxNode node, Backward b) throws GradientException {
        String x = node.inputs().get(0);
        String weights = node.inputs().get(1);
        ValueShape large = b.shape(x);
        ValueShape small = b.shape(node.outputs().getFirst());
        Window window = Window.of(node, large, small, kernel(node, b));
        long group = NodeAttributes.integer(node, "group", 1);
        if (b.wants(x)) {
            Optional<String> forward =
                    window.movesByOne()
                            ? flipped(node, b, window, group)
                            : PhasedConvolution.of(node, b, window);
            b.give(
                    x,
                    forward.isPresent()
                            ? forward.get()
                            : transposed(node, b, window, group, large, small));
        }
        if (b.wants(weights)) {
            b.give(weights, weightAdjoint(node, b, window, group));
        }
        bias(node, b);
    }

    private static void bias(OnnxNode node, Backward b) throws GradientException {
        if (Backward.has(node, 2) && b.wants(node.inputs().get(2))) {
            int rank = b.shape(node.outputs().getFirst()).rank();
            long[] axes = new long[rank - 1];
            for (int i = 1; i < axes.length; i++) {
                axes[i] = i + 1L;
            }
            b.give(
                    node.inputs().get(2),
                    b.op(
                            "ReduceSum",
                            List.of(b.adjoint(node), b.builder().longs(axes)),
                            OnnxAttribute.of("keepdims", 0L)));
        }
    }

    private static String transposed(
            OnnxNode node,
            Backward b,
            Window window,
            long group,
            ValueShape large,
            ValueShape small)
            throws GradientException {
        return b.op(
                "ConvTranspose",
                List.of(b.adjoint(node), node.inputs().get(1)),
                OnnxAttribute.of("group", group),
                OnnxAttribute.ofInts("kernel_shape", window.kernel()),
                OnnxAttribute.ofInts("strides", window.strides()),
                OnnxAttribute.ofInts("dilations", window.dilations()),
                OnnxAttribute.ofInts("pads", window.pads()),
                OnnxAttribute.ofInts(
                        "output_padding", window.leftOver(large, small, node.opType())));
    }

    /// A convolution that moves by one is undone by one with channels swapped and the kernel
    /// mirrored, which runs faster than a transposed one.
    private static Optional<String> flipped(OnnxNode node, Backward b, Window window, long group)
            throws GradientException {
        Optional<OnnxTensor> weights = b.constant(node.inputs().get(1));
        int axes = window.axes();
        long[] pads = window.pads();
        for (int i = 0; i < axes; i++) {
            long span = (window.kernel()[i] - 1) * window.dilations()[i];
            pads[i] = span - pads[i];
            pads[axes + i] = span - pads[axes + i];
        }
        boolean isPossible =
                group == 1
                        && weights.isPresent()
                        && weights.get().elementType() == OnnxElementType.FLOAT
                        && weights.get().data() instanceof OnnxTensorData.Inline
                        && Arrays.stream(pads).allMatch(pad -> pad >= 0);
        if (!isPossible) {
            return Optional.empty();
        }
        String mirrored = b.builder().add(mirrored(weights.get(), b.builder().freshName()));
        return Optional.of(
                b.op(
                        "Conv",
                        List.of(b.adjoint(node), mirrored),
                        OnnxAttribute.ofInts("kernel_shape", window.kernel()),
                        OnnxAttribute.ofInts("dilations", window.dilations()),
                        OnnxAttribute.ofInts("pads", pads)));
    }

    /// `[out, in, …]` to `[in, out, …]` with every spatial axis mirrored.
    private static OnnxTensor mirrored(OnnxTensor weights, String name) {
        float[] from = weights.toFloats();
        float[] to = new float[from.length];
        int outs = Math.toIntExact(weights.dims().get(0));
        int ins = Math.toIntExact(weights.dims().get(1));
        int area = outs * ins == 0 ? 0 : from.length / (outs * ins);
        for (int out = 0; out < outs; out++) {
            for (int in = 0; in < ins; in++) {
                for (int i = 0; i < area; i++) {
                    to[(in * outs + out) * area + area - 1 - i] = from[(out * ins + in) * area + i];
                }
            }
        }
        long[] dims = weights.dims().stream().mapToLong(Long::longValue).toArray();
        dims[0] = ins;
        dims[1] = outs;
        return OnnxTensor.floats(name, dims, to);
    }

    /// dW = X^T * dY^T, examples taking the place of channels, strides that of dilations.
    private static String weightAdjoint(OnnxNode node, Backward b, Window window, long group)
            throws GradientException {
        if (group != 1) {
            throw GradientException.operator("Conv", "its weights are grouped");
        }
        int rank = window.axes() + 2;
        OnnxAttribute swap = swapFirstTwo(rank);
        String x = b.op("Transpose", List.of(node.inputs().get(0)), swap);
        String adjoint = b.op("Transpose", List.of(b.adjoint(node)), swap);
        String product =
                b.op(
                        "Conv",
                        List.of(x, adjoint),
                        OnnxAttribute.ofInts("strides", window.dilations()),
                        OnnxAttribute.ofInts("dilations", window.strides()),
                        OnnxAttribute.ofInts("pads", window.pads()));
        long[] starts = new long[window.axes()];
        long[] axes = new long[window.axes()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2L;
        }
        GraphBuilder builder = b.builder();
        String cropped =
                b.op(
                        "Slice",
                        List.of(
                                product,
                                builder.longs(starts),
                                builder.longs(window.kernel()),
                                builder.longs(axes)));
        return b.op("Transpose", List.of(cropped), swap);
    }

    private static OnnxAttribute swapFirstTwo(int rank) {
        long[] perm = new long[rank];
        for (int i = 0; i < rank; i++) {
            perm[i] = i < 2 ? 1 - i : i;
        }
        return OnnxAttribute.ofInts("perm", perm);
    }

    private static void convTranspose(OnnxNode node, Backward b) throws GradientException {
        String x = node.inputs().get(0);
        if (b.wants(node.inputs().get(1))) {
            throw GradientException.operator("ConvTranspose", "its weights are not constant");
        }
        String automatic = NodeAttributes.text(node, "auto_pad", "NOTSET");
        if ((!automatic.equals("NOTSET") && !automatic.equals("VALID"))
                || NodeAttributes.integers(node, "output_shape").isPresent()) {
            throw GradientException.operator(
                    "ConvTranspose", "its padding is given by auto_pad or output_shape");
        }
        ValueShape small = b.shape(x);
        ValueShape large = b.shape(node.outputs().getFirst());
        Window window = Window.of(node, large, small, kernel(node, b));
        if (b.wants(x)) {
            b.give(
                    x,
                    b.op(
                            "Conv",
                            List.of(b.adjoint(node), node.inputs().get(1)),
                            OnnxAttribute.of("group", NodeAttributes.integer(node, "group", 1)),
                            OnnxAttribute.ofInts("kernel_shape", window.kernel()),
                            OnnxAttribute.ofInts("strides", window.strides()),
                            OnnxAttribute.ofInts("dilations", window.dilations()),
                            OnnxAttribute.ofInts("pads", window.pads())));
        }
        bias(node, b);
    }

    /// A vector with one number per channel, to multiply `[batch, channels, …]`.
    private static String perChannel(Backward b, String vector, int rank) {
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[1] = -1;
        return b.op("Reshape", List.of(vector, b.builder().longs(dims)));
    }

    private static void batchNormalization(OnnxNode node, Backward b) throws GradientException {
        String x = node.inputs().get(0);
        for (String parameter : node.inputs().subList(1, node.inputs().size())) {
            if (b.wants(parameter)) {
                throw GradientException.operator(
                        "BatchNormalization", "its parameters are not constant");
            }
        }
        double epsilon = NodeAttributes.number(node, "epsilon", 1e-5);
        String variance = node.inputs().get(4);
        String deviation =
                b.op("Sqrt", List.of(b.op("Add", List.of(variance, b.scalar(variance, epsilon)))));
        String factor = b.op("Div", List.of(node.inputs().get(1), deviation));
        String slope = perChannel(b, factor, b.shape(x).rank());
        b.give(x, b.op("Mul", List.of(b.adjoint(node), slope)));
    }

    private static void instanceNormalization(OnnxNode node, Backward b) throws GradientException {
        int rank = b.shape(node.inputs().getFirst()).rank();
        long[] axes = new long[rank - 2];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2L;
        }
        String scale = perChannel(b, node.inputs().get(1), rank);
        normalization(node, b, axes, scale);
    }

    private static void layerNormalization(OnnxNode node, Backward b) throws GradientException {
        ValueShape shape = b.shape(node.inputs().getFirst());
        int first = shape.axis(NodeAttributes.integer(node, "axis", -1));
        long[] axes = new long[shape.rank() - first];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = (long) first + i;
        }
        normalization(node, b, axes, node.inputs().get(1));
    }

    /// y = scale h + bias, h = (x - mean) / s: dx = (g - mean(g) - h mean(g h)) / s, g = scale dy.
    private static void normalization(OnnxNode node, Backward b, long[] axes, String scale)
            throws GradientException {
        String x = node.inputs().getFirst();
        List<String> parameters = new ArrayList<>(node.inputs().subList(1, node.inputs().size()));
        if (parameters.stream().anyMatch(b::wants)) {
            throw GradientException.operator(node.opType(), "its parameters are not constant");
        }
        for (long axis : axes) {
            b.shape(x).fixed((int) axis, node.opType());
        }
        double epsilon = NodeAttributes.number(node, "epsilon", 1e-5);
        String centred = b.op("Sub", List.of(x, mean(b, x, axes)));
        String variance = mean(b, b.op("Mul", List.of(centred, centred)), axes);
        String deviation =
                b.op("Sqrt", List.of(b.op("Add", List.of(variance, b.scalar(x, epsilon)))));
        String unit = b.op("Div", List.of(centred, deviation));
        String g = b.op("Mul", List.of(b.adjoint(node), scale));
        String along = mean(b, b.op("Mul", List.of(g, unit)), axes);
        String rest =
                b.op(
                        "Sub",
                        List.of(
                                b.op("Sub", List.of(g, mean(b, g, axes))),
                                b.op("Mul", List.of(unit, along))));
        b.give(x, b.op("Div", List.of(rest, deviation)));
    }

    private static String mean(Backward b, String value, long[] axes) {
        return b.op("ReduceMean", List.of(value, b.builder().longs(axes)));
    }
}
