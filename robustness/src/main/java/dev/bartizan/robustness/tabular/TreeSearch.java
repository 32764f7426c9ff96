package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.trees.DecisionTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The cheapest evasion of a tree ensemble by best-first branch and bound.
///
/// A box gives every variable a set of choices. Its cheapest point is a lower bound on the cost of
/// all its points; the sums of the highest reachable leaves are an upper bound on how far the
/// answer can move. Boxes leave a queue cheapest first: the first whose cheapest point evades is a
/// minimum, because every other box costs at least as much; boxes that cannot evade are dropped;
/// others are halved at a question of the tree that leaves most open. When the work runs out, the
/// cheapest box in the queue is still a lower bound.
final class TreeSearch {
    private final TreePredictor predictor;
    private final Constraints constraints;
    private final double[] row;
    private final int label;
    private final List<Variable> variables;
    private final TreeGoal goal;
    private final List<CellTree> trees = new ArrayList<>();
    private final long[] work = new long[1];

    private TreeSearch(
            TreePredictor predictor, Constraints constraints, TabularTask task, TreeGoal goal) {
        this.predictor = predictor;
        this.constraints = constraints;
        this.row = task.row();
        this.label = task.label();
        this.variables = task.variables();
        this.goal = goal;
        for (DecisionTree tree : predictor.ensemble().trees()) {
            trees.add(CellTree.of(tree, predictor.ensemble().rounded(row), variables, goal));
        }
    }

    /// Searches.
    ///
    /// @param task the row, with the cheapest evasion that is known already
    /// @param most tree nodes to look at
    /// @return that evasion or a cheaper one, with a lower bound
    static Minimum search(
            TreePredictor predictor, Constraints constraints, TabularTask task, long most) {
        Optional<TreeGoal> goal = TreeGoal.leaving(task.label(), predictor);
        if (goal.isEmpty()) {
            return task.known();
        }
        return new TreeSearch(predictor, constraints, task, goal.get())
                .run(task.known(), task.maxCost(), most);
    }

    private static final class Box {
        final BitSet[] sets;
        final double cost;

        Box(BitSet[] sets, double cost) {
            this.sets = sets;
            this.cost = cost;
        }
    }

    private Minimum run(Minimum known, double maxCost, long most) {
        PriorityQueue<Box> queue = new PriorityQueue<>(Comparator.comparingDouble(b -> b.cost));
        BitSet[] all = new BitSet[variables.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new BitSet();
            all[i].set(0, variables.get(i).choices().size());
        }
        queue.add(new Box(all, 0));
        Minimum best = known;
        while (!queue.isEmpty()) {
            Box box = queue.remove();
            if (box.cost >= best.cost() || box.cost > maxCost || work[0] > most) {
                return best.orCheaper(Minimum.none(box.cost));
            }
            int[] point = cheapest(box);
            double[] changed = at(point);
            if (predictor.answer(changed).label() != label) {
                Minimum found = accept(changed, point, box.cost);
                if (found.isExact()) {
                    return found;
                }
                return best.orCheaper(found);
            }
            halve(box, point, queue);
        }
        return best.isFound()
                ? best.orCheaper(Minimum.none(best.cost()))
                : Minimum.none(Double.POSITIVE_INFINITY);
    }

    /// The point as an evasion. Where it breaks a relation between columns it only bounds the cost.
    private Minimum accept(double[] changed, int[] point, double cost) {
        double paid = constraints.cost(row, changed);
        if (constraints.violations(row, changed).isEmpty()) {
            return new Minimum(changed, paid, paid);
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < point.length; i++) {
            if (point[i] != 0) {
                kept.addAll(variables.get(i).columns());
            }
        }
        boolean isRepaired =
                constraints.repair(row, changed, kept)
                        && constraints.violations(row, changed).isEmpty()
                        && predictor.answer(changed).label() != label;
        return isRepaired
                ? new Minimum(changed, constraints.cost(row, changed), cost)
                : Minimum.none(cost);
    }

    private int[] cheapest(Box box) {
        int[] point = new int[variables.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = box.sets[i].nextSetBit(0);
        }
        return point;
    }

    private double[] at(int[] point) {
        double[] changed = row.clone();
        for (int i = 0; i < point.length; i++) {
            if (point[i] != 0) {
                variables.get(i).set(changed, variables.get(i).choices().get(point[i]));
            }
        }
        return changed;
    }

    private void halve(Box box, int[] point, PriorityQueue<Box> queue) {
        int sums = goal.constants().size();
        double[] totals = new double[sums];
        double[][] most = new double[trees.size()][sums];
        for (int i = 0; i < sums; i++) {
            totals[i] = goal.constants().get(i);
        }
        for (int t = 0; t < most.length; t++) {
            trees.get(t).addMost(box.sets, most[t], work);
            for (int i = 0; i < sums; i++) {
                totals[i] += most[t][i];
            }
        }
        int best = 0;
        for (int i = 1; i < sums; i++) {
            best = totals[i] > totals[best] ? i : best;
        }
        if (totals[best] < -goal.slack()) {
            return;
        }
        CellTree.Open open = widest(box, point, most, best);
        if (open != null) {
            split(box, open, queue);
        }
    }

    /// The open question of the tree whose leaf at the point is furthest from its best.
    private CellTree.@Nullable Open widest(Box box, int[] point, double[][] most, int sum) {
        CellTree.Open widest = null;
        double gap = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < most.length; t++) {
            double own = most[t][sum] - trees.get(t).gain(point, sum);
            if (own > gap) {
                CellTree.Open open = trees.get(t).open(point, box.sets);
                if (open != null) {
                    widest = open;
                    gap = own;
                }
            }
        }
        return widest;
    }

    private void split(Box box, CellTree.Open open, PriorityQueue<Box> queue) {
        BitSet inside = (BitSet) box.sets[open.variable()].clone();
        BitSet outside = (BitSet) inside.clone();
        inside.and(open.yes());
        outside.andNot(open.yes());
        List<Variable.Choice> choices = variables.get(open.variable()).choices();
        double before = choices.get(box.sets[open.variable()].nextSetBit(0)).cost();
        for (BitSet part : List.of(inside, outside)) {
            BitSet[] sets = box.sets.clone();
            sets[open.variable()] = part;
            double after = choices.get(part.nextSetBit(0)).cost();
            queue.add(new Box(sets, box.cost - before + after));
        }
    }
}
