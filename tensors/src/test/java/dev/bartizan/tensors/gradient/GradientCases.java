package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Small graphs around one operator each: `x` goes in, the operator's result is flattened to
/// scores.
final class GradientCases {
    /// @param name what is tested
    /// @param rowDims sizes of one example
    /// @param low smallest input
    /// @param high largest input
    /// @param model the graph
    record Case(String name, List<Long> rowDims, double low, double high, OnnxModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final long[] NONE = {};

    private final List<Case> cases = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(5);

    static List<Case> all() {
        GradientCases cases = new GradientCases();
        cases.activations();
        cases.arithmetic();
        cases.matrices();
        cases.shapes();
        cases.reductions();
        cases.convolutions();
        cases.pools();
        cases.normalizations();
        cases.resizes();
        cases.indices();
        cases.scattered();
        cases.recurrent();
        return cases.cases;
    }

    private float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private OnnxTensor weight(String name, long... dims) {
        int size = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        return OnnxTensor.floats(name, dims, numbers(size));
    }

    private OnnxTensor positive(String name, long... dims) {
        float[] values = weight(name, dims).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) + 0.5f;
        }
        return OnnxTensor.floats(name, dims, values);
    }

    private static OnnxTensor longs(String name, long... values) {
        return OnnxTensor.longs(name, new long[] {values.length}, values);
    }

    private static OnnxNode op(String opType, String inputs, OnnxAttribute... attributes) {
        return OnnxNode.of(opType, List.of(inputs.split(",", -1)), List.of("y"), attributes);
    }

    private void add(String name, long[] row, OnnxNode node, OnnxTensor... constants) {
        add(name, row, -2, 2, List.of(node), constants);
    }

    private void add(
            String name,
            long[] row,
            double low,
            double high,
            List<OnnxNode> nodes,
            OnnxTensor... constants) {
        String[] dims = new String[row.length + 1];
        dims[0] = "n";
        for (int i = 0; i < row.length; i++) {
            dims[i + 1] = Long.toString(row[i]);
        }
        List<OnnxNode> all = new ArrayList<>(nodes);
        all.add(OnnxNode.of("Flatten", List.of("y"), List.of("scores")));
        OnnxGraph graph =
                OnnxGraph.of(
                        name,
                        all,
                        List.of(constants),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, dims)),
                        List.of(OnnxValueInfo.tensor("scores", OnnxElementType.FLOAT, "n", "c")));
        cases.add(
                new Case(
                        name,
                        Arrays.stream(row).boxed().toList(),
                        low,
                        high,
                        OnnxModel.of(10, 21, "test", graph)));
    }

    private void activations() {
        long[] row = {7};
        for (String opType :
                List.of(
                        "Relu",
                        "Tanh",
                        "Exp",
                        "Abs",
                        "Neg",
                        "Sin",
                        "Cos",
                        "Erf",
                        "Softplus",
                        "Softsign",
                        "Selu",
                        "HardSwish",
                        "Gelu",
                        "Mish",
                        "Atan",
                        "Sinh",
                        "Cosh",
                        "Identity")) {
            add(opType, row, op(opType, "x"));
        }
        add("Sigmoid", new long[] {3, 4}, op("Sigmoid", "x"));
        for (String opType : List.of("Log", "Sqrt", "Reciprocal")) {
            add(opType, row, 0.5, 3, List.of(op(opType, "x")));
        }
        add("LeakyRelu", row, op("LeakyRelu", "x", OnnxAttribute.of("alpha", 0.125f)));
        add("Tan", row, -1, 1, List.of(op("Tan", "x")));
        add("Celu", row, op("Celu", "x", OnnxAttribute.of("alpha", 1.5f)));
        add("Elu", row, op("Elu", "x", OnnxAttribute.of("alpha", 1.5f)));
        add("HardSigmoid", row, op("HardSigmoid", "x", OnnxAttribute.of("alpha", 0.375f)));
        add("ThresholdedRelu", row, op("ThresholdedRelu", "x", OnnxAttribute.of("alpha", 0.5f)));
        add("Gelu tanh", row, op("Gelu", "x", OnnxAttribute.of("approximate", "tanh")));
        add("PRelu", new long[] {3, 2}, op("PRelu", "x,s"), weight("s", 3, 1));
    }

    private void arithmetic() {
        long[] row = {3, 4};
        add("Add stretched", row, op("Add", "x,w"), weight("w", 1, 3, 1));
        add("Sub from constant", row, op("Sub", "w,x"), weight("w", 4));
        add("Sub constant", row, op("Sub", "x,w"), weight("w", 1));
        add("Mul", row, op("Mul", "x,w"), weight("w", 3, 1));
        add("Mul itself", row, op("Mul", "x,x"));
        add("Mul scalar", row, op("Mul", "x,w"), weight("w", NONE));
        add("Div", row, op("Div", "x,w"), positive("w", 4));
        add("Div by x", row, 0.5, 2, List.of(op("Div", "w,x")), weight("w", 3, 4));
        add("Pow", row, 0.5, 2, List.of(op("Pow", "x,w")), weight("w", 4));
        add("Pow of x", row, op("Pow", "w,x"), positive("w", 4));
        add("Min", row, op("Min", "x,w"), weight("w", 4));
        add("Max", row, op("Max", "x,w,v"), weight("w", 4), weight("v", 3, 1));
        add("Max itself", row, op("Max", "x,x"));
        add("Mean", row, op("Mean", "x,w,x"), weight("w", 4));
        add("Sum", row, op("Sum", "x,w,x"), weight("w", 4));
        add(
                "Clip",
                row,
                op("Clip", "x,l,h"),
                OnnxTensor.floats("l", NONE, -0.5f),
                OnnxTensor.floats("h", NONE, 1));
        add("Clip below", row, op("Clip", "x,l"), OnnxTensor.floats("l", NONE, -0.5f));
        add(
                "Where",
                row,
                -2,
                2,
                List.of(
                        OnnxNode.of("Greater", List.of("x", "w"), List.of("c")),
                        OnnxNode.of("Mul", List.of("x", "x"), List.of("q")),
                        op("Where", "c,x,q")),
                weight("w", 4));
        add("Cast", row, op("Cast", "x", OnnxAttribute.of("to", 1L)));
    }

    private void matrices() {
        add(
                "Gemm",
                new long[] {3},
                op("Gemm", "x,w,c", OnnxAttribute.of("alpha", 0.5f), OnnxAttribute.of("beta", 2f)),
                weight("w", 3, 4),
                weight("c", 4));
        add(
                "Gemm transB",
                new long[] {3},
                op("Gemm", "x,w", OnnxAttribute.of("transB", 1L)),
                weight("w", 4, 3));
        add("MatMul constant", new long[] {2, 3}, op("MatMul", "x,w"), weight("w", 3, 4));
        add("MatMul constant left", new long[] {3, 2}, op("MatMul", "w,x"), weight("w", 4, 3));
        add("MatMul stacked", new long[] {2, 2, 3}, op("MatMul", "x,w"), weight("w", 2, 3, 4));
        add("MatMul vector", new long[] {2, 3}, op("MatMul", "x,w"), weight("w", 3));
        add(
                "MatMul both",
                new long[] {2, 3},
                -2,
                2,
                List.of(
                        OnnxNode.of(
                                "Transpose",
                                List.of("x"),
                                List.of("t"),
                                OnnxAttribute.ofInts("perm", 0, 2, 1)),
                        OnnxNode.of("MatMul", List.of("x", "t"), List.of("a")),
                        OnnxNode.of("Softmax", List.of("a"), List.of("p")),
                        op("MatMul", "p,x")));
    }

    private void shapes() {
        long[] row = {4, 6};
        add("Reshape", row, op("Reshape", "x,s"), longs("s", 0, 3, -1));
        add("Dropout", row, op("Dropout", "x"));
        add("Squeeze", new long[] {1, 5}, op("Squeeze", "x,s"), longs("s", 1));
        add("Unsqueeze", row, op("Unsqueeze", "x,s"), longs("s", -1, 1));
        add("Transpose", row, op("Transpose", "x", OnnxAttribute.ofInts("perm", 0, 2, 1)));
        add(
                "Concat",
                row,
                -2,
                2,
                List.of(
                        OnnxNode.of("Tanh", List.of("x"), List.of("t")),
                        op("Concat", "x,t,x", OnnxAttribute.of("axis", -1L))));
        add(
                "Slice",
                row,
                op("Slice", "x,b,e,a,s"),
                longs("b", 1, -1),
                longs("e", 3, -6),
                longs("a", 1, 2),
                longs("s", 1, -2));
        add(
                "Slice far end",
                row,
                op("Slice", "x,b,e,a"),
                longs("b", 2),
                longs("e", Long.MAX_VALUE),
                longs("a", -1));
        add(
                "Split",
                row,
                -2,
                2,
                List.of(
                        OnnxNode.of(
                                "Split",
                                List.of("x", "k"),
                                List.of("p", "q", "r"),
                                OnnxAttribute.of("axis", 2L)),
                        op("Mul", "p,r")),
                longs("k", 2, 2, 2));
        for (String mode : List.of("constant", "edge", "reflect")) {
            add(
                    "Pad " + mode,
                    row,
                    op("Pad", "x,p", OnnxAttribute.of("mode", mode)),
                    longs("p", 0, 1, 2, 0, 0, 3));
        }
        add(
                "Gather",
                row,
                op("Gather", "x,i", OnnxAttribute.of("axis", 1L)),
                OnnxTensor.longs("i", new long[] {2, 2}, 3, 0, -1, 3));
        add(
                "Gather one",
                row,
                op("Gather", "x,i", OnnxAttribute.of("axis", 2L)),
                OnnxTensor.longs("i", NONE, 4));
        add("Expand", new long[] {1, 3}, op("Expand", "x,s"), longs("s", 1, 2, 1));
        add("Tile", row, op("Tile", "x,s"), longs("s", 1, 2, 3));
        add(
                "DepthToSpace",
                new long[] {8, 2, 3},
                op("DepthToSpace", "x", OnnxAttribute.of("blocksize", 2L)));
        add(
                "DepthToSpace CRD",
                new long[] {8, 2, 3},
                op(
                        "DepthToSpace",
                        "x",
                        OnnxAttribute.of("blocksize", 2L),
                        OnnxAttribute.of("mode", "CRD")));
    }

    private void reductions() {
        long[] row = {3, 4};
        for (String opType :
                List.of(
                        "ReduceSum",
                        "ReduceMean",
                        "ReduceMax",
                        "ReduceMin",
                        "ReduceL2",
                        "ReduceSumSquare",
                        "ReduceL1",
                        "ReduceLogSumExp")) {
            add(opType, row, op(opType, "x,a"), longs("a", -1));
            add(
                    opType + " dropped",
                    row,
                    op(opType, "x,a", OnnxAttribute.of("keepdims", 0L)),
                    longs("a", 1));
        }
        for (String opType : List.of("Softmax", "LogSoftmax")) {
            add(opType, row, op(opType, "x"));
            add(opType + " inside", row, op(opType, "x", OnnxAttribute.of("axis", 1L)));
        }
    }

    private void convolutions() {
        long[] image = {2, 7, 6};
        add("Conv", image, op("Conv", "x,w,b"), weight("w", 3, 2, 3, 2), weight("b", 3));
        add(
                "Conv padded",
                image,
                op("Conv", "x,w", OnnxAttribute.ofInts("pads", 1, 0, 2, 1)),
                weight("w", 3, 2, 3, 3));
        add(
                "Conv strided",
                image,
                op(
                        "Conv",
                        "x,w",
                        OnnxAttribute.ofInts("strides", 2, 3),
                        OnnxAttribute.ofInts("pads", 1, 1, 0, 1)),
                weight("w", 3, 2, 3, 2));
        add(
                "Conv dilated",
                image,
                op("Conv", "x,w", OnnxAttribute.ofInts("dilations", 2, 1)),
                weight("w", 3, 2, 2, 3));
        add(
                "Conv grouped",
                image,
                op("Conv", "x,w", OnnxAttribute.of("group", 2L)),
                weight("w", 4, 1, 3, 3));
        add(
                "Conv wide pads",
                image,
                op("Conv", "x,w", OnnxAttribute.ofInts("pads", 3, 3, 3, 3)),
                weight("w", 3, 2, 2, 2));
        for (String mode : List.of("SAME_UPPER", "SAME_LOWER")) {
            add(
                    "Conv " + mode,
                    image,
                    op(
                            "Conv",
                            "x,w",
                            OnnxAttribute.of("auto_pad", mode),
                            OnnxAttribute.ofInts("strides", 2, 2)),
                    weight("w", 3, 2, 3, 3));
        }
        evenStrides();
        add(
                "ConvTranspose",
                image,
                op(
                        "ConvTranspose",
                        "x,w",
                        OnnxAttribute.ofInts("strides", 2, 1),
                        OnnxAttribute.ofInts("pads", 1, 0, 0, 1),
                        OnnxAttribute.ofInts("output_padding", 1, 0)),
                weight("w", 2, 3, 3, 2));
    }

    /// Kernel, stride, numbers added before, numbers added after; with lines and columns that come
    /// out even and such that do not.
    private void evenStrides() {
        int[][] windows = {
            {3, 2, 1, 1},
            {4, 2, 1, 1},
            {1, 2, 0, 0},
            {5, 3, 2, 1},
            {2, 2, 0, 0},
            {3, 2, 0, 2},
            {2, 3, 0, 1},
            {7, 4, 3, 3},
            {2, 2, 2, 2}
        };
        for (int[] window : windows) {
            add(
                    "Conv by " + Arrays.toString(window),
                    new long[] {2, 11, 8},
                    op(
                            "Conv",
                            "x,w",
                            OnnxAttribute.ofInts("strides", window[1], window[1]),
                            OnnxAttribute.ofInts(
                                    "pads", window[2], window[2], window[3], window[3])),
                    weight("w", 3, 2, window[0], window[0]));
        }
    }

    private void pools() {
        long[] image = {2, 7, 6};
        add(
                "MaxPool plain",
                image,
                op(
                        "MaxPool",
                        "x",
                        OnnxAttribute.ofInts("kernel_shape", 2, 2),
                        OnnxAttribute.ofInts("strides", 2, 2)));
        add(
                "MaxPool overlapping",
                image,
                op(
                        "MaxPool",
                        "x",
                        OnnxAttribute.ofInts("kernel_shape", 3, 2),
                        OnnxAttribute.ofInts("strides", 2, 1),
                        OnnxAttribute.ofInts("pads", 1, 0, 1, 1)));
        add(
                "AveragePool",
                image,
                op(
                        "AveragePool",
                        "x",
                        OnnxAttribute.ofInts("kernel_shape", 2, 3),
                        OnnxAttribute.ofInts("strides", 2, 2)));
        add(
                "AveragePool padded",
                image,
                op(
                        "AveragePool",
                        "x",
                        OnnxAttribute.ofInts("kernel_shape", 3, 3),
                        OnnxAttribute.ofInts("strides", 2, 1),
                        OnnxAttribute.ofInts("pads", 1, 1, 1, 1)));
        add(
                "AveragePool with pads",
                image,
                op(
                        "AveragePool",
                        "x",
                        OnnxAttribute.ofInts("kernel_shape", 3, 3),
                        OnnxAttribute.ofInts("pads", 1, 1, 0, 0),
                        OnnxAttribute.of("count_include_pad", 1L)));
        add("GlobalAveragePool", image, op("GlobalAveragePool", "x"));
        add("GlobalMaxPool", image, op("GlobalMaxPool", "x"));
    }

    private void normalizations() {
        long[] image = {3, 4, 5};
        add(
                "BatchNormalization",
                image,
                op("BatchNormalization", "x,s,b,m,v"),
                weight("s", 3),
                weight("b", 3),
                weight("m", 3),
                positive("v", 3));
        add(
                "InstanceNormalization",
                image,
                op("InstanceNormalization", "x,s,b"),
                weight("s", 3),
                weight("b", 3));
        add(
                "LayerNormalization",
                image,
                op("LayerNormalization", "x,s,b"),
                weight("s", 5),
                weight("b", 5));
        add(
                "LayerNormalization over two axes",
                image,
                op("LayerNormalization", "x,s,b", OnnxAttribute.of("axis", 2L)),
                weight("s", 4, 5),
                weight("b", 4, 5));
    }

    private void resizes() {
        long[] image = {2, 5, 4};
        OnnxTensor scales = OnnxTensor.floats("s", new long[] {4}, 1, 1, 2, 1.5f);
        OnnxTensor shrinking = OnnxTensor.floats("s", new long[] {4}, 1, 1, 0.6f, 0.75f);
        for (String mode : List.of("nearest", "linear", "cubic")) {
            for (String places :
                    List.of("half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel")) {
                OnnxNode node =
                        op(
                                "Resize",
                                "x,,s",
                                OnnxAttribute.of("mode", mode),
                                OnnxAttribute.of("coordinate_transformation_mode", places));
                add("Resize " + mode + " " + places, image, node, scales);
                add("Resize smaller " + mode + " " + places, image, node, shrinking);
            }
        }
        for (String rounding : List.of("floor", "ceil", "round_prefer_ceil")) {
            add(
                    "Resize nearest " + rounding,
                    image,
                    op("Resize", "x,,s", OnnxAttribute.of("nearest_mode", rounding)),
                    scales);
        }
        add(
                "Resize to sizes",
                image,
                op("Resize", "x,,,z", OnnxAttribute.ofInts("axes", 2, 3)),
                longs("z", 7, 9));
    }

    private static OnnxNode turned(String from, String to, long... perm) {
        return OnnxNode.of(
                "Transpose", List.of(from), List.of(to), OnnxAttribute.ofInts("perm", perm));
    }

    private void scattered() {
        long[] row = {3, 4};
        for (String reduction : List.of("none", "add")) {
            add(
                    "ScatterND " + reduction,
                    row,
                    -2,
                    2,
                    List.of(
                            turned("x", "t", 1, 2, 0),
                            OnnxNode.of("Gather", List.of("t", "o"), List.of("g")),
                            OnnxNode.of("Mul", List.of("g", "g"), List.of("u")),
                            OnnxNode.of(
                                    "ScatterND",
                                    List.of("t", "i", "u"),
                                    List.of("s"),
                                    OnnxAttribute.of("reduction", reduction)),
                            OnnxNode.of("Mul", List.of("s", "t"), List.of("m")),
                            turned("m", "y", 2, 0, 1)),
                    longs("o", 1, 0),
                    OnnxTensor.longs("i", new long[] {2, 1}, 0, 2));
            add(
                    "ScatterElements " + reduction,
                    row,
                    -2,
                    2,
                    List.of(
                            OnnxNode.of("TopK", List.of("x", "k"), List.of("v", "i")),
                            OnnxNode.of("Mul", List.of("v", "v"), List.of("u")),
                            OnnxNode.of(
                                    "ScatterElements",
                                    List.of("x", "i", "u"),
                                    List.of("s"),
                                    OnnxAttribute.of("axis", 2L),
                                    OnnxAttribute.of("reduction", reduction)),
                            op("Mul", "s,x")),
                    longs("k", 2));
        }
        add(
                "GatherND",
                row,
                -2,
                2,
                List.of(
                        turned("x", "t", 1, 2, 0),
                        OnnxNode.of("GatherND", List.of("t", "i"), List.of("g")),
                        OnnxNode.of("Mul", List.of("g", "g"), List.of("m")),
                        turned("m", "y", 1, 0)),
                OnnxTensor.longs("i", new long[] {3, 2}, 0, 1, 2, 3, 0, 1));
    }

    private void recurrent() {
        recurrent("LSTM", 4, "forward");
        recurrent("LSTM", 4, "bidirectional");
        recurrent("GRU", 3, "forward");
        recurrent("GRU", 3, "reverse", OnnxAttribute.of("linear_before_reset", 1L));
        recurrent("RNN", 1, "bidirectional");
    }

    /// A layer over five steps of three numbers, with and without states to begin with.
    private void recurrent(String opType, long gates, String direction, OnnxAttribute... more) {
        int hidden = 2;
        int directions = direction.equals("bidirectional") ? 2 : 1;
        for (boolean hasStart : new boolean[] {false, true}) {
            List<String> inputs = new ArrayList<>(List.of("t", "w", "r", "b"));
            List<OnnxTensor> constants =
                    new ArrayList<>(
                            List.of(
                                    weight("w", directions, gates * hidden, 3),
                                    weight("r", directions, gates * hidden, hidden),
                                    weight("b", directions, 2 * gates * hidden)));
            if (hasStart) {
                inputs.add("");
                inputs.add("h");
                constants.add(weight("h", directions, 1, hidden));
                if (opType.equals("LSTM")) {
                    inputs.add("c");
                    constants.add(weight("c", directions, 1, hidden));
                }
            }
            List<OnnxAttribute> attributes = new ArrayList<>(List.of(more));
            attributes.add(OnnxAttribute.of("hidden_size", (long) hidden));
            attributes.add(OnnxAttribute.of("direction", direction));
            add(
                    opType + " " + direction + (hasStart ? " from a state" : ""),
                    new long[] {5, 3},
                    -2,
                    2,
                    List.of(
                            turned("x", "t", 1, 0, 2),
                            OnnxNode.of(
                                    opType,
                                    inputs,
                                    List.of("all", "last"),
                                    attributes.toArray(OnnxAttribute[]::new)),
                            turned("all", "rows", 2, 0, 1, 3),
                            turned("last", "ends", 1, 0, 2),
                            OnnxNode.of("Flatten", List.of("rows"), List.of("flat")),
                            OnnxNode.of("Flatten", List.of("ends"), List.of("end")),
                            op("Concat", "flat,end", OnnxAttribute.of("axis", 1L))),
                    constants.toArray(OnnxTensor[]::new));
        }
    }

    private void indices() {
        long[] row = {3, 4};
        add(
                "TopK",
                row,
                -2,
                2,
                List.of(
                        OnnxNode.of("TopK", List.of("x", "k"), List.of("v", "i")),
                        op("Mul", "v,v")),
                longs("k", 2));
        add(
                "GatherElements",
                new long[] {5},
                -2,
                2,
                List.of(
                        OnnxNode.of("TopK", List.of("x", "k"), List.of("v", "i")),
                        OnnxNode.of(
                                "GatherElements",
                                List.of("x", "i"),
                                List.of("g"),
                                OnnxAttribute.of("axis", 1L)),
                        op("Mul", "g,v")),
                longs("k", 3));
        add("CumSum", row, op("CumSum", "x,a"), OnnxTensor.longs("a", NONE, 2));
        add(
                "CumSum backwards",
                row,
                op(
                        "CumSum",
                        "x,a",
                        OnnxAttribute.of("reverse", 1L),
                        OnnxAttribute.of("exclusive", 1L)),
                OnnxTensor.longs("a", NONE, 1));
        add("Trilu", row, op("Trilu", "x,k"), OnnxTensor.longs("k", NONE, 1));
        add("Trilu lower", row, op("Trilu", "x", OnnxAttribute.of("upper", 0L)));
        add(
                "SpaceToDepth",
                new long[] {2, 4, 6},
                op("SpaceToDepth", "x", OnnxAttribute.of("blocksize", 2L)));
        add(
                "Einsum matrix",
                row,
                op("Einsum", "x,w", OnnxAttribute.of("equation", "bij,jk->bik")),
                weight("w", 4, 5));
        add(
                "Einsum with itself",
                row,
                op("Einsum", "x,x", OnnxAttribute.of("equation", "bij,bkj->bik")));
        add(
                "LRN",
                new long[] {5, 3, 2},
                op(
                        "LRN",
                        "x",
                        OnnxAttribute.of("size", 3L),
                        OnnxAttribute.of("alpha", 0.5f),
                        OnnxAttribute.of("beta", 0.75f),
                        OnnxAttribute.of("bias", 1.5f)));
        add(
                "GroupNormalization",
                new long[] {4, 3, 2},
                op("GroupNormalization", "x,s,b", OnnxAttribute.of("num_groups", 2L)),
                weight("s", 4),
                weight("b", 4));
        add("LpNormalization", row, op("LpNormalization", "x"));
        add("LpNormalization 1", row, op("LpNormalization", "x", OnnxAttribute.of("p", 1L)));
    }
}
