package dev.bartizan.tensors.trees;

import java.util.List;

/// One tree; node 0 is the root.
///
/// @param nodes inner nodes and leaves
public record DecisionTree(List<TreeNode> nodes) {
    public DecisionTree {
        nodes = List.copyOf(nodes);
    }

    /// The leaf that a row ends in.
    ///
    /// @param row one number per column, in the precision of the ensemble
    public TreeNode.Leaf leaf(double[] row) {
        TreeNode node = nodes.getFirst();
        while (node instanceof TreeNode.Split split) {
            boolean isYes = split.condition().holds(row[split.column()]);
            node = nodes.get(isYes ? split.yes() : split.no());
        }
        return (TreeNode.Leaf) node;
    }
}
