package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.IntUnaryOperator;

/// Checks that links between nodes make a tree: nothing is reached twice, nothing lies too deep.
final class TreeShape {
    private static final int LEAF = -1;

    private TreeShape() {}

    /// Walks from node 0.
    ///
    /// @param nodes how many inner nodes and leaves can be named
    /// @param left child of a node, or -1 when the node is a leaf
    /// @param right the other child
    /// @param deepest most steps down
    /// @param where names the tree in messages
    /// @return the nodes that are reached
    static BitSet check(
            int nodes, IntUnaryOperator left, IntUnaryOperator right, int deepest, String where)
            throws FormatException {
        BitSet seen = new BitSet(nodes);
        Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {0, 0});
        while (!open.isEmpty()) {
            int[] next = open.pop();
            int node = next[0];
            if (node < 0 || node >= nodes) {
                throw FormatException.broken(
                        0, where + " names node " + node + " of " + nodes + " as a child");
            }
            if (seen.get(node)) {
                throw FormatException.broken(0, where + " reaches node " + node + " twice");
            }
            if (next[1] > deepest) {
                throw FormatException.limit(0, where + " is deeper than " + deepest);
            }
            seen.set(node);
            if (left.applyAsInt(node) != LEAF) {
                open.push(new int[] {left.applyAsInt(node), next[1] + 1});
                open.push(new int[] {right.applyAsInt(node), next[1] + 1});
            }
        }
        return seen;
    }
}
