package dev.bartizan.robustness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How many answers stay right under budgets of other sizes. Only what broke is tried with less,
/// and only what withstood with more.
public final class SecurityCurve {
    private static final double[] LESS = {0.5, 0.25, 0.125};
    private static final double[] MORE = {2, 4};

    private SecurityCurve() {}

    /// A point of it.
    ///
    /// @param factor times the budget of the result
    /// @param robustCorrect answers that are right unchanged and under attack
    public record Point(double factor, int robustCorrect) {}

    /// Points from the smallest to the largest budget, that of the result among them.
    ///
    /// @param evasion what attacks
    /// @param task of the result
    /// @param result of the task's own budget
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    public static List<Point> of(Evasion evasion, EvasionTask task, EvasionResult result)
            throws IOException, InterruptedException {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, result.cleanCorrect()));
        points.add(new Point(1, result.robustCorrect()));
        int[] broken = IntStream.range(0, result.rows()).filter(result::isBroken).toArray();
        for (double factor : LESS) {
            broken = broken(evasion, task, result, broken, factor);
            points.add(new Point(factor, result.cleanCorrect() - broken.length));
        }
        int[] open =
                IntStream.range(0, result.rows())
                        .filter(row -> result.isCleanCorrect(row) && !result.isBroken(row))
                        .toArray();
        for (double factor : MORE) {
            int[] more = broken(evasion, task, result, open, factor);
            open = without(open, more);
            points.add(new Point(factor, open.length));
        }
        points.sort(Comparator.comparingDouble(Point::factor));
        return points;
    }

    private static int[] without(int[] rows, int[] taken) {
        return Arrays.stream(rows).filter(row -> Arrays.binarySearch(taken, row) < 0).toArray();
    }

    private static int[] broken(
            Evasion evasion, EvasionTask task, EvasionResult result, int[] rows, double factor)
            throws IOException, InterruptedException {
        if (rows.length == 0) {
            return rows;
        }
        EvasionResult other =
                evasion.run(
                        task.of(result.examples().pick(rows)).within(task.ball().times(factor)),
                        EvasionListener.NONE);
        double unit = task.ball().norm() == Norm.LINF ? 1 : task.ball().eps();
        return IntStream.range(0, rows.length)
                .filter(i ->
                        other.isBroken(i)
                                || (result.isBroken(rows[i])
                                        && result.size(rows[i]) <= factor * unit))
                .map(i -> rows[i])
                .toArray();
    }
}
