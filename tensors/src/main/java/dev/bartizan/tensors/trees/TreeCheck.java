package dev.bartizan.tensors.trees;

import dev.bartizan.formats.FormatException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/// Makes sure that a tree of untrusted links is one: no node is reached twice.
final class TreeCheck {
    private TreeCheck() {}

    static DecisionTree checked(DecisionTree tree, String where) throws FormatException {
        BitSet seen = new BitSet(tree.nodes().size());
        Deque<Integer> open = new ArrayDeque<>();
        open.push(0);
        while (!open.isEmpty()) {
            int node = open.pop();
            if (seen.get(node)) {
                throw FormatException.broken(0, where + " reaches node " + node + " twice");
            }
            seen.set(node);
            if (tree.nodes().get(node) instanceof TreeNode.Split split) {
                open.push(split.yes());
                open.push(split.no());
            }
        }
        return tree;
    }
}
