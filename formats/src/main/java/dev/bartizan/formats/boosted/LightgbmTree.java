package dev.bartizan.formats.boosted;

import java.util.List;
import java.util.stream.IntStream;

/// One tree of a LightGBM model. Inner nodes count from 0 (the root); a child below zero is leaf
/// `-child - 1`. A tree by shape: checked when it was read.
public final class LightgbmTree {
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_MASK = 3;

    /// What counts as a missing value at a node.
    public enum Missing {
        /// Nothing; NaN is read as zero.
        NONE,
        /// Zero, and NaN read as zero.
        ZERO,
        /// NaN.
        NAN
    }

    private final Nodes nodes;
    private final int[] categoryBounds;
    private final int[] categoryBits;

    /// Arrays by inner node, and the leaves; they become this tree's own.
    static final class Nodes {
        int[] feature = new int[0];
        double[] threshold = new double[0];
        int[] decision = new int[0];
        int[] left = new int[0];
        int[] right = new int[0];
        final double[] leaf;

        Nodes(double[] leaf) {
            this.leaf = leaf;
        }
    }

    LightgbmTree(Nodes nodes, int[] categoryBounds, int[] categoryBits) {
        this.nodes = nodes;
        this.categoryBounds = categoryBounds;
        this.categoryBits = categoryBits;
    }

    /// How many nodes ask something.
    public int splits() {
        return nodes.feature.length;
    }

    /// How many leaves.
    public int leaves() {
        return nodes.leaf.length;
    }

    /// Value of a leaf.
    public double leaf(int leaf) {
        return nodes.leaf[leaf];
    }

    /// Column that a node asks.
    public int feature(int node) {
        return nodes.feature[node];
    }

    /// Values up to it go left.
    public double threshold(int node) {
        return nodes.threshold[node];
    }

    /// Node or leaf for values up to the threshold, or in the categories.
    public int left(int node) {
        return nodes.left[node];
    }

    /// The other one.
    public int right(int node) {
        return nodes.right[node];
    }

    /// Whether a node asks for categories and not for numbers.
    public boolean isCategorical(int node) {
        return (nodes.decision[node] & CATEGORICAL) != 0;
    }

    /// Whether a missing value goes left.
    public boolean defaultsLeft(int node) {
        return (nodes.decision[node] & DEFAULT_LEFT) != 0;
    }

    /// What counts as missing at a node.
    public Missing missing(int node) {
        return switch (nodes.decision[node] >> MISSING_SHIFT & MISSING_MASK) {
            case 1 -> Missing.ZERO;
            case 2 -> Missing.NAN;
            default -> Missing.NONE;
        };
    }

    /// Categories that go left at a categorical node.
    public List<Integer> categories(int node) {
        int set = (int) nodes.threshold[node];
        int from = categoryBounds[set];
        int bits = (categoryBounds[set + 1] - from) * Integer.SIZE;
        return IntStream.range(0, bits)
                .filter(bit -> (categoryBits[from + bit / Integer.SIZE] >>> bit & 1) != 0)
                .boxed()
                .toList();
    }
}
