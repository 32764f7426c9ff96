package dev.bartizan.formats.boosted;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One tree of an XGBoost model; node 0 is the root. A tree by shape: checked when it was read.
public final class XgboostTree {
    private final Nodes nodes;
    private final Map<Integer, List<Integer>> categories;

    /// Arrays by node; they become this tree's own.
    static final class Nodes {
        final int[] left;
        final int[] right;
        final int[] feature;
        final float[] condition;
        final boolean[] defaultLeft;

        Nodes(int[] left, int[] right, int[] feature, float[] condition, boolean[] defaultLeft) {
            this.left = left;
            this.right = right;
            this.feature = feature;
            this.condition = condition;
            this.defaultLeft = defaultLeft;
        }

        /// Whether all lists are as long as the first.
        boolean areEven() {
            int count = left.length;
            return right.length == count
                    && feature.length == count
                    && condition.length == count
                    && defaultLeft.length == count;
        }
    }

    XgboostTree(Nodes nodes, Map<Integer, List<Integer>> categories) {
        this.nodes = nodes;
        this.categories = Map.copyOf(categories);
    }

    /// How many nodes the file lists; some may be unreachable.
    public int nodes() {
        return nodes.left.length;
    }

    /// Whether a node has no children.
    public boolean isLeaf(int node) {
        return nodes.left[node] < 0;
    }

    /// Node that a row goes to when its value is below the condition.
    public int left(int node) {
        return nodes.left[node];
    }

    /// Node that a row goes to otherwise.
    public int right(int node) {
        return nodes.right[node];
    }

    /// Column that a node asks.
    public int feature(int node) {
        return nodes.feature[node];
    }

    /// What a value is compared with; of a leaf its value.
    public float condition(int node) {
        return nodes.condition[node];
    }

    /// Whether a missing value goes left.
    public boolean defaultsLeft(int node) {
        return nodes.defaultLeft[node];
    }

    /// Categories that go right at a node; empty when it compares numbers.
    public Optional<List<Integer>> categories(int node) {
        return Optional.ofNullable(categories.get(node));
    }
}
