package dev.bartizan.robustness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The least change, in the norm of a ball and inside its box, that moves a linear function by a
/// wanted amount: the projection onto a hyperplane of F. Croce and M. Hein, "Minimally distorted
/// adversarial examples with a fast adaptive boundary attack" (ICML 2020), section 2.1.
///
/// In the maximum norm all numbers go alike, in L2 as far as they are steep, each until it meets
/// the box; in L1 the steepest go as far as they can, one after another. Loops are written so that
/// the compiler makes vectors of them.
final class PlaneStep {
    private static final float TINY = 1e-30f;
    private static final float STEEP = 1e30f;
    private static final double NEAR = 1e-6;
    private static final int MOST_PIECES = 100;

    private final Norm norm;
    private final float[] low;
    private final float[] high;
    private final float[] radius;
    private final float[] way;
    private final float[] weight;
    private final float[] limit;
    private final float[] part;
    private final float[] moves;

    PlaneStep(Ball ball) {
        norm = ball.norm();
        int width = ball.width();
        low = new float[width];
        high = new float[width];
        radius = new float[width];
        for (int i = 0; i < width; i++) {
            low[i] = ball.inBox(Float.NEGATIVE_INFINITY, i);
            high[i] = ball.inBox(Float.POSITIVE_INFINITY, i);
            radius[i] = Math.max(ball.radius(i), TINY);
        }
        way = new float[width];
        weight = new float[width];
        limit = new float[width];
        part = new float[width];
        moves = new float[width];
    }

    /// The change of each number, which stands until the next call.
    ///
    /// @param from where the change starts
    /// @param w the coefficients
    /// @param change wanted of the function
    float[] of(float[] from, float[] w, double change) {
        float sign = (float) Math.signum(change);
        for (int i = 0; i < way.length; i++) {
            way[i] = Math.signum(w[i]) * sign;
        }
        for (int i = 0; i < way.length; i++) {
            limit[i] = Math.max(way[i] * (high[i] - from[i]), way[i] * (low[i] - from[i]));
        }
        switch (norm) {
            case LINF -> together(radius, w, change);
            case L2 -> together(w, w, change);
            case L1 -> greedy(w, Math.abs(change));
            case L0 -> throw Norm.L0.unknown("the step to a plane");
        }
        return moves;
    }

    /// Size of the last change: in the maximum norm in radii.
    double size() {
        if (norm == Norm.LINF) {
            float largest = 0;
            for (int i = 0; i < moves.length; i++) {
                largest = Math.max(largest, Math.abs(moves[i]) / radius[i]);
            }
            return largest;
        }
        for (int i = 0; i < moves.length; i++) {
            part[i] = norm == Norm.L2 ? moves[i] * moves[i] : Math.abs(moves[i]);
        }
        return norm == Norm.L2 ? Math.sqrt(sum()) : sum();
    }

    /// @param speed how far a number goes for each unit of `r`, but for its sign
    private void together(float[] speed, float[] w, double change) {
        for (int i = 0; i < way.length; i++) {
            float fast = Math.max(Math.abs(speed[i]), TINY);
            way[i] = way[i] * fast;
            weight[i] = Math.abs(w[i]) * fast;
            limit[i] = Math.min(limit[i] / fast, Float.MAX_VALUE);
        }
        float r = (float) reach(Math.abs(change));
        for (int i = 0; i < moves.length; i++) {
            moves[i] = Math.min(r, limit[i]) * way[i];
        }
    }

    /// Least `r` with sum of weight_i min(r, limit_i) = change. The sum is concave and made of
    /// straight pieces, so Newton's steps from zero never overshoot, numbers that met the box stay
    /// there, and the steps end on the right piece, or where rounding hides the rest.
    private double reach(double change) {
        double r = 0;
        double missing = change;
        double slope = slope(0);
        for (int newton = 0; newton < MOST_PIECES; newton++) {
            if (slope == 0) {
                return missing > NEAR * change ? Float.MAX_VALUE : r;
            }
            double next = Math.min(r + missing / slope, Float.MAX_VALUE);
            if (!(next > r * (1 + NEAR))) {
                return Math.max(r, next);
            }
            r = next;
            double kept = slope((float) r);
            if (kept == slope) {
                return r;
            }
            slope = kept;
            missing = change - gone((float) r);
        }
        return r;
    }

    /// Sum of weight_i min(r, limit_i).
    private double gone(float r) {
        for (int i = 0; i < part.length; i++) {
            part[i] = weight[i] * Math.min(r, limit[i]);
        }
        return sum();
    }

    /// Sum of the weights of numbers that go further than `r`: a step as steep as a float allows
    /// stands for the question, so that there is no branch.
    private double slope(float r) {
        for (int i = 0; i < part.length; i++) {
            part[i] = weight[i] * Math.min(Math.max(limit[i] - r, 0) * STEEP, 1);
        }
        return sum();
    }

    /// Four sums side by side, for none waits for another.
    private double sum() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = part.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            a += part[i];
            b += part[i + 1];
            c += part[i + 2];
            d += part[i + 3];
        }
        for (int i = whole; i < part.length; i++) {
            a += part[i];
        }
        return a + b + (c + d);
    }

    private void greedy(float[] w, double change) {
        Arrays.fill(moves, 0);
        double missing = change;
        int[] order =
                IntStream.range(0, w.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(w[i])))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int i : order) {
            double steepness = Math.abs(w[i]);
            if (missing <= 0 || steepness == 0) {
                break;
            }
            double size = Math.min(missing / steepness, limit[i]);
            moves[i] = (float) (way[i] * size);
            missing -= size * steepness;
        }
    }
}
