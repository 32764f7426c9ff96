package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.trees.Aggregation;
import dev.bartizan.tensors.trees.Precision;
import dev.bartizan.tensors.trees.Readout;
import dev.bartizan.tensors.trees.TreeEnsemble;
import dev.bartizan.tensors.trees.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When an ensemble answers something else than a class, as sums over trees: it does so only if one
/// of these sums is above minus the slack.
///
/// @param weights for each sum, the weight of each output
/// @param constants for each sum
/// @param slack what rounding in the library can make up
/// @param scale of leaves; less than 1 for averages
record TreeGoal(List<List<Double>> weights, List<Double> constants, double slack, double scale) {
    private static final double FAR = 1e30;
    private static final int BISECTIONS = 400;

    TreeGoal {
        weights = weights.stream().map(List::copyOf).toList();
        constants = List.copyOf(constants);
    }

    /// The goal of leaving a class; empty when it is no sum over trees.
    static Optional<TreeGoal> leaving(int label, TreePredictor predictor) {
        TreeEnsemble trees = predictor.ensemble();
        Aggregation how = trees.aggregation();
        boolean isSum =
                switch (how.kind()) {
                    case SUM, AVERAGE -> true;
                    case MIN, MAX -> false;
                };
        if (!isSum) {
            return Optional.empty();
        }
        double scale = how.kind() == Aggregation.Kind.AVERAGE ? 1.0 / how.divisor() : 1;
        if (predictor.isDecidedByOne()) {
            return ofOne(label, predictor, scale);
        }
        return trees.readout().task() == Readout.Task.CLASSES
                ? Optional.of(ofMany(label, trees, scale))
                : Optional.empty();
    }

    private static Optional<TreeGoal> ofOne(int label, TreePredictor predictor, double scale) {
        TreeEnsemble trees = predictor.ensemble();
        int output = predictor.decisive();
        double low = -FAR;
        double high = FAR;
        if (labelAt(low, predictor) != 0 || labelAt(high, predictor) != 1) {
            return Optional.empty();
        }
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = low / 2 + high / 2;
            if (labelAt(middle, predictor) == 1) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double sign = label == 1 ? -1 : 1;
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < trees.outputs(); i++) {
            weights.add(i == output ? sign : 0);
        }
        double constant = sign * (trees.aggregation().base(output) - high);
        return Optional.of(
                new TreeGoal(
                        List.of(weights), List.of(constant), slack(trees, Math.abs(high)), scale));
    }

    private static int labelAt(double margin, TreePredictor predictor) {
        double[] margins = new double[predictor.ensemble().outputs()];
        margins[predictor.decisive()] = predictor.round(margin);
        return predictor.label(margins);
    }

    private static TreeGoal ofMany(int label, TreeEnsemble trees, double scale) {
        List<List<Double>> weights = new ArrayList<>();
        List<Double> constants = new ArrayList<>();
        for (int other = 0; other < trees.outputs(); other++) {
            if (other == label) {
                continue;
            }
            List<Double> row = new ArrayList<>();
            for (int i = 0; i < trees.outputs(); i++) {
                row.add(i == other ? 1.0 : i == label ? -1.0 : 0.0);
            }
            weights.add(row);
            constants.add(trees.aggregation().base(other) - trees.aggregation().base(label));
        }
        return new TreeGoal(weights, constants, slack(trees, 0), scale);
    }

    /// Each of n additions is off by at most half a unit in the last place of the largest sum.
    private static double slack(TreeEnsemble trees, double size) {
        double largest = size;
        for (int i = 0; i < trees.outputs(); i++) {
            largest = Math.max(largest, size + Math.abs(trees.aggregation().base(i)));
        }
        for (var tree : trees.trees()) {
            double most = 0;
            for (TreeNode node : tree.nodes()) {
                if (node instanceof TreeNode.Leaf leaf) {
                    for (TreeNode.Addend addend : leaf.addends()) {
                        most = Math.max(most, Math.abs(addend.value()));
                    }
                }
            }
            largest += most;
        }
        double unit = trees.precision() == Precision.SINGLE ? Math.ulp(1f) : Math.ulp(1d);
        return 2 * (trees.trees().size() + 4) * unit * largest;
    }

    /// What a leaf adds to each sum.
    double[] gains(TreeNode.Leaf leaf) {
        double[] gains = new double[weights.size()];
        for (TreeNode.Addend addend : leaf.addends()) {
            for (int i = 0; i < gains.length; i++) {
                gains[i] += scale * weights.get(i).get(addend.output()) * addend.value();
            }
        }
        return gains;
    }
}
