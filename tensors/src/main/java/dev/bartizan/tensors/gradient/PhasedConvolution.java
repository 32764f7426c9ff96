package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The gradient of a planar convolution that moves by `s` as one convolution that moves by one and
/// gives `s * s` numbers for each place, which are then laid side by side. It runs faster than a
/// transposed convolution.
///
/// With y(o, p) the sum of W(o, c, k) x(c, s p + k - P), the gradient at place i = s t + u - e is
/// the sum over o and d of W(o, c, u + Q - s d) dy(o, t + d) with Q = P - e, wherever that lies in
/// the kernel. The lead e, of numbers that are cut off again, is the one that needs the smallest
/// window of d.
final class PhasedConvolution {
    private static final int AXES = 2;

    private final int stride;
    private final Axis[] axes;

    private PhasedConvolution(int stride, Axis[] axes) {
        this.stride = stride;
        this.axes = axes;
    }

    /// Along one axis.
    ///
    /// @param kernel size of the forward window
    /// @param lead numbers before the first one
    /// @param shift Q
    /// @param first least d
    /// @param size of the window of d
    /// @param size of the input
    /// @param places t that are computed
    /// @param padEnd numbers read after the last one of dy
    private record Axis(
            int kernel,
            int lead,
            int shift,
            int first,
            int window,
            int size,
            int places,
            int padEnd) {
        static Axis of(Window window, int axis, int stride, int large, int small) {
            int kernel = Math.toIntExact(window.kernel()[axis]);
            int pad = Math.toIntExact(window.pads()[axis]);
            Axis best = of(kernel, stride, pad, 0, large, small);
            for (int lead = 1; lead < stride; lead++) {
                Axis next = of(kernel, stride, pad, lead, large, small);
                best = next.window < best.window ? next : best;
            }
            return best;
        }

        private static Axis of(int kernel, int stride, int pad, int lead, int large, int small) {
            int shift = pad - lead;
            int first = Math.ceilDiv(shift - kernel + 1, stride);
            int last = Math.floorDiv(stride - 1 + shift, stride);
            int places = Math.ceilDiv(large + lead, stride);
            return new Axis(
                    kernel,
                    lead,
                    shift,
                    first,
                    last - first + 1,
                    large,
                    places,
                    places - 1 + last - (small - 1));
        }

        boolean isPossible() {
            return first <= 0 && padEnd >= 0;
        }
    }

    /// The gradient with respect to the input of a convolution, where it can be had this way.
    static Optional<String> of(OnnxNode node, Backward b, Window window) throws GradientException {
        ValueShape large = b.shape(node.inputs().getFirst());
        ValueShape small = b.shape(node.outputs().getFirst());
        Optional<OnnxTensor> weights = b.constant(node.inputs().get(1));
        boolean isPlain =
                window.axes() == AXES
                        && window.strides()[0] == window.strides()[1]
                        && Arrays.stream(window.dilations()).allMatch(one -> one == 1)
                        && NodeAttributes.integer(node, "group", 1) == 1
                        && weights.isPresent()
                        && weights.get().elementType() == OnnxElementType.FLOAT
                        && weights.get().data() instanceof OnnxTensorData.Inline;
        if (!isPlain) {
            return Optional.empty();
        }
        int stride = Math.toIntExact(window.strides()[0]);
        Axis[] axes = new Axis[AXES];
        for (int i = 0; i < AXES; i++) {
            int from = Math.toIntExact(large.fixed(i + 2, node.opType()));
            int to = Math.toIntExact(small.fixed(i + 2, node.opType()));
            axes[i] = Axis.of(window, i, stride, from, to);
            if (!axes[i].isPossible()) {
                return Optional.empty();
            }
        }
        return Optional.of(new PhasedConvolution(stride, axes).write(node, b, weights.get()));
    }

    private String write(OnnxNode node, Backward b, OnnxTensor weights) throws GradientException {
        GraphBuilder builder = b.builder();
        String phases = builder.add(phases(weights, builder.freshName()));
        String apart =
                b.op(
                        "Conv",
                        List.of(b.adjoint(node), phases),
                        OnnxAttribute.ofInts("kernel_shape", axes[0].window, axes[1].window),
                        OnnxAttribute.ofInts(
                                "pads",
                                -axes[0].first,
                                -axes[1].first,
                                axes[0].padEnd,
                                axes[1].padEnd));
        String together =
                b.op(
                        "DepthToSpace",
                        List.of(apart),
                        OnnxAttribute.of("blocksize", (long) stride),
                        OnnxAttribute.of("mode", "CRD"));
        boolean isExact = true;
        for (Axis axis : axes) {
            isExact &= axis.lead == 0 && axis.places * stride == axis.size;
        }
        return isExact ? together : cropped(b, together);
    }

    private String cropped(Backward b, String whole) {
        GraphBuilder builder = b.builder();
        return b.op(
                "Slice",
                List.of(
                        whole,
                        builder.longs(axes[0].lead, axes[1].lead),
                        builder.longs(axes[0].lead + axes[0].size, axes[1].lead + axes[1].size),
                        builder.longs(2, 3)));
    }

    /// `[out, in, …]` to `[in * stride * stride, out, …]`.
    private OnnxTensor phases(OnnxTensor weights, String name) {
        float[] from = weights.toFloats();
        int outs = Math.toIntExact(weights.dims().get(0));
        int ins = Math.toIntExact(weights.dims().get(1));
        int high = axes[0].window;
        int wide = axes[1].window;
        float[] to = new float[ins * stride * stride * outs * high * wide];
        int at = 0;
        for (int row = 0; row < ins * stride * stride; row++) {
            int in = row / (stride * stride);
            int up = row / stride % stride;
            int left = row % stride;
            for (int out = 0; out < outs; out++) {
                int start = (out * ins + in) * axes[0].kernel;
                for (int place = 0; place < high * wide; place++) {
                    int line = up + axes[0].shift - stride * (axes[0].first + place / wide);
                    int column = left + axes[1].shift - stride * (axes[1].first + place % wide);
                    boolean isInside =
                            line >= 0
                                    && line < axes[0].kernel
                                    && column >= 0
                                    && column < axes[1].kernel;
                    to[at++] = isInside ? from[(start + line) * axes[1].kernel + column] : 0;
                }
            }
        }
        return OnnxTensor.floats(
                name, new long[] {(long) ins * stride * stride, outs, high, wide}, to);
    }
}
