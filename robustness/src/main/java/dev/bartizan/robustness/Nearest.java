package dev.bartizan.robustness;

import java.util.Arrays;

/// The nearest wrongly answered point of each example so far.
final class Nearest {
    private final Examples examples;
    private final Ball ball;
    private final int width;
    private final float[] original;
    private final float[] points;
    private final double[] distances;

    Nearest(Examples examples, Ball ball) {
        this.examples = examples;
        this.ball = ball;
        width = examples.width();
        original = examples.values();
        points = examples.values();
        distances = new double[examples.rows()];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
    }

    /// Takes a point that is answered wrongly, when it is nearer than those before.
    ///
    /// @param x holds the point as a row
    /// @param at number of that row in `x`
    /// @param row of the example
    boolean offer(float[] x, int at, int row) {
        double distance = ball.size(x, at, original, row);
        if (distance >= distances[row]) {
            return false;
        }
        distances[row] = distance;
        Rows.copy(x, at, points, row, width);
        return true;
    }

    /// Takes the points that scores say are answered wrongly.
    ///
    /// @param rows of the examples, in the order of the scores
    void offer(float[] x, int[] rows, float[] scores, int classes) {
        for (int k = 0; k < rows.length; k++) {
            if (examples.isBroken(rows[k], Scores.best(scores, k, classes))) {
                offer(x, k, rows[k]);
            }
        }
    }

    /// Whether a wrongly answered point is known.
    boolean has(int row) {
        return distances[row] < Double.POSITIVE_INFINITY;
    }

    /// Distance of the nearest point; infinite without one.
    double distance(int row) {
        return distances[row];
    }

    /// The nearest points; the example itself where none is known.
    float[] points() {
        return points;
    }
}
