package dev.bartizan.robustness.tabular;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Looks for cheap evasions of any model by changing one variable at a time.
///
/// Each step asks for all single changes of the row so far and takes the one that brings most for
/// what it costs; restarts weigh cost less and add noise. What evades is then made cheaper: every
/// change is taken back as far as the answer allows, by choice and then by bisection.
final class GreedySearch {
    private static final int MOST_STEPS = 12;
    private static final int BISECTIONS = 24;
    private static final double SMALL_COST = 1e-3;

    private final Predictor predictor;
    private final Constraints constraints;
    private final int restarts;
    private final long mostQueries;

    /// @param restarts further runs with noise
    /// @param mostQueries rows that one task may ask for
    GreedySearch(Predictor predictor, Constraints constraints, int restarts, long mostQueries) {
        this.predictor = predictor;
        this.constraints = constraints;
        this.restarts = restarts;
        this.mostQueries = mostQueries;
    }

    /// The cheapest evasion found.
    Minimum search(TabularTask task, long seed) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        long end = predictor.queries() + mostQueries;
        Minimum best = task.known();
        for (int run = 0; run < 2 + restarts && predictor.queries() < end; run++) {
            double greed = run == 0 ? 1 : run == 1 ? 0 : random.nextDouble();
            double noise = run < 2 ? 0 : 0.5;
            Minimum found = climb(task, new Mood(greed, noise, random), end);
            if (found.isFound()) {
                best = best.orCheaper(cheaper(task, found, end));
            }
        }
        return best;
    }

    /// How a run weighs moves: gain over cost to the power of `greed`, times noise.
    private record Mood(double greed, double noise, SplittableRandom random) {
        double weigh(double gain, double cost) {
            double factor = 1 + noise * random.nextDouble(-1, 1);
            return gain * factor / Math.pow(Math.max(cost, SMALL_COST), greed);
        }
    }

    private Minimum climb(TabularTask task, Mood mood, long end)
            throws IOException, InterruptedException {
        double[] row = task.row();
        double[] state = row;
        double distance = predictor.ask(List.of(row)).getFirst().distance(task.label());
        for (int step = 0; step < MOST_STEPS && predictor.queries() < end; step++) {
            List<double[]> moves = moves(task, state);
            if (moves.isEmpty()) {
                break;
            }
            List<Answer> answers = predictor.ask(moves);
            Minimum found = cheapest(constraints, task, moves, answers);
            if (found.isFound()) {
                return found;
            }
            int best = -1;
            double bestWeight = 0;
            double paid = constraints.cost(row, state);
            for (int i = 0; i < moves.size(); i++) {
                double gain = answers.get(i).distance(task.label()) - distance;
                double extra = constraints.cost(row, moves.get(i)) - paid;
                double weight = gain > 0 ? mood.weigh(gain, extra) : 0;
                if (weight > bestWeight) {
                    best = i;
                    bestWeight = weight;
                }
            }
            if (best < 0) {
                break;
            }
            state = moves.get(best);
            distance = answers.get(best).distance(task.label());
        }
        return Minimum.none(0);
    }

    /// The cheapest of some changed rows that evade.
    static Minimum cheapest(
            Constraints constraints, TabularTask task, List<double[]> moves, List<Answer> answers) {
        Minimum best = Minimum.none(0);
        for (int i = 0; i < moves.size(); i++) {
            if (answers.get(i).label() != task.label()) {
                double cost = constraints.cost(task.row(), moves.get(i));
                best = best.orCheaper(new Minimum(moves.get(i), cost, 0));
            }
        }
        return best;
    }

    /// All rows that differ from the state in one variable, keep the constraints and the budget.
    private List<double[]> moves(TabularTask task, double[] state) {
        List<double[]> moves = new ArrayList<>();
        for (Variable variable : task.variables()) {
            for (Variable.Choice choice : variable.choices()) {
                double[] moved = state.clone();
                variable.set(moved, choice);
                addAllowed(task, state, variable, moved, moves);
            }
        }
        return moves;
    }

    private void addAllowed(
            TabularTask task,
            double[] state,
            Variable variable,
            double[] moved,
            List<double[]> moves) {
        if (!java.util.Arrays.equals(moved, state) && isAllowed(task, variable, moved)) {
            moves.add(moved);
        }
    }

    /// Whether a changed row keeps constraints and budget, perhaps after other columns followed.
    boolean isAllowed(TabularTask task, Variable variable, double[] moved) {
        double[] row = task.row();
        return constraints.repair(row, moved, variable.columns())
                && constraints.cost(row, moved) <= task.maxCost()
                && constraints.violations(row, moved).isEmpty();
    }

    /// Takes changes back as far as the answer and the questions of one task allow.
    Minimum cheaper(TabularTask task, Minimum found) throws IOException, InterruptedException {
        return cheaper(task, found, predictor.queries() + mostQueries);
    }

    /// Takes changes back as far as the answer allows.
    private Minimum cheaper(TabularTask task, Minimum found, long end)
            throws IOException, InterruptedException {
        Minimum best = found;
        boolean isBetter = true;
        while (isBetter && predictor.queries() < end) {
            List<double[]> moves = moves(task, best.row());
            double cost = best.cost();
            moves.removeIf(move -> constraints.cost(task.row(), move) >= cost);
            if (moves.isEmpty()) {
                break;
            }
            Minimum next = cheapest(constraints, task, moves, predictor.ask(moves));
            isBetter = next.isFound() && next.cost() < cost;
            best = isBetter ? next : best;
        }
        return predictor.trees().isPresent() ? best : bisect(task, best, end);
    }

    private Minimum bisect(TabularTask task, Minimum found, long end)
            throws IOException, InterruptedException {
        double[] row = task.row();
        Minimum best = found;
        for (Variable variable : task.variables()) {
            int column = variable.columns().getFirst();
            if (variable.columns().size() > 1
                    || !Constraints.isChanged(row[column], best.row()[column])) {
                continue;
            }
            double step = constraints.described().features().get(column).type().step();
            double near = row[column];
            double far = best.row()[column];
            for (int i = 0; i < BISECTIONS && predictor.queries() < end; i++) {
                double middle = near / 2 + far / 2;
                double value =
                        constraints.round(step == 0 ? middle : Math.rint(middle / step) * step);
                if (value == near || value == far) {
                    break;
                }
                double[] moved = best.row();
                moved[column] = value;
                List<double[]> allowed = new ArrayList<>();
                addAllowed(task, best.row(), variable, moved, allowed);
                boolean evades =
                        !allowed.isEmpty()
                                && predictor.ask(allowed).getFirst().label() != task.label();
                if (evades) {
                    far = value;
                    double cost = constraints.cost(row, allowed.getFirst());
                    best = best.orCheaper(new Minimum(allowed.getFirst(), cost, 0));
                } else {
                    near = value;
                }
            }
        }
        return best;
    }
}
