package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.LightgbmModel;
import dev.bartizan.formats.boosted.LightgbmTree;
import java.util.ArrayList;
import java.util.List;

/// LightGBM models, by the rules of `Tree::NumericalDecision` and `Tree::CategoricalDecision`:
/// values are float64, up to the threshold goes left, a category in the set goes left and all
/// others (NaN and numbers below zero too) right; trees are added in order in float64.
public final class LightgbmTrees {
    private LightgbmTrees() {}

    /// The ensemble of a model.
    ///
    /// @throws FormatException when its objective is not known
    public static TreeEnsemble of(LightgbmModel model) throws FormatException {
        int outputs = model.treesPerIteration();
        List<DecisionTree> trees = new ArrayList<>();
        for (int i = 0; i < model.trees().size(); i++) {
            trees.add(tree(model.trees().get(i), i % outputs));
        }
        int iterations = Math.max(1, trees.size() / outputs);
        return new TreeEnsemble(
                "LightGBM",
                model.features(),
                model.featureNames().size() == model.features() ? model.featureNames() : List.of(),
                outputs,
                Precision.DOUBLE,
                trees,
                new Aggregation(
                        model.isAverage() ? Aggregation.Kind.AVERAGE : Aggregation.Kind.SUM,
                        List.of(),
                        Aggregation.BaseOrder.LAST,
                        iterations),
                readout(model, outputs));
    }

    private static DecisionTree tree(LightgbmTree tree, int output) {
        List<TreeNode> nodes = new ArrayList<>();
        int splits = tree.splits();
        for (int i = 0; i < splits; i++) {
            nodes.add(
                    new TreeNode.Split(
                            tree.feature(i),
                            condition(tree, i),
                            place(tree.left(i), splits),
                            place(tree.right(i), splits)));
        }
        for (int leaf = 0; leaf < tree.leaves(); leaf++) {
            nodes.add(TreeNode.Leaf.of(output, tree.leaf(leaf)));
        }
        return new DecisionTree(nodes);
    }

    private static int place(int child, int splits) {
        return child >= 0 ? child : splits - child - 1;
    }

    private static Condition condition(LightgbmTree tree, int node) {
        if (tree.isCategorical(node)) {
            return new Condition.Member(
                    tree.categories(node).stream().map(Integer::doubleValue).toList(),
                    Condition.Reading.TRUNCATED,
                    true,
                    false);
        }
        Missing missing =
                switch (tree.missing(node)) {
                    case NONE -> new Missing(true, false, false);
                    case ZERO -> new Missing(true, true, tree.defaultsLeft(node));
                    case NAN -> Missing.nan(tree.defaultsLeft(node));
                };
        return new Condition.Compare(Condition.Order.AT_MOST, tree.threshold(node), missing);
    }

    private static Readout readout(LightgbmModel model, int outputs) throws FormatException {
        String name = model.objective().isEmpty() ? "" : model.objective().getFirst();
        return switch (name) {
            case "binary", "cross_entropy", "xentropy" ->
                    new Readout.Linked(Link.LOGISTIC, sigmoid(model), two(outputs), 0.5);
            case "multiclass", "softmax" ->
                    new Readout.Linked(Link.SOFTMAX, 1, Readout.Task.CLASSES, 0);
            case "multiclassova", "multiclass_ova", "ova", "ovr" ->
                    new Readout.Linked(Link.LOGISTIC, sigmoid(model), Readout.Task.CLASSES, 0);
            case "poisson", "gamma", "tweedie" ->
                    new Readout.Linked(Link.EXP, 1, Readout.Task.NUMBER, 0);
            case "cross_entropy_lambda", "xentlambda" ->
                    new Readout.Linked(Link.SOFTPLUS, 1, Readout.Task.NUMBER, 0);
            case "regression", "regression_l2", "mean_squared_error", "mse", "l2" ->
                    new Readout.Linked(
                            model.objective().contains("sqrt") ? Link.SIGNED_SQUARE : Link.IDENTITY,
                            1,
                            Readout.Task.NUMBER,
                            0);
            case "",
                    "none",
                    "null",
                    "custom",
                    "na",
                    "regression_l1",
                    "l1",
                    "mae",
                    "huber",
                    "fair",
                    "quantile",
                    "mape",
                    "lambdarank",
                    "rank_xendcg" ->
                    new Readout.Linked(Link.IDENTITY, 1, Readout.Task.NUMBER, 0);
            default ->
                    throw FormatException.unsupported(
                            0, "LightGBM's objective \"" + name + "\" is not known");
        };
    }

    private static Readout.Task two(int outputs) {
        return outputs == 1 ? Readout.Task.TWO_CLASSES : Readout.Task.NUMBER;
    }

    private static double sigmoid(LightgbmModel model) throws FormatException {
        for (String word : model.objective()) {
            if (word.startsWith("sigmoid:")) {
                try {
                    double value = Double.parseDouble(word.substring("sigmoid:".length()));
                    if (value > 0 && Double.isFinite(value)) {
                        return value;
                    }
                } catch (NumberFormatException _) {
                    // told below
                }
                throw FormatException.broken(0, "The objective has \"" + word + "\"");
            }
        }
        return 1;
    }
}
