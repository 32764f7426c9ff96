package dev.bartizan.robustness;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How small the smallest changes are that turn right answers.
public final class MinimalResult {
    private static final double CONFIDENCE = 0.95;
    private static final int TENTHS = 10;

    private final EvasionResult whole;
    private final double unit;
    private final Norm norm;

    /// @param whole what was found with the whole box as budget
    /// @param ball of that budget
    MinimalResult(EvasionResult whole, Ball ball) {
        this.whole = whole;
        norm = ball.norm();
        unit = norm == Norm.LINF ? ball.eps() : 1;
    }

    /// What was found with the whole box as budget.
    public EvasionResult whole() {
        return whole;
    }

    /// Size of the smallest change found for a row, in units of the examples: 0 when it is answered
    /// wrongly unchanged, infinite when none was found.
    public double size(int row) {
        if (!whole.isCleanCorrect(row)) {
            return 0;
        }
        return whole.isBroken(row) ? whole.size(row) * unit : Double.POSITIVE_INFINITY;
    }

    /// What is left of the result within a budget: changes that are larger are taken back.
    ///
    /// @param eps largest change, in units of the examples
    public EvasionResult within(double eps) {
        return whole.within(row -> size(row) <= eps, unit / Math.max(eps, Double.MIN_NORMAL), norm);
    }

    /// The middle of some sizes, where no size found counts as infinite.
    ///
    /// @param right examples that are right unchanged
    /// @param found of these, for which a change was found
    /// @param median of the sizes; empty when for half of them or more none was found
    /// @param low least value that the median of all such examples may have; empty when unbounded
    /// @param high largest; empty when unbounded
    public record Middle(
            int right, int found, OptionalDouble median, OptionalDouble low, OptionalDouble high) {
        private static Middle of(double[] sizes) {
            double[] sorted = sizes.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            int found = (int) Arrays.stream(sorted).filter(Double::isFinite).count();
            if (n == 0) {
                OptionalDouble none = OptionalDouble.empty();
                return new Middle(0, 0, none, none, none);
            }
            int below = below(n);
            return new Middle(
                    n,
                    found,
                    finite((sorted[(n - 1) / 2] + sorted[n / 2]) / 2),
                    below == 0 ? OptionalDouble.empty() : finite(sorted[below - 1]),
                    below == 0 ? OptionalDouble.empty() : finite(sorted[n - below]));
        }

        private static OptionalDouble finite(double number) {
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        }

        /// Largest `k` such that fewer than `k` of `n` fair tosses come up with at most 2.5 %: the
        /// median then lies between the k-th smallest and the k-th largest with 95 % (order
        /// statistics; W. R. Thompson, Annals of Mathematical Statistics 7, 1936). 0 when there are
        /// too few.
        private static int below(int n) {
            double sum = 0;
            int k = 0;
            double log = -n * Math.log(2);
            while (k <= n) {
                sum += Math.exp(log);
                if (sum > (1 - CONFIDENCE) / 2) {
                    return k;
                }
                log += Math.log(n - k) - Math.log(k + 1.0);
                k++;
            }
            return k;
        }
    }

    /// Over all right answers.
    public Middle middle() {
        return middle(_ -> true);
    }

    private Middle middle(IntPredicate isCounted) {
        return Middle.of(
                IntStream.range(0, whole.rows())
                        .filter(whole::isCleanCorrect)
                        .filter(isCounted)
                        .mapToDouble(this::size)
                        .toArray());
    }

    /// By class of the example.
    public Map<Integer, Middle> byClass() {
        Map<Integer, Middle> middles = new TreeMap<>();
        Arrays.stream(whole.examples().labels())
                .distinct()
                .forEach(label ->
                        middles.put(label, middle(row -> whole.examples().label(row) == label)));
        return middles;
    }

    /// A point of the curve.
    ///
    /// @param eps budget, in units of the examples
    /// @param robustCorrect answers that are right unchanged and within that budget
    public record Point(double eps, int robustCorrect) {
        /// Share of all examples, with its exact interval of 95 %.
        public Interval interval(int rows) {
            return Binomial.clopperPearson(robustCorrect, rows, CONFIDENCE);
        }
    }

    /// How many answers stay right as the budget grows: at zero and at each tenth of the sizes.
    public List<Point> curve() {
        double[] sorted =
                IntStream.range(0, whole.rows())
                        .filter(whole::isCleanCorrect)
                        .mapToDouble(this::size)
                        .sorted()
                        .toArray();
        int found = (int) Arrays.stream(sorted).filter(Double::isFinite).count();
        double[] budgets = new double[found == 0 ? 1 : TENTHS + 1];
        for (int i = 1; i < budgets.length; i++) {
            budgets[i] = sorted[Math.max(0, (int) Math.ceil((double) found * i / TENTHS) - 1)];
        }
        return Arrays.stream(budgets)
                .distinct()
                .mapToObj(eps ->
                        new Point(
                                eps,
                                (int) Arrays.stream(sorted).filter(size -> size > eps).count()))
                .toList();
    }
}
