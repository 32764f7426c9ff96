package dev.bartizan.robustness.tabular;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks for cheap evasions of a network along its gradient, under the constraints of a table.
///
/// Each step takes the gradient at the row so far, ranks the variables by what their best choice
/// promises for what it costs, and asks the model for the best one, the best two, four, eight …
/// moved together. So a row that falls only when many fields move a little is found with few
/// questions. What evades is made cheaper as in {@link GreedySearch}.
final class GradientSearch {
    private static final int MOST_STEPS = 16;
    private static final double SMALL_COST = 1e-3;

    private final Predictor predictor;
    private final Slopes slopes;
    private final Constraints constraints;
    private final GreedySearch greedy;

    /// @param greedy makes cheaper what was found
    GradientSearch(
            Predictor predictor, Slopes slopes, Constraints constraints, GreedySearch greedy) {
        this.predictor = predictor;
        this.slopes = slopes;
        this.constraints = constraints;
        this.greedy = greedy;
    }

    /// The cheapest evasion found.
    Minimum search(TabularTask task) throws IOException, InterruptedException {
        Minimum best = task.known();
        for (double greed : new double[] {1, 0.5, 0}) {
            Minimum found = climb(task, greed);
            if (found.isFound()) {
                best = best.orCheaper(greedy.cheaper(task, found));
            }
        }
        return best;
    }

    private Minimum climb(TabularTask task, double greed) throws IOException, InterruptedException {
        double[] state = task.row();
        double distance = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            List<double[]> moves = together(task, state, greed);
            if (moves.isEmpty()) {
                break;
            }
            List<Answer> answers = predictor.ask(moves);
            Minimum found = GreedySearch.cheapest(constraints, task, moves, answers);
            if (found.isFound()) {
                return found;
            }
            int best = 0;
            for (int i = 1; i < moves.size(); i++) {
                boolean isFurther =
                        answers.get(i).distance(task.label())
                                > answers.get(best).distance(task.label());
                best = isFurther ? i : best;
            }
            if (answers.get(best).distance(task.label()) <= distance) {
                break;
            }
            distance = answers.get(best).distance(task.label());
            state = moves.get(best);
        }
        return Minimum.none(0);
    }

    /// A choice of one variable and what it promises.
    private record Promise(Variable variable, Variable.Choice choice, double weight) {}

    /// The best one, two, four … promises kept at once, as far as constraints and budget allow.
    private List<double[]> together(TabularTask task, double[] state, double greed)
            throws IOException, InterruptedException {
        double[] slope = slopes.at(state, task.label());
        List<Promise> promises = new ArrayList<>();
        for (Variable variable : task.variables()) {
            promise(variable, state, slope, greed).ifPresent(promises::add);
        }
        promises.sort(Comparator.comparingDouble(Promise::weight).reversed());
        List<double[]> moves = new ArrayList<>();
        double[] moved = state.clone();
        int kept = 0;
        int next = 1;
        for (int i = 0; i < promises.size(); i++) {
            double[] further = moved.clone();
            promises.get(i).variable().set(further, promises.get(i).choice());
            if (greedy.isAllowed(task, promises.get(i).variable(), further)) {
                moved = further;
                kept++;
                if (kept == next) {
                    moves.add(moved.clone());
                    next *= 2;
                }
            }
        }
        if (kept > 0 && kept * 2 != next) {
            moves.add(moved);
        }
        return moves;
    }

    private Optional<Promise> promise(
            Variable variable, double[] state, double[] slope, double greed) {
        Optional<Promise> best = Optional.empty();
        for (Variable.Choice choice : variable.choices()) {
            double gain = 0;
            for (int i = 0; i < variable.columns().size(); i++) {
                int column = variable.columns().get(i);
                gain += slope[column] * (choice.values().get(i) - state[column]);
            }
            double weight = gain / Math.pow(Math.max(choice.cost(), SMALL_COST), greed);
            if (gain > 0 && (best.isEmpty() || weight > best.get().weight())) {
                best = Optional.of(new Promise(variable, choice, weight));
            }
        }
        return best;
    }
}
