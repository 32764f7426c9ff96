package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.Arrays;

/// How the window of a convolution or pooling moves, one entry per spatial axis.
final class Window {
    private final long[] kernel;
    private final long[] strides;
    private final long[] dilations;
    private final long[] pads;

    private Window(long[] kernel, long[] strides, long[] dilations, long[] pads) {
        this.kernel = kernel;
        this.strides = strides;
        this.dilations = dilations;
        this.pads = pads;
    }

    /// The window of a node.
    ///
    /// @param large shape of the side that the window moves over
    /// @param small shape of the side with one number per place of the window
    /// @param kernel sizes when the node has no `kernel_shape`
    static Window of(OnnxNode node, ValueShape large, ValueShape small, long[] kernel)
            throws GradientException {
        int axes = large.rank() - 2;
        long[] ones = new long[axes];
        Arrays.fill(ones, 1);
        long[] sizes = NodeAttributes.integers(node, "kernel_shape").orElse(kernel);
        long[] strides = NodeAttributes.integers(node, "strides").orElse(ones);
        long[] dilations = NodeAttributes.integers(node, "dilations").orElse(ones);
        long[] pads = NodeAttributes.integers(node, "pads").orElse(new long[2 * axes]);
        Window window = new Window(sizes, strides, dilations, pads.clone());
        String automatic = NodeAttributes.text(node, "auto_pad", "NOTSET");
        if (automatic.startsWith("SAME")) {
            window.pad(node, large, small, automatic.equals("SAME_LOWER"));
        }
        return window;
    }

    private void pad(OnnxNode node, ValueShape large, ValueShape small, boolean isLower)
            throws GradientException {
        for (int i = 0; i < kernel.length; i++) {
            long total =
                    Math.max(
                            0,
                            reach(i, small.fixed(i + 2, node.opType()))
                                    - large.fixed(i + 2, node.opType()));
            long half = total / 2;
            pads[i] = isLower ? total - half : half;
            pads[kernel.length + i] = total - pads[i];
        }
    }

    /// Numbers that the window touches when it stands at that many places.
    long reach(int axis, long places) {
        return (places - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
    }

    int axes() {
        return kernel.length;
    }

    long[] kernel() {
        return kernel.clone();
    }

    long[] strides() {
        return strides.clone();
    }

    long[] dilations() {
        return dilations.clone();
    }

    /// Numbers added before each axis, then after each.
    long[] pads() {
        return pads.clone();
    }

    long area() {
        return Arrays.stream(kernel).reduce(1, Math::multiplyExact);
    }

    boolean isPlain() {
        return Arrays.equals(kernel, strides)
                && Arrays.stream(pads).allMatch(pad -> pad == 0)
                && Arrays.stream(dilations).allMatch(one -> one == 1);
    }

    boolean movesByOne() {
        return Arrays.stream(strides).allMatch(one -> one == 1);
    }

    /// Numbers at the far end that no place of the window reaches.
    long[] leftOver(ValueShape large, ValueShape small, String opType) throws GradientException {
        long[] rest = new long[kernel.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] =
                    large.fixed(i + 2, opType)
                            + pads[i]
                            + pads[rest.length + i]
                            - reach(i, small.fixed(i + 2, opType));
        }
        return rest;
    }
}
