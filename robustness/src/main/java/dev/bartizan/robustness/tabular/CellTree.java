package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.trees.DecisionTree;
import dev.bartizan.tensors.trees.TreeNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tree seen by one row: splits on what cannot change are decided, the others ask which choices
/// of a variable go which way.
final class CellTree {
    private final List<Node> nodes = new ArrayList<>();

    private sealed interface Node {}

    private record Ask(int variable, BitSet yes, int then, int otherwise) implements Node {}

    private static final class End implements Node {
        final double[] gains;

        End(double[] gains) {
            this.gains = gains;
        }
    }

    private CellTree() {}

    static CellTree of(DecisionTree tree, double[] row, List<Variable> variables, TreeGoal goal) {
        CellTree cells = new CellTree();
        int[] variableOf = new int[row.length];
        java.util.Arrays.fill(variableOf, -1);
        for (int i = 0; i < variables.size(); i++) {
            for (int column : variables.get(i).columns()) {
                variableOf[column] = i;
            }
        }
        cells.add(tree, 0, new Seen(row, variables, variableOf, goal));
        return cells;
    }

    private static final class Seen {
        final double[] row;
        final List<Variable> variables;
        final int[] variableOf;
        final TreeGoal goal;

        Seen(double[] row, List<Variable> variables, int[] variableOf, TreeGoal goal) {
            this.row = row;
            this.variables = variables;
            this.variableOf = variableOf;
            this.goal = goal;
        }
    }

    /// Adds the part of a tree below a node; returns where it begins.
    private int add(DecisionTree tree, int at, Seen seen) {
        return switch (tree.nodes().get(at)) {
            case TreeNode.Leaf leaf -> {
                nodes.add(new End(seen.goal.gains(leaf)));
                yield nodes.size() - 1;
            }
            case TreeNode.Split split -> add(tree, split, seen);
        };
    }

    private int add(DecisionTree tree, TreeNode.Split split, Seen seen) {
        int variable = seen.variableOf[split.column()];
        if (variable < 0) {
            boolean holds = split.condition().holds(seen.row[split.column()]);
            return add(tree, holds ? split.yes() : split.no(), seen);
        }
        Variable asked = seen.variables.get(variable);
        int count = asked.choices().size();
        BitSet yes = new BitSet(count);
        for (int i = 0; i < count; i++) {
            yes.set(i, split.condition().holds(asked.value(i, split.column())));
        }
        if (yes.isEmpty() || yes.cardinality() == count) {
            return add(tree, yes.isEmpty() ? split.no() : split.yes(), seen);
        }
        int place = nodes.size();
        nodes.add(new End(new double[0]));
        int then = add(tree, split.yes(), seen);
        int otherwise = add(tree, split.no(), seen);
        nodes.set(place, new Ask(variable, yes, then, otherwise));
        return place;
    }

    /// The most that reachable leaves add to each sum. Counts nodes in `work`.
    void addMost(BitSet[] box, double[] sums, long[] work) {
        double[] most = new double[sums.length];
        java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
        most(0, box, most, work);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += most[i];
        }
    }

    private void most(int at, BitSet[] box, double[] most, long[] work) {
        work[0]++;
        switch (nodes.get(at)) {
            case End end -> {
                for (int i = 0; i < most.length; i++) {
                    most[i] = Math.max(most[i], end.gains[i]);
                }
            }
            case Ask ask -> {
                BitSet whole = box[ask.variable()];
                BitSet inside = (BitSet) whole.clone();
                inside.and(ask.yes());
                if (inside.isEmpty()) {
                    most(ask.otherwise(), box, most, work);
                    return;
                }
                BitSet outside = (BitSet) whole.clone();
                outside.andNot(ask.yes());
                if (outside.isEmpty()) {
                    most(ask.then(), box, most, work);
                    return;
                }
                box[ask.variable()] = inside;
                most(ask.then(), box, most, work);
                box[ask.variable()] = outside;
                most(ask.otherwise(), box, most, work);
                box[ask.variable()] = whole;
            }
        }
    }

    /// What one point adds to a sum.
    double gain(int[] point, int sum) {
        Node node = nodes.getFirst();
        while (node instanceof Ask ask) {
            node = nodes.get(ask.yes().get(point[ask.variable()]) ? ask.then() : ask.otherwise());
        }
        return ((End) node).gains[sum];
    }

    /// A question whose answer is still open inside a box.
    ///
    /// @param variable that is asked
    /// @param yes choices for which it holds
    record Open(int variable, BitSet yes) {}

    /// The first question on a point's way that is open in a box; null when there is none.
    @Nullable Open open(int[] point, BitSet[] box) {
        Node node = nodes.getFirst();
        while (node instanceof Ask ask) {
            BitSet whole = box[ask.variable()];
            boolean isOpen = whole.intersects(ask.yes()) && !isWithin(whole, ask.yes());
            if (isOpen) {
                return new Open(ask.variable(), ask.yes());
            }
            node = nodes.get(ask.yes().get(point[ask.variable()]) ? ask.then() : ask.otherwise());
        }
        return null;
    }

    private static boolean isWithin(BitSet set, BitSet other) {
        BitSet rest = (BitSet) set.clone();
        rest.andNot(other);
        return rest.isEmpty();
    }
}
