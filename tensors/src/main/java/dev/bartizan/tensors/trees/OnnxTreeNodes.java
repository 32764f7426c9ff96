package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Trees of the operators TreeEnsembleClassifier and TreeEnsembleRegressor (`ai.onnx.ml` 1 to 3):
/// one list per field over the nodes of all trees, and one per field over the weights of all
/// leaves.
final class OnnxTreeNodes {
    private final NodeValues values;
    private final List<Long> treeIds;
    private final List<Long> nodeIds;
    private final List<Long> columns;
    private final List<String> modes;
    private final List<Long> yes;
    private final List<Long> no;
    private final List<Long> tracks;
    private final double[] thresholds;
    private final int outputs;

    /// Weights of leaves by tree and node, in file order.
    private final Map<Key, List<TreeNode.Addend>> weights = new HashMap<>();

    private record Key(long tree, long node) {}

    private OnnxTreeNodes(NodeValues values, int outputs) throws FormatException {
        this.values = values;
        this.outputs = outputs;
        treeIds = values.wholes("nodes_treeids");
        nodeIds = values.wholes("nodes_nodeids");
        columns = values.wholes("nodes_featureids");
        modes = values.texts("nodes_modes");
        yes = values.wholes("nodes_truenodeids");
        no = values.wholes("nodes_falsenodeids");
        tracks = values.wholes("nodes_missing_value_tracks_true");
        thresholds =
                values.numbers(
                        values.has("nodes_values_as_tensor")
                                ? "nodes_values_as_tensor"
                                : "nodes_values");
    }

    /// The trees of a node.
    ///
    /// @param prefix `class` or `target`, which the attributes of weights begin with
    /// @param outputs numbers that leaves add to; with one, a leaf's first weight counts
    static List<DecisionTree> trees(NodeValues values, String prefix, int outputs)
            throws FormatException {
        OnnxTreeNodes nodes = new OnnxTreeNodes(values, outputs);
        nodes.checkLengths();
        nodes.readWeights(prefix);
        return nodes.trees();
    }

    private void checkLengths() throws FormatException {
        int count = treeIds.size();
        boolean isEven =
                nodeIds.size() == count
                        && columns.size() == count
                        && modes.size() == count
                        && yes.size() == count
                        && no.size() == count
                        && thresholds.length == count
                        && (tracks.isEmpty() || tracks.size() == count);
        if (!isEven || count == 0) {
            throw values.wrong("nodes_*", "one list of the same length for every field");
        }
    }

    private void readWeights(String prefix) throws FormatException {
        List<Long> trees = values.wholes(prefix + "_treeids");
        List<Long> nodes = values.wholes(prefix + "_nodeids");
        List<Long> ids = values.wholes(prefix + "_ids");
        String tensor = prefix + "_weights_as_tensor";
        double[] numbers = values.numbers(values.has(tensor) ? tensor : prefix + "_weights");
        if (nodes.size() != trees.size()
                || ids.size() != trees.size()
                || numbers.length != trees.size()) {
            throw values.wrong(prefix + "_*", "one list of the same length for every field");
        }
        for (int i = 0; i < numbers.length; i++) {
            long output = outputs == 1 ? 0 : ids.get(i);
            if (output < 0 || output >= outputs || !Double.isFinite(numbers[i])) {
                throw values.wrong(prefix + "_ids", "an output and a finite weight at " + i);
            }
            List<TreeNode.Addend> leaf =
                    weights.computeIfAbsent(
                            new Key(trees.get(i), nodes.get(i)), _ -> new ArrayList<>());
            if (outputs > 1 || leaf.isEmpty()) {
                leaf.add(new TreeNode.Addend((int) output, numbers[i]));
            }
        }
    }

    private List<DecisionTree> trees() throws FormatException {
        List<DecisionTree> trees = new ArrayList<>();
        Set<Long> done = new HashSet<>();
        for (int from = 0; from < treeIds.size(); ) {
            int to = from;
            while (to < treeIds.size() && treeIds.get(to).equals(treeIds.get(from))) {
                to++;
            }
            if (!done.add(treeIds.get(from))) {
                throw values.wrong("nodes_treeids", "grouped by tree");
            }
            trees.add(tree(from, to));
            from = to;
        }
        return trees;
    }

    private DecisionTree tree(int from, int to) throws FormatException {
        Map<Long, Integer> places = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            if (places.put(nodeIds.get(i), i - from) != null) {
                throw values.wrong("nodes_nodeids", "distinct in tree " + treeIds.get(from));
            }
        }
        List<TreeNode> nodes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            nodes.add(
                    modes.get(i).equals("LEAF")
                            ? leaf(i)
                            : new TreeNode.Split(
                                    column(i),
                                    condition(i),
                                    place(places, yes.get(i)),
                                    place(places, no.get(i))));
        }
        return TreeCheck.checked(new DecisionTree(nodes), "tree " + treeIds.get(from));
    }

    private TreeNode leaf(int i) {
        return new TreeNode.Leaf(
                weights.getOrDefault(new Key(treeIds.get(i), nodeIds.get(i)), List.of()));
    }

    private int place(Map<Long, Integer> places, long id) throws FormatException {
        Integer place = places.get(id);
        if (place == null) {
            throw values.wrong("nodes_truenodeids or nodes_falsenodeids", "a node's id: " + id);
        }
        return place;
    }

    private int column(int i) throws FormatException {
        long column = columns.get(i);
        if (column < 0 || column > OnnxTrees.MAX_COLUMNS) {
            throw values.wrong("nodes_featureids", "a column: " + column);
        }
        return (int) column;
    }

    private Condition condition(int i) throws FormatException {
        Condition.Order order =
                switch (modes.get(i)) {
                    case "BRANCH_LEQ" -> Condition.Order.AT_MOST;
                    case "BRANCH_LT" -> Condition.Order.LESS;
                    case "BRANCH_GTE" -> Condition.Order.AT_LEAST;
                    case "BRANCH_GT" -> Condition.Order.GREATER;
                    case "BRANCH_EQ" -> Condition.Order.EQUAL;
                    case "BRANCH_NEQ" -> Condition.Order.NOT_EQUAL;
                    default -> throw values.wrong("nodes_modes", "known: " + modes.get(i));
                };
        if (Double.isNaN(thresholds[i])) {
            throw values.wrong("nodes_values", "a number at " + i);
        }
        boolean isTracked = !tracks.isEmpty() && tracks.get(i) == 1;
        return new Condition.Compare(
                order, thresholds[i], Missing.nan(isTracked || order == Condition.Order.NOT_EQUAL));
    }
}
