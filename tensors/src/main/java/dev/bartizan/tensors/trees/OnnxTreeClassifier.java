package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The operator TreeEnsembleClassifier. Two classes with weights for only one of them share one
/// sum, which ONNX Runtime then reads as the chance of class 1 or as its log odds.
///
/// @param values attributes of the node
/// @param precision of the input
/// @param declared columns of the input, 0 when open
record OnnxTreeClassifier(NodeValues values, Precision precision, int declared) {
    private static final int MAX_CLASSES = 10_000;

    TreeEnsemble ensemble() throws FormatException {
        int classes =
                Math.max(
                        values.texts("classlabels_strings").size(),
                        values.wholes("classlabels_int64s").size());
        if (classes < 2 || classes > MAX_CLASSES) {
            throw values.wrong("classlabels_*", "a list of 2 to " + MAX_CLASSES + " classes");
        }
        Set<Long> weighted = new HashSet<>(values.wholes("class_ids"));
        OnnxTransform transform =
                OnnxTrees.transform(values, values.text("post_transform", "NONE"));
        if (classes > 2) {
            return several(classes, OnnxTrees.base(values, classes), transform);
        }
        double[] base =
                values.numbers(
                        values.has("base_values_as_tensor")
                                ? "base_values_as_tensor"
                                : "base_values");
        if (base.length > 2 || Arrays.stream(base).anyMatch(b -> !Double.isFinite(b))) {
            throw values.wrong("base_values", "at most two finite numbers");
        }
        return weighted.size() == 1 ? shared(base, transform) : separate(base, transform);
    }

    private TreeEnsemble several(int classes, List<Double> base, OnnxTransform transform)
            throws FormatException {
        List<DecisionTree> trees = OnnxTreeNodes.trees(values, "class", classes);
        return of(trees, classes, base, new Readout.OnnxClasses(transform));
    }

    private TreeEnsemble of(
            List<DecisionTree> trees, int outputs, List<Double> base, Readout readout)
            throws FormatException {
        Aggregation aggregation =
                new Aggregation(
                        Aggregation.Kind.SUM, base, Aggregation.BaseOrder.LAST, trees.size());
        return OnnxTrees.of(precision, outputs, trees, aggregation, readout, declared);
    }

    /// Weights for both classes. With two base values ONNX Runtime takes the second and adds the
    /// weights of the first class to it.
    private TreeEnsemble separate(double[] base, OnnxTransform transform) throws FormatException {
        List<DecisionTree> trees = OnnxTreeNodes.trees(values, "class", 2);
        return switch (base.length) {
            case 0 -> of(trees, 2, List.of(), new Readout.OnnxSecondAboveZero(transform));
            case 1 ->
                    of(trees, 2, List.of(base[0], 0.0), new Readout.OnnxSecondAboveZero(transform));
            default ->
                    of(
                            trees.stream().map(OnnxTreeClassifier::firstClass).toList(),
                            1,
                            List.of(base[1]),
                            new Readout.OnnxTwoClasses(transform, 0, Readout.Layout.OPPOSED));
        };
    }

    private static DecisionTree firstClass(DecisionTree tree) {
        return new DecisionTree(
                tree.nodes().stream()
                        .map(node ->
                                node instanceof TreeNode.Leaf leaf
                                        ? new TreeNode.Leaf(
                                                leaf.addends().stream()
                                                        .filter(addend -> addend.output() == 0)
                                                        .toList())
                                        : node)
                        .toList());
    }

    /// Weights for one class only. With weights for the second class one base value is ignored;
    /// with two, the second of them alone is the answer and the trees are ignored.
    private TreeEnsemble shared(double[] base, OnnxTransform transform) throws FormatException {
        List<DecisionTree> trees = OnnxTreeNodes.trees(values, "class", 1);
        double[] weights =
                values.numbers(
                        values.has("class_weights_as_tensor")
                                ? "class_weights_as_tensor"
                                : "class_weights");
        double cut = Arrays.stream(weights).allMatch(w -> w >= 0) ? 0.5 : 0;
        boolean isOfSecond = values.wholes("class_ids").getFirst() == 1;
        if (isOfSecond) {
            List<Double> answer = base.length == 2 ? List.of(base[1]) : List.of();
            return of(
                    base.length == 2 ? List.of() : trees,
                    1,
                    answer,
                    new Readout.OnnxTwoClasses(transform, cut, Readout.Layout.SECOND));
        }
        return of(
                trees,
                1,
                base.length == 0 ? List.of() : List.of(base[0]),
                new Readout.OnnxTwoClasses(
                        transform,
                        cut,
                        base.length == 2 ? Readout.Layout.FIRST : Readout.Layout.PAIR));
    }
}
