package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Trees of the operator TreeEnsemble (`ai.onnx.ml` 5): inner nodes and leaves in lists of their
/// own, trees named by their roots. A set holds a value that equals a member, as the standard says;
/// ONNX Runtime 1.28 takes some values between whole members for members too.
final class OnnxTreeEnsembleNodes {
    private static final int MEMBER = 6;
    private static final Condition.Order[] ORDERS = {
        Condition.Order.AT_MOST,
        Condition.Order.LESS,
        Condition.Order.AT_LEAST,
        Condition.Order.GREATER,
        Condition.Order.EQUAL,
        Condition.Order.NOT_EQUAL
    };

    private final NodeValues values;
    private final List<Long> columns;
    private final double[] modes;
    private final double[] splits;
    private final List<Long> yes;
    private final List<Long> no;
    private final List<Long> yesIsLeaf;
    private final List<Long> noIsLeaf;
    private final List<Long> tracks;
    private final List<Long> leafOutputs;
    private final double[] leafWeights;
    private final List<List<Double>> members = new ArrayList<>();
    private final int outputs;

    private OnnxTreeEnsembleNodes(NodeValues values, int outputs) throws FormatException {
        this.values = values;
        this.outputs = outputs;
        columns = values.wholes("nodes_featureids");
        modes = values.numbers("nodes_modes");
        splits = values.numbers("nodes_splits");
        yes = values.wholes("nodes_truenodeids");
        no = values.wholes("nodes_falsenodeids");
        yesIsLeaf = values.wholes("nodes_trueleafs");
        noIsLeaf = values.wholes("nodes_falseleafs");
        tracks = values.wholes("nodes_missing_value_tracks_true");
        leafOutputs = values.wholes("leaf_targetids");
        leafWeights = values.numbers("leaf_weights");
    }

    static List<DecisionTree> trees(NodeValues values, int outputs) throws FormatException {
        OnnxTreeEnsembleNodes nodes = new OnnxTreeEnsembleNodes(values, outputs);
        nodes.check();
        nodes.readMembers();
        List<DecisionTree> trees = new ArrayList<>();
        for (long root : values.wholes("tree_roots")) {
            trees.add(nodes.tree(root));
        }
        if (trees.isEmpty()) {
            throw values.wrong("tree_roots", "a list of trees");
        }
        return trees;
    }

    private void check() throws FormatException {
        int count = columns.size();
        if (modes.length != count
                || splits.length != count
                || yes.size() != count
                || no.size() != count
                || yesIsLeaf.size() != count
                || noIsLeaf.size() != count
                || !(tracks.isEmpty() || tracks.size() == count)
                || leafOutputs.size() != leafWeights.length) {
            throw values.wrong("nodes_*", "one list of the same length for every field");
        }
        for (int i = 0; i < leafWeights.length; i++) {
            long output = leafOutputs.get(i);
            if (output < 0 || output >= outputs || !Double.isFinite(leafWeights[i])) {
                throw values.wrong("leaf_targetids", "an output and a finite weight at " + i);
            }
        }
    }

    /// Members of each set, in node order, with NaN between sets.
    private void readMembers() throws FormatException {
        double[] all = values.numbers("membership_values");
        int at = 0;
        for (double mode : modes) {
            List<Double> own = new ArrayList<>();
            if (mode == MEMBER) {
                while (at < all.length && !Double.isNaN(all[at])) {
                    own.add(all[at++]);
                }
                at++;
                if (own.isEmpty()) {
                    throw values.wrong("membership_values", "one set for each BRANCH_MEMBER");
                }
            }
            members.add(own);
        }
    }

    private record Open(int place, long next, boolean isLeaf) {}

    private DecisionTree tree(long root) throws FormatException {
        List<TreeNode> nodes = new ArrayList<>();
        Map<Long, Integer> inner = new HashMap<>();
        List<Open> open = new ArrayList<>();
        open.add(new Open(0, root, isBareLeaf(root)));
        nodes.add(new TreeNode.Leaf(List.of()));
        while (!open.isEmpty()) {
            Open next = open.removeLast();
            if (next.isLeaf()) {
                long leaf = next.place() == 0 ? yes.get(index(root)) : next.next();
                nodes.set(next.place(), leaf(leaf));
                continue;
            }
            int i = index(next.next());
            if (inner.put(next.next(), next.place()) != null) {
                throw values.wrong("nodes_*", "a tree: node " + i + " is reached twice");
            }
            int place = nodes.size();
            nodes.set(next.place(), new TreeNode.Split(column(i), condition(i), place, place + 1));
            nodes.add(new TreeNode.Leaf(List.of()));
            nodes.add(new TreeNode.Leaf(List.of()));
            open.add(new Open(place, yes.get(i), yesIsLeaf.get(i) != 0));
            open.add(new Open(place + 1, no.get(i), noIsLeaf.get(i) != 0));
        }
        return new DecisionTree(nodes);
    }

    /// A tree of one leaf is written as a node whose two ways lead to the same leaf.
    private boolean isBareLeaf(long root) throws FormatException {
        int i = index(root);
        return yes.get(i).equals(no.get(i)) && yesIsLeaf.get(i) != 0 && noIsLeaf.get(i) != 0;
    }

    private int index(long node) throws FormatException {
        if (node < 0 || node >= columns.size()) {
            throw values.wrong("tree_roots or nodes_*nodeids", "a node: " + node);
        }
        return (int) node;
    }

    private TreeNode leaf(long leaf) throws FormatException {
        if (leaf < 0 || leaf >= leafWeights.length) {
            throw values.wrong("nodes_*nodeids", "a leaf: " + leaf);
        }
        return TreeNode.Leaf.of(
                Math.toIntExact(leafOutputs.get((int) leaf)), leafWeights[(int) leaf]);
    }

    private int column(int i) throws FormatException {
        long column = columns.get(i);
        if (column < 0 || column > OnnxTrees.MAX_COLUMNS) {
            throw values.wrong("nodes_featureids", "a column: " + column);
        }
        return (int) column;
    }

    private Condition condition(int i) throws FormatException {
        boolean isTracked = !tracks.isEmpty() && tracks.get(i) == 1;
        if (modes[i] == MEMBER) {
            return new Condition.Member(members.get(i), Condition.Reading.EXACT, true, isTracked);
        }
        if (modes[i] >= ORDERS.length || Double.isNaN(splits[i])) {
            throw values.wrong("nodes_modes or nodes_splits", "known at node " + i);
        }
        Condition.Order order = ORDERS[(int) modes[i]];
        return new Condition.Compare(
                order, splits[i], Missing.nan(isTracked || order == Condition.Order.NOT_EQUAL));
    }
}
