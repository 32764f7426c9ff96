package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.tensors.trees.Aggregation;
import dev.bartizan.tensors.trees.Condition;
import dev.bartizan.tensors.trees.DecisionTree;
import dev.bartizan.tensors.trees.Link;
import dev.bartizan.tensors.trees.Missing;
import dev.bartizan.tensors.trees.Precision;
import dev.bartizan.tensors.trees.Readout;
import dev.bartizan.tensors.trees.TreeEnsemble;
import dev.bartizan.tensors.trees.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random ensembles over columns whose domains are small enough to try every value.
final class RandomTables {
    static final int COLUMNS = 6;

    private static final List<Feature.Direction> DIRECTIONS = List.of(Feature.Direction.values());
    private static final List<Condition.Order> ORDERS = List.of(Condition.Order.values());
    private static final List<Condition.Reading> READINGS = List.of(Condition.Reading.values());

    private final Random random;

    RandomTables(long seed) {
        random = new Random(seed);
    }

    /// Two whole numbers, a flag, and a group of three.
    FeatureDescription described() {
        List<Feature> features = new ArrayList<>();
        features.add(feature("a", Feature.Type.INTEGER, 6, ""));
        features.add(feature("b", Feature.Type.INTEGER, 5, ""));
        features.add(feature("c", Feature.Type.FLAG, 1, ""));
        for (int i = 0; i < 3; i++) {
            features.add(feature("g" + i, Feature.Type.FLAG, 1, "g"));
        }
        return new FeatureDescription(features, List.of(), "EUR");
    }

    private Feature feature(String name, Feature.Type type, double max, String group) {
        Feature.Direction direction =
                random.nextInt(3) > 0
                        ? Feature.Direction.BOTH
                        : DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
        return new Feature(
                name,
                type,
                0,
                max,
                new Feature.Change(direction, ""),
                random.nextInt(5) == 0 ? 0 : random.nextInt(1, 20),
                group,
                "");
    }

    double[] row() {
        double[] row = new double[COLUMNS];
        row[0] = random.nextInt(7);
        row[1] = random.nextInt(6);
        row[2] = random.nextInt(2);
        row[3 + random.nextInt(3)] = 1;
        return row;
    }

    TreeEnsemble ensemble() {
        int outputs = random.nextInt(3) == 0 ? 3 : 1;
        List<DecisionTree> trees = new ArrayList<>();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            List<TreeNode> nodes = new ArrayList<>();
            grow(nodes, random.nextInt(4), random.nextInt(outputs));
            trees.add(new DecisionTree(nodes));
        }
        Readout readout =
                outputs == 1
                        ? new Readout.Linked(Link.LOGISTIC, 1, Readout.Task.TWO_CLASSES, 0.5)
                        : new Readout.Linked(Link.SOFTMAX, 1, Readout.Task.CLASSES, 0);
        List<Double> base = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            base.add((double) (float) (random.nextGaussian() / 4));
        }
        return new TreeEnsemble(
                "test",
                COLUMNS,
                List.of(),
                outputs,
                random.nextBoolean() ? Precision.SINGLE : Precision.DOUBLE,
                trees,
                new Aggregation(Aggregation.Kind.SUM, base, Aggregation.BaseOrder.FIRST, 1),
                readout);
    }

    private int grow(List<TreeNode> nodes, int depth, int output) {
        int place = nodes.size();
        nodes.add(TreeNode.Leaf.of(output, (float) random.nextGaussian()));
        if (depth > 0) {
            int yes = grow(nodes, depth - 1, output);
            int no = grow(nodes, random.nextInt(depth), output);
            nodes.set(place, new TreeNode.Split(random.nextInt(COLUMNS), condition(), yes, no));
        }
        return place;
    }

    private Condition condition() {
        if (random.nextInt(5) == 0) {
            return new Condition.Member(
                    List.of((double) random.nextInt(3), (double) random.nextInt(6)),
                    READINGS.get(random.nextInt(READINGS.size())),
                    random.nextBoolean(),
                    false);
        }
        return new Condition.Compare(
                ORDERS.get(random.nextInt(ORDERS.size())),
                random.nextInt(2) == 0 ? random.nextInt(6) : random.nextInt(12) / 2.0,
                Missing.nan(random.nextBoolean()));
    }
}
