package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.features.FeatureDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What an attack on a table shows.
///
/// @param described the columns
/// @param rows in the order of the file
/// @param settings what was asked for
/// @param searches what each kind of search did
/// @param queries rows that the model answered
/// @param unconfirmed evasions that the file itself, asked one row at a time, did not confirm; they
///   do not count
/// @param violations evasions that broke a constraint; they do not count
public record TabularResult(
        FeatureDescription described,
        List<RowResult> rows,
        TabularSettings settings,
        List<SearchRecord> searches,
        long queries,
        int unconfirmed,
        int violations) {
    private static final int POINTS = 12;

    public TabularResult {
        rows = List.copyOf(rows);
        searches = List.copyOf(searches);
    }

    /// Whether nothing speaks against the counts.
    public boolean isTrustworthy() {
        return unconfirmed == 0 && violations == 0;
    }

    /// Rows with that outcome.
    public List<RowResult> with(RowResult.Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).toList();
    }

    /// How many rows the model answers rightly unchanged.
    public int cleanCorrect() {
        return (int) rows.stream().filter(row -> row.before().label() == row.label()).count();
    }

    /// How many of those it still answers rightly within the budget.
    public int robustCorrect() {
        return cleanCorrect() - with(RowResult.Outcome.EVADED).size();
    }

    /// Costs of the evasions, cheapest first.
    public double[] costs() {
        return rows.stream()
                .flatMap(row -> row.evasion().stream())
                .mapToDouble(RowResult.FoundEvasion::cost)
                .sorted()
                .toArray();
    }

    /// Rows that were attacked.
    public int attacked() {
        return with(RowResult.Outcome.EVADED).size() + with(RowResult.Outcome.HELD).size();
    }

    /// The middle cost of an evasion; empty when less than half of the attacked rows were evaded.
    public OptionalDouble medianCost() {
        double[] costs = costs();
        int middle = (attacked() - 1) / 2;
        return attacked() > 0 && middle < costs.length
                ? OptionalDouble.of(costs[middle])
                : OptionalDouble.empty();
    }

    /// Share of attacked rows that can be evaded at a cost.
    ///
    /// @param cost the budget
    /// @param success 0..1
    public record Point(double cost, double success) {}

    /// Success by budget, from 0 to the dearest evasion.
    public List<Point> curve() {
        double[] costs = costs();
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, share(costs, 0)));
        for (int i = 1; i <= POINTS && costs.length > 0; i++) {
            int at = Math.min(costs.length - 1, i * costs.length / POINTS);
            double cost = costs[at];
            if (cost > points.getLast().cost()) {
                points.add(new Point(cost, share(costs, cost)));
            }
        }
        return points;
    }

    private double share(double[] costs, double budget) {
        return attacked() == 0
                ? 0
                : (double) DoubleStream.of(costs).filter(c -> c <= budget).count() / attacked();
    }

    /// What counts at the threshold for rows of class 1.
    ///
    /// @param positives rows of class 1
    /// @param caughtBefore of them answered as class 1
    /// @param caughtAfter of them still so under attack
    /// @param lossBefore what slips through unchanged: the sum of the loss column, or rows
    /// @param lossAfter what slips through under attack
    public record AtThreshold(
            int positives,
            int caughtBefore,
            int caughtAfter,
            double lossBefore,
            double lossAfter) {}

    /// Recall and loss of class 1 before and after.
    ///
    /// @param losses what a row of class 1 costs when it slips through, by row
    public AtThreshold atThreshold(List<Double> losses) {
        int positives = 0;
        int before = 0;
        int after = 0;
        double lossBefore = 0;
        double lossAfter = 0;
        for (RowResult row : rows) {
            if (row.label() != 1) {
                continue;
            }
            positives++;
            boolean isCaught = row.before().label() == 1;
            boolean isKept = isCaught && row.outcome() != RowResult.Outcome.EVADED;
            before += isCaught ? 1 : 0;
            after += isKept ? 1 : 0;
            double loss = losses.get(row.row());
            lossBefore += isCaught ? 0 : loss;
            lossAfter += isKept ? 0 : loss;
        }
        return new AtThreshold(positives, before, after, lossBefore, lossAfter);
    }
}
