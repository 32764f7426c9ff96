package dev.bartizan.tensors.trees;

import java.util.List;

/// A node of a decision tree.
public sealed interface TreeNode {
    /// Asks about a column and goes on.
    ///
    /// @param column of the input
    /// @param condition what is asked
    /// @param yes index of the node where it holds
    /// @param no index of the node where it does not
    record Split(int column, Condition condition, int yes, int no) implements TreeNode {}

    /// Adds to outputs and ends.
    record Leaf(List<Addend> addends) implements TreeNode {
        public Leaf {
            addends = List.copyOf(addends);
        }

        /// A leaf that adds to one output.
        public static Leaf of(int output, double value) {
            return new Leaf(List.of(new Addend(output, value)));
        }
    }

    /// A number for one output.
    record Addend(int output, double value) {}
}
