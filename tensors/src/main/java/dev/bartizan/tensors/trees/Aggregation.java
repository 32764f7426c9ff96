package dev.bartizan.tensors.trees;

import java.util.List;

/// How leaves become one number per output. Sums run over the trees in file order, each addition
/// rounded in the ensemble's precision.
///
/// @param kind what is done
/// @param base constants per output; empty for none
/// @param baseOrder when the constant is added
/// @param divisor what the sum of an average is divided by
public record Aggregation(Kind kind, List<Double> base, BaseOrder baseOrder, int divisor) {
    /// What is done with the leaves of one output.
    public enum Kind {
        SUM,
        AVERAGE,
        MIN,
        MAX
    }

    /// When the constant of an output is added.
    public enum BaseOrder {
        /// The sum starts with it.
        FIRST,
        /// After the trees.
        LAST,
        /// After the trees, and only where a leaf added something; otherwise the output is 0.
        LAST_WHERE_SCORED
    }

    public Aggregation {
        base = List.copyOf(base);
    }

    /// The constant of an output, 0 when there is none.
    public double base(int output) {
        return base.isEmpty() ? 0 : base.get(output);
    }

    double[] apply(List<DecisionTree> trees, double[] row, int outputs, Precision precision) {
        double[] sums = new double[outputs];
        boolean[] isSet = new boolean[outputs];
        boolean isBaseFirst = baseOrder == BaseOrder.FIRST;
        if (isBaseFirst) {
            for (int i = 0; i < outputs; i++) {
                sums[i] = base(i);
            }
        }
        for (DecisionTree tree : trees) {
            for (TreeNode.Addend addend : tree.leaf(row).addends()) {
                int at = addend.output();
                sums[at] =
                        isSet[at] || isBaseFirst ? add(sums[at], addend, precision) : first(addend);
                isSet[at] = true;
            }
        }
        for (int i = 0; i < outputs; i++) {
            if (kind == Kind.AVERAGE) {
                sums[i] = precision.divide(sums[i], divisor);
            }
            boolean isDue = baseOrder == BaseOrder.LAST || isSet[i];
            if (isDue && !isBaseFirst && !base.isEmpty()) {
                sums[i] = precision.add(sums[i], base(i));
            }
        }
        return sums;
    }

    /// A sum starts at zero, which turns -0.0 into 0.0.
    private double first(TreeNode.Addend addend) {
        return kind == Kind.MIN || kind == Kind.MAX ? addend.value() : 0 + addend.value();
    }

    private double add(double sum, TreeNode.Addend addend, Precision precision) {
        return switch (kind) {
            case SUM, AVERAGE -> precision.add(sum, addend.value());
            case MIN -> addend.value() < sum ? addend.value() : sum;
            case MAX -> addend.value() > sum ? addend.value() : sum;
        };
    }
}
