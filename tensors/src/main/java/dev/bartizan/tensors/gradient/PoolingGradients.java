package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Pooling over windows and over whole planes.
final class PoolingGradients {
    private PoolingGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of(
                "MaxPool", PoolingGradients::maxPool,
                "AveragePool", PoolingGradients::averagePool,
                "GlobalAveragePool", PoolingGradients::globalAverage,
                "GlobalMaxPool", PoolingGradients::globalMax);
    }

    private static String input(OnnxNode node) {
        return node.inputs().getFirst();
    }

    /// The forward step also gives the places of the maxima, to which the adjoint goes back: one
    /// place each, so that ties are not counted twice.
    private static void maxPool(OnnxNode node, Backward b) throws GradientException {
        if (NodeAttributes.integer(node, "storage_order", 0) != 0) {
            throw GradientException.operator("MaxPool", "its places are counted by columns");
        }
        String x = input(node);
        String y = node.outputs().getFirst();
        String places = node.outputs().size() > 1 ? node.outputs().get(1) : "";
        if (places.isEmpty()) {
            places = b.builder().freshName() + ".places";
            b.replace(
                    node,
                    new OnnxNode(
                            node.name(),
                            node.domain(),
                            node.opType(),
                            node.overload(),
                            node.inputs(),
                            List.of(y, places),
                            node.attributes(),
                            node.docString()));
        }
        Window window = Window.of(node, b.shape(x), b.shape(y), new long[b.shape(x).rank() - 2]);
        b.give(
                x,
                window.isPlain() ? unpooled(node, b, window, places) : scattered(b, node, places));
    }

    private static String unpooled(OnnxNode node, Backward b, Window window, String places)
            throws GradientException {
        String shape = b.op("Shape", List.of(input(node)));
        return b.op(
                "MaxUnpool",
                List.of(b.adjoint(node), places, shape),
                OnnxAttribute.ofInts("kernel_shape", window.kernel()),
                OnnxAttribute.ofInts("strides", window.strides()));
    }

    private static String scattered(Backward b, OnnxNode node, String places)
            throws GradientException {
        String x = input(node);
        GraphBuilder builder = b.builder();
        String flat = builder.longs(-1);
        String zero = builder.tensor(b.shape(x).type(), new long[] {1}, 0);
        String sized = b.op("Reshape", List.of(b.op("Size", List.of(x)), builder.longs(1)));
        String zeros = b.op("Expand", List.of(zero, sized));
        String sum =
                b.op(
                        "ScatterElements",
                        List.of(
                                zeros,
                                b.op("Reshape", List.of(places, flat)),
                                b.op("Reshape", List.of(b.adjoint(node), flat))),
                        OnnxAttribute.of("axis", 0L),
                        OnnxAttribute.of("reduction", "add"));
        return b.shapedLike(sum, x);
    }

    /// Each channel of each example is an image of its own, undone by a transposed convolution with
    /// a kernel of ones.
    private static void averagePool(OnnxNode node, Backward b) throws GradientException {
        String x = input(node);
        String y = node.outputs().getFirst();
        ValueShape large = b.shape(x);
        ValueShape small = b.shape(y);
        Window window = Window.of(node, large, small, new long[large.rank() - 2]);
        long[] leftOver = window.leftOver(large, small, node.opType());
        for (long rest : leftOver) {
            if (rest < 0) {
                throw GradientException.operator("AveragePool", "its windows reach past the end");
            }
        }
        int axes = window.axes();
        long[] folded = new long[large.rank()];
        folded[0] = -1;
        folded[1] = 1;
        for (int i = 0; i < axes; i++) {
            folded[i + 2] = small.fixed(i + 2, node.opType());
        }
        GraphBuilder builder = b.builder();
        String adjoint = b.op("Reshape", List.of(b.adjoint(node), builder.longs(folded)));
        String share = shares(node, b, window, large, small);
        String ones = builder.tensor(large.type(), onesShape(window), ones(window));
        String spread =
                b.op(
                        "ConvTranspose",
                        List.of(b.op("Mul", List.of(adjoint, share)), ones),
                        OnnxAttribute.ofInts("kernel_shape", window.kernel()),
                        OnnxAttribute.ofInts("strides", window.strides()),
                        OnnxAttribute.ofInts("dilations", window.dilations()),
                        OnnxAttribute.ofInts("pads", window.pads()),
                        OnnxAttribute.ofInts("output_padding", leftOver));
        b.give(x, b.shapedLike(spread, x));
    }

    private static long[] onesShape(Window window) {
        long[] shape = new long[window.axes() + 2];
        shape[0] = 1;
        shape[1] = 1;
        System.arraycopy(window.kernel(), 0, shape, 2, window.axes());
        return shape;
    }

    private static double[] ones(Window window) {
        double[] ones = new double[Math.toIntExact(window.area())];
        Arrays.fill(ones, 1);
        return ones;
    }

    /// One over the numbers that each place of the window averages.
    private static String shares(
            OnnxNode node, Backward b, Window window, ValueShape large, ValueShape small)
            throws GradientException {
        if (NodeAttributes.integer(node, "count_include_pad", 0) != 0) {
            return b.scalar(node.outputs().getFirst(), 1.0 / window.area());
        }
        int axes = window.axes();
        long[] dims = new long[axes + 2];
        dims[0] = 1;
        dims[1] = 1;
        int size = 1;
        for (int i = 0; i < axes; i++) {
            dims[i + 2] = small.fixed(i + 2, node.opType());
            size = Math.toIntExact(size * dims[i + 2]);
        }
        double[] shares = new double[size];
        for (int at = 0; at < size; at++) {
            double count = 1;
            int rest = at;
            for (int axis = axes - 1; axis >= 0; axis--) {
                long place = rest % dims[axis + 2];
                rest /= (int) dims[axis + 2];
                count *= inside(window, axis, place, large.fixed(axis + 2, node.opType()));
            }
            shares[at] = 1 / count;
        }
        return b.builder().tensor(large.type(), dims, shares);
    }

    private static long inside(Window window, int axis, long place, long size) {
        long count = 0;
        for (long k = 0; k < window.kernel()[axis]; k++) {
            long at =
                    place * window.strides()[axis]
                            + k * window.dilations()[axis]
                            - window.pads()[axis];
            count += at >= 0 && at < size ? 1 : 0;
        }
        return count;
    }

    private static void globalAverage(OnnxNode node, Backward b) throws GradientException {
        String x = input(node);
        double area = 1;
        for (int axis = 2; axis < b.shape(x).rank(); axis++) {
            area *= b.shape(x).fixed(axis, node.opType());
        }
        String share = b.op("Mul", List.of(b.adjoint(node), b.scalar(x, 1 / area)));
        b.give(x, b.op("Expand", List.of(share, b.op("Shape", List.of(x)))));
    }

    private static void globalMax(OnnxNode node, Backward b) throws GradientException {
        String x = input(node);
        String mask = b.mask(b.op("Equal", List.of(x, node.outputs().getFirst())), x);
        long[] axes = new long[b.shape(x).rank() - 2];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2L;
        }
        String count = b.op("ReduceSum", List.of(mask, b.builder().longs(axes)));
        String share = b.op("Div", List.of(b.adjoint(node), count));
        b.give(x, b.op("Mul", List.of(mask, share)));
    }
}
