package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.XgboostModel;
import dev.bartizan.formats.boosted.XgboostTree;
import java.util.ArrayList;
import java.util.List;

/// XGBoost models, by the rules of its CPU predictor (`predict_fn.h`, `regression_loss.h`): values
/// are float32, smaller than the condition goes left, NaN takes the default way, categories in the
/// set go right and all others left; a margin begins with the base score and adds the trees in
/// order, each addition in float32. A `dart` tree counts its leaf times its weight, rounded once.
public final class XgboostTrees {
    private XgboostTrees() {}

    /// The ensemble of a model.
    ///
    /// @throws FormatException when its objective is not known
    public static TreeEnsemble of(XgboostModel model) throws FormatException {
        Objective objective = objective(model);
        List<Double> base = new ArrayList<>();
        for (int i = 0; i < model.outputs(); i++) {
            float score = model.baseScores().get(model.baseScores().size() == 1 ? 0 : i);
            float margin = objective.margin(score);
            if (!Float.isFinite(margin)) {
                throw FormatException.broken(
                        0, "base_score " + score + " is out of range for " + model.objective());
            }
            base.add((double) margin);
        }
        List<DecisionTree> trees = new ArrayList<>();
        for (int i = 0; i < model.trees().size(); i++) {
            float weight = model.weights().isEmpty() ? 1 : model.weights().get(i);
            trees.add(tree(model.trees().get(i), model.groups().get(i), weight));
        }
        return new TreeEnsemble(
                "XGBoost",
                model.features(),
                model.featureNames(),
                model.outputs(),
                Precision.SINGLE,
                trees,
                new Aggregation(Aggregation.Kind.SUM, base, Aggregation.BaseOrder.FIRST, 1),
                objective.readout(model.outputs()));
    }

    private static DecisionTree tree(XgboostTree tree, int group, float weight) {
        List<TreeNode> nodes = new ArrayList<>();
        for (int i = 0; i < tree.nodes(); i++) {
            nodes.add(
                    tree.isLeaf(i)
                            ? TreeNode.Leaf.of(group, weight * tree.condition(i))
                            : new TreeNode.Split(
                                    tree.feature(i),
                                    condition(tree, i),
                                    tree.left(i),
                                    tree.right(i)));
        }
        return new DecisionTree(nodes);
    }

    private static Condition condition(XgboostTree tree, int node) {
        boolean defaultsLeft = tree.defaultsLeft(node);
        return tree.categories(node)
                .<Condition>map(right ->
                        new Condition.Member(
                                right.stream().map(Integer::doubleValue).toList(),
                                Condition.Reading.FROM_ZERO,
                                false,
                                defaultsLeft))
                .orElseGet(() ->
                        new Condition.Compare(
                                Condition.Order.LESS,
                                tree.condition(node),
                                Missing.nan(defaultsLeft)));
    }

    /// How base scores become margins, and margins answers.
    private enum Objective {
        NUMBER(Link.IDENTITY, Readout.Task.NUMBER, 0),
        LOG_NUMBER(Link.EXP, Readout.Task.NUMBER, 0),
        CHANCE(Link.LOGISTIC, Readout.Task.TWO_CLASSES, 0.5),
        RAW_CHANCE(Link.IDENTITY, Readout.Task.TWO_CLASSES, 0),
        HINGE(Link.STEP, Readout.Task.TWO_CLASSES, 0.5),
        CLASSES(Link.SOFTMAX, Readout.Task.CLASSES, 0);

        private final Link link;
        private final Readout.Task task;
        private final double cut;

        Objective(Link link, Readout.Task task, double cut) {
            this.link = link;
            this.task = task;
            this.cut = cut;
        }

        /// The margin of a base score in float32.
        float margin(float score) {
            return switch (this) {
                case NUMBER, HINGE, CLASSES -> score;
                case CHANCE, RAW_CHANCE -> -(float) Math.log(1.0f / score - 1.0f);
                case LOG_NUMBER -> (float) Math.log(score);
            };
        }

        Readout readout(int outputs) {
            boolean isSeveral = outputs > 1 && task != Readout.Task.CLASSES;
            return new Readout.Linked(link, 1, isSeveral ? Readout.Task.NUMBER : task, cut);
        }
    }

    private static Objective objective(XgboostModel model) throws FormatException {
        return switch (model.objective()) {
            case "binary:logistic" -> Objective.CHANCE;
            case "binary:logitraw" -> Objective.RAW_CHANCE;
            case "binary:hinge" -> Objective.HINGE;
            case "multi:softmax", "multi:softprob" -> Objective.CLASSES;
            case "reg:logistic" -> Objective.CHANCE;
            case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" ->
                    Objective.LOG_NUMBER;
            case "reg:squarederror",
                    "reg:linear",
                    "reg:squaredlogerror",
                    "reg:pseudohubererror",
                    "reg:absoluteerror",
                    "reg:quantileerror",
                    "rank:pairwise",
                    "rank:ndcg",
                    "rank:map" ->
                    Objective.NUMBER;
            default ->
                    throw FormatException.unsupported(
                            0, "XGBoost's objective \"" + model.objective() + "\" is not known");
        };
    }
}
