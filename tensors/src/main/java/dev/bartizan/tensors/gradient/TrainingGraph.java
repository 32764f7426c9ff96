package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Graphs that train a classifier: its weights are inputs, a run gives them back changed, and they
/// never leave ONNX Runtime between runs.
///
/// The update is Adam: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization" (ICLR
/// 2015), algorithm 1 in the order of section 2; the correction of the bias lies in the given rate.
public final class TrainingGraph {
    /// Input: smallest and largest allowed number of every place, shaped like the examples.
    public static final String LOW = "bz.low";

    /// Input: see {@link #LOW}.
    public static final String HIGH = "bz.high";

    /// Input: how far one step of the attack goes, one number.
    public static final String STEP = "bz.step";

    /// Input: how far one update goes, one number, corrected for the bias of young averages.
    public static final String RATE = "bz.rate";

    /// Output: the examples after one step.
    public static final String NEXT = "bz.next";

    /// Output: mean cross-entropy of the examples, one number.
    public static final String LOSS = "bz.loss";

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final Map<String, Set<Integer>> TRAINED =
            Map.of(
                    "Conv", Set.of(1, 2),
                    "ConvTranspose", Set.of(1, 2),
                    "Gemm", Set.of(1, 2),
                    "MatMul", Set.of(0, 1),
                    "BatchNormalization", Set.of(1, 2),
                    "InstanceNormalization", Set.of(1, 2),
                    "LayerNormalization", Set.of(1, 2),
                    "PRelu", Set.of(1));

    private final GradientGraph graph;
    private final List<OnnxTensor> weights;

    private TrainingGraph(GradientGraph graph, List<OnnxTensor> weights) {
        this.graph = graph;
        this.weights = List.copyOf(weights);
    }

    /// Prepares a model.
    ///
    /// @throws GradientException when it has no weights that can be trained, or takes one example
    ///   at a time
    public static TrainingGraph of(GradientGraph graph) throws GradientException {
        List<OnnxTensor> weights = weights(graph.prepared());
        if (weights.isEmpty()) {
            throw new GradientException("The model has no weights of floating-point numbers");
        }
        if (!graph.takesBatches()) {
            throw new GradientException("The model does not score several examples at once");
        }
        return new TrainingGraph(graph, weights);
    }

    private static List<OnnxTensor> weights(OnnxModel model) {
        Set<String> names = new HashSet<>();
        Set<String> products = new HashSet<>();
        for (OnnxNode node : model.graph().nodes()) {
            Set<Integer> places =
                    node.opType().equals("Add")
                                    && node.inputs().stream().anyMatch(products::contains)
                            ? Set.of(0, 1)
                            : TRAINED.getOrDefault(node.opType(), Set.of());
            places.stream()
                    .filter(place -> place < node.inputs().size())
                    .forEach(place -> names.add(node.inputs().get(place)));
            if (node.opType().equals("MatMul")) {
                products.addAll(node.outputs());
            }
        }
        return model.graph().initializers().stream()
                .filter(tensor ->
                        names.contains(tensor.name())
                                && tensor.elementType() == OnnxElementType.FLOAT)
                .toList();
    }

    /// The weights that are trained, as they are.
    public List<OnnxTensor> weights() {
        return weights;
    }

    /// Name of the input of examples.
    public String input() {
        return graph.input();
    }

    /// Name of the running mean of a weight's gradient, as input; as output see {@link #next}.
    public static String mean(String weight) {
        return "bz.mean." + weight;
    }

    /// Name of the running mean of a weight's squared gradient, as input.
    public static String square(String weight) {
        return "bz.square." + weight;
    }

    /// Name of the output that becomes an input in the next run.
    public static String next(String input) {
        return "bz.new." + input;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        weights.forEach(weight -> names.add(weight.name()));
        return names;
    }

    private static OnnxValueInfo like(String name, OnnxTensor tensor) {
        return OnnxValueInfo.tensor(
                name,
                OnnxElementType.FLOAT,
                tensor.dims().stream().map(String::valueOf).toArray(String[]::new));
    }

    private List<OnnxValueInfo> inputs() {
        List<OnnxValueInfo> inputs = new ArrayList<>(graph.extraInputs(Objective.CROSS_ENTROPY));
        weights.forEach(weight -> inputs.add(like(weight.name(), weight)));
        return inputs;
    }

    /// A model that moves examples one step up the cross-entropy, within their bounds.
    ///
    /// @throws GradientException when a step has no derivative that is known
    public OnnxModel attackStep() throws GradientException {
        GraphBuilder builder = new GraphBuilder("a");
        String seed = graph.seeds(builder).of(Objective.CROSS_ENTROPY, GradientGraph.LABELS, "");
        Map<String, String> gradients = new HashMap<>();
        gradients.put(graph.input(), GradientGraph.GRADIENT);
        List<OnnxNode> nodes = graph.backward(builder, seed, gradients, names());
        String move =
                builder.op(
                        "Mul", List.of(builder.op("Sign", List.of(GradientGraph.GRADIENT)), STEP));
        String moved = builder.op("Add", List.of(graph.input(), move));
        String above = builder.op("Max", List.of(moved, LOW));
        builder.add(OnnxNode.of("Min", List.of(above, HIGH), List.of(NEXT)));
        List<OnnxValueInfo> inputs = inputs();
        String[] dims = new String[graph.rowDims().size() + 1];
        dims[0] = "bz_batch";
        for (int i = 1; i < dims.length; i++) {
            dims[i] = Long.toString(graph.rowDims().get(i - 1));
        }
        inputs.add(OnnxValueInfo.tensor(LOW, OnnxElementType.FLOAT, dims));
        inputs.add(OnnxValueInfo.tensor(HIGH, OnnxElementType.FLOAT, dims));
        inputs.add(OnnxValueInfo.tensor(STEP, OnnxElementType.FLOAT));
        return graph.model(nodes, builder, inputs, List.of(NEXT));
    }

    /// A model that moves the weights one step down the mean cross-entropy of its examples.
    ///
    /// @throws GradientException when a step has no derivative that is known
    public OnnxModel update() throws GradientException {
        GraphBuilder builder = new GraphBuilder("u");
        String rise = graph.seeds(builder).of(Objective.CROSS_ENTROPY, GradientGraph.LABELS, "");
        String rows =
                builder.op(
                        "Cast",
                        List.of(builder.op("Size", List.of(GradientGraph.LABELS))),
                        OnnxAttribute.of("to", (long) OnnxElementType.FLOAT.number()));
        String seed = builder.op("Div", List.of(rise, rows));
        Map<String, String> gradients = new HashMap<>();
        weights.forEach(weight ->
                gradients.put(weight.name(), GradientGraph.GRADIENT + "." + weight.name()));
        List<OnnxNode> nodes = graph.backward(builder, seed, gradients, names());
        List<OnnxValueInfo> inputs = inputs();
        List<String> outputs = new ArrayList<>(List.of(LOSS));
        loss(builder);
        for (OnnxTensor weight : weights) {
            inputs.add(like(mean(weight.name()), weight));
            inputs.add(like(square(weight.name()), weight));
            outputs.addAll(adam(builder, weight.name()));
        }
        inputs.add(OnnxValueInfo.tensor(RATE, OnnxElementType.FLOAT));
        return graph.model(nodes, builder, inputs, outputs);
    }

    private static void loss(GraphBuilder builder) {
        String logs =
                builder.op(
                        "LogSoftmax", List.of(GradientGraph.SCORES), OnnxAttribute.of("axis", -1L));
        String column = builder.op("Unsqueeze", List.of(GradientGraph.LABELS, builder.longs(1)));
        String right =
                builder.op("GatherElements", List.of(logs, column), OnnxAttribute.of("axis", 1L));
        String mean = builder.op("ReduceMean", List.of(right), OnnxAttribute.of("keepdims", 0L));
        builder.add(OnnxNode.of("Neg", List.of(mean), List.of(LOSS)));
    }

    private static List<String> adam(GraphBuilder builder, String weight) {
        String gradient = GradientGraph.GRADIENT + "." + weight;
        String mean = next(mean(weight));
        String square = next(square(weight));
        String squared = builder.op("Mul", List.of(gradient, gradient));
        average(builder, mean(weight), gradient, BETA_1, mean);
        average(builder, square(weight), squared, BETA_2, square);
        String size =
                builder.op(
                        "Add",
                        List.of(
                                builder.op("Sqrt", List.of(square)),
                                builder.scalar(OnnxElementType.FLOAT, EPSILON)));
        String move = builder.op("Mul", List.of(builder.op("Div", List.of(mean, size)), RATE));
        builder.add(OnnxNode.of("Sub", List.of(weight, move), List.of(next(weight))));
        return List.of(next(weight), mean, square);
    }

    private static void average(
            GraphBuilder builder, String old, String fresh, double beta, String into) {
        String kept = builder.op("Mul", List.of(old, builder.scalar(OnnxElementType.FLOAT, beta)));
        String added =
                builder.op("Mul", List.of(fresh, builder.scalar(OnnxElementType.FLOAT, 1 - beta)));
        builder.add(OnnxNode.of("Add", List.of(kept, added), List.of(into)));
    }

    /// The rate to give in a step, counted from 1, so that young averages do not count for less.
    public static double corrected(double rate, long step) {
        return rate
                * Math.sqrt(1 - Math.pow(BETA_2, (double) step))
                / (1 - Math.pow(BETA_1, (double) step));
    }
}
