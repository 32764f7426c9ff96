package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.onnx.OnnxDimension;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tree ensembles in ONNX models: TreeEnsembleClassifier, TreeEnsembleRegressor and TreeEnsemble
/// (domain `ai.onnx.ml`), as ONNX Runtime 1.28 computes them with one thread: sums in the order of
/// the trees, thresholds and sums in float32 unless the input is float64.
public final class OnnxTrees {
    static final int MAX_COLUMNS = 1 << 20;

    private static final String DOMAIN = "ai.onnx.ml";
    private static final int MAX_OUTPUTS = 10_000;
    private static final List<String> V5_AGGREGATES = List.of("AVERAGE", "SUM", "MIN", "MAX");

    /// As ONNX Runtime numbers them; the text of the standard has 1 and 2 the other way round.
    private static final List<OnnxTransform> V5_TRANSFORMS =
            List.of(
                    OnnxTransform.NONE,
                    OnnxTransform.LOGISTIC,
                    OnnxTransform.SOFTMAX,
                    OnnxTransform.SOFTMAX_ZERO,
                    OnnxTransform.PROBIT);

    private OnnxTrees() {}

    /// The ensemble that a model is, when it is one: a graph whose input goes into one node of
    /// trees, and whose answers come out of it.
    ///
    /// @param ensemble the trees
    /// @param input name of the graph's input
    /// @param label name of the value with the class, when the node has one
    /// @param scores name of the value with the scores
    public record Found(
            TreeEnsemble ensemble, String input, Optional<String> label, String scores) {}

    /// Looks for an ensemble.
    ///
    /// @return empty when the graph is something else
    /// @throws FormatException when its trees are broken
    public static Optional<Found> of(OnnxModel model) throws FormatException {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = graph.nodes().stream().filter(OnnxTrees::isEnsemble).toList();
        if (nodes.size() != 1 || graph.requiredInputs().size() != 1) {
            return Optional.empty();
        }
        OnnxNode node = nodes.getFirst();
        OnnxValueInfo input = graph.requiredInputs().getFirst();
        if (!node.inputs().equals(List.of(input.name())) || !endsHere(graph, node)) {
            return Optional.empty();
        }
        if (!(input.type() instanceof OnnxType.TensorType tensor)) {
            return Optional.empty();
        }
        Optional<Precision> precision = precision(tensor.elementType());
        if (precision.isEmpty()) {
            return Optional.empty();
        }
        boolean isClassifier = node.opType().equals("TreeEnsembleClassifier");
        return Optional.of(
                new Found(
                        ensemble(node, precision.get(), columns(tensor)),
                        input.name(),
                        isClassifier ? Optional.of(node.outputs().getFirst()) : Optional.empty(),
                        node.outputs().getLast()));
    }

    /// Whether a node is an operator of trees.
    public static boolean isEnsemble(OnnxNode node) {
        return node.domain().equals(DOMAIN)
                && switch (node.opType()) {
                    case "TreeEnsembleClassifier", "TreeEnsembleRegressor", "TreeEnsemble" -> true;
                    default -> false;
                };
    }

    private static Optional<Precision> precision(OnnxElementType type) {
        return switch (type) {
            case FLOAT, INT64, INT32 -> Optional.of(Precision.SINGLE);
            case DOUBLE -> Optional.of(Precision.DOUBLE);
            default -> Optional.empty();
        };
    }

    /// Whether what follows the trees only passes their answers on.
    private static boolean endsHere(OnnxGraph graph, OnnxNode trees) {
        Set<String> passed = new HashSet<>(trees.outputs());
        for (OnnxNode node : graph.nodes()) {
            if (isEnsemble(node)) {
                continue;
            }
            boolean passesOn =
                    switch (node.opType()) {
                        case "ZipMap", "Identity", "Cast" -> true;
                        default -> false;
                    };
            if (!passesOn || !passed.containsAll(node.inputs())) {
                return false;
            }
            passed.addAll(node.outputs());
        }
        return graph.outputs().stream().allMatch(output -> passed.contains(output.name()));
    }

    /// Columns that the input declares; 0 when it leaves them open.
    private static int columns(OnnxType.TensorType tensor) {
        List<OnnxDimension> dims = tensor.shape().orElse(List.of());
        return dims.size() == 2
                        && dims.getLast() instanceof OnnxDimension.Fixed(long size)
                        && size > 0
                        && size <= MAX_COLUMNS
                ? (int) size
                : 0;
    }

    private static TreeEnsemble ensemble(OnnxNode node, Precision precision, int declared)
            throws FormatException {
        NodeValues values = new NodeValues(node);
        return switch (node.opType()) {
            case "TreeEnsembleClassifier" ->
                    new OnnxTreeClassifier(values, precision, declared).ensemble();
            case "TreeEnsembleRegressor" -> regressor(values, precision, declared);
            default -> v5(values, precision, declared);
        };
    }

    private static int outputs(NodeValues values) throws FormatException {
        long outputs = values.whole("n_targets", 0);
        if (outputs < 1 || outputs > MAX_OUTPUTS) {
            throw values.wrong("n_targets", "between 1 and " + MAX_OUTPUTS);
        }
        return (int) outputs;
    }

    private static TreeEnsemble regressor(NodeValues values, Precision precision, int declared)
            throws FormatException {
        int outputs = outputs(values);
        List<DecisionTree> trees = OnnxTreeNodes.trees(values, "target", outputs);
        Aggregation aggregation =
                new Aggregation(
                        aggregate(values, values.text("aggregate_function", "SUM")),
                        base(values, outputs),
                        outputs == 1
                                ? Aggregation.BaseOrder.LAST
                                : Aggregation.BaseOrder.LAST_WHERE_SCORED,
                        trees.size());
        Readout readout =
                new Readout.OnnxNumbers(transform(values, values.text("post_transform", "NONE")));
        return of(precision, outputs, trees, aggregation, readout, declared);
    }

    private static TreeEnsemble v5(NodeValues values, Precision precision, int declared)
            throws FormatException {
        int outputs = outputs(values);
        List<DecisionTree> trees = OnnxTreeEnsembleNodes.trees(values, outputs);
        long aggregate = values.whole("aggregate_function", 1);
        long transform = values.whole("post_transform", 0);
        if (aggregate < 0 || aggregate >= V5_AGGREGATES.size()) {
            throw values.wrong("aggregate_function", "0 to 3");
        }
        if (transform < 0 || transform >= V5_TRANSFORMS.size()) {
            throw values.wrong("post_transform", "0 to 4");
        }
        Aggregation aggregation =
                new Aggregation(
                        aggregate(values, V5_AGGREGATES.get((int) aggregate)),
                        List.of(),
                        Aggregation.BaseOrder.LAST,
                        trees.size());
        Readout readout = new Readout.OnnxNumbers(V5_TRANSFORMS.get((int) transform));
        return of(precision, outputs, trees, aggregation, readout, declared);
    }

    static List<Double> base(NodeValues values, int outputs) throws FormatException {
        double[] base =
                values.numbers(
                        values.has("base_values_as_tensor")
                                ? "base_values_as_tensor"
                                : "base_values");
        if (base.length != 0 && base.length != outputs) {
            throw values.wrong("base_values", "one for each of " + outputs + " outputs");
        }
        List<Double> list = new ArrayList<>();
        for (double value : base) {
            if (!Double.isFinite(value)) {
                throw values.wrong("base_values", "finite");
            }
            list.add(value);
        }
        return list;
    }

    private static Aggregation.Kind aggregate(NodeValues values, String name)
            throws FormatException {
        return switch (name) {
            case "SUM" -> Aggregation.Kind.SUM;
            case "AVERAGE" -> Aggregation.Kind.AVERAGE;
            case "MIN" -> Aggregation.Kind.MIN;
            case "MAX" -> Aggregation.Kind.MAX;
            default -> throw values.wrong("aggregate_function", "known: " + name);
        };
    }

    static OnnxTransform transform(NodeValues values, String name) throws FormatException {
        for (OnnxTransform transform : OnnxTransform.values()) {
            if (transform.name().equals(name)) {
                return transform;
            }
        }
        throw values.wrong("post_transform", "known: " + name);
    }

    static TreeEnsemble of(
            Precision precision,
            int outputs,
            List<DecisionTree> trees,
            Aggregation aggregation,
            Readout readout,
            int declared)
            throws FormatException {
        int highest = -1;
        for (DecisionTree tree : trees) {
            for (TreeNode node : tree.nodes()) {
                if (node instanceof TreeNode.Split split) {
                    highest = Math.max(highest, split.column());
                }
            }
        }
        if (declared > 0 && highest >= declared) {
            throw FormatException.broken(0, "A tree asks column " + highest + " of " + declared);
        }
        return new TreeEnsemble(
                "ONNX",
                declared > 0 ? declared : highest + 1,
                List.of(),
                outputs,
                precision,
                trees,
                aggregation,
                readout);
    }
}
