package dev.bartizan.robustness;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The least change, in the norm of a ball and inside its box, that moves a linear function by a
/// wanted amount: the projection onto a hyperplane of F. Croce and M. Hein, "Minimally distorted
/// adversarial examples with a fast adaptive boundary attack" (ICML 2020), section 2.1.
final class PlaneStep {
    private static final int MAX_NEWTON = 30;

    private final double[] steepness;
    private final double[] speed;
    private final double[] room;
    private final boolean[] isUp;
    private final double change;

    private PlaneStep(Ball ball, float[] from, float[] w, int offset, double change) {
        int width = from.length;
        steepness = new double[width];
        speed = new double[width];
        room = new double[width];
        isUp = new boolean[width];
        this.change = change;
        boolean isEven = ball.norm() == Norm.LINF;
        for (int i = 0; i < width; i++) {
            isUp[i] = w[offset + i] > 0 == change > 0;
            steepness[i] = Math.abs(w[offset + i]);
            speed[i] = isEven ? ball.radius(i) : steepness[i];
            room[i] = ball.room(from[i], i, isUp[i]);
        }
    }

    /// @param from where the change starts
    /// @param w holds the coefficients
    /// @param offset of the first coefficient in `w`
    /// @param change wanted of the function
    static double[] of(Ball ball, float[] from, float[] w, int offset, double change) {
        PlaneStep step = new PlaneStep(ball, from, w, offset, change);
        return ball.norm() == Norm.L1 ? step.greedy() : step.even();
    }

    /// How far a number goes for each unit of `r`: all alike in the maximum norm, as steep as they
    /// are in L2.
    private double[] even() {
        double r = reach();
        double[] moves = new double[steepness.length];
        for (int i = 0; i < moves.length; i++) {
            double size = steepness[i] == 0 ? 0 : Math.min(r * speed[i], room[i]);
            moves[i] = isUp[i] ? size : -size;
        }
        return moves;
    }

    /// Least `r` with sum of |w_i| min(r speed_i, room_i) = |change|. The sum is concave and made
    /// of straight pieces, so Newton's steps from zero never overshoot and end on the right piece.
    private double reach() {
        double r = 0;
        for (int step = 0; step < MAX_NEWTON; step++) {
            double gain = 0;
            double slope = 0;
            for (int i = 0; i < steepness.length; i++) {
                double wanted = r * speed[i];
                boolean isFree = wanted < room[i];
                gain += steepness[i] * (isFree ? wanted : room[i]);
                slope += isFree ? steepness[i] * speed[i] : 0;
            }
            double missing = Math.abs(change) - gain;
            if (missing <= 1e-9 * Math.abs(change) || slope == 0) {
                return r;
            }
            r += missing / slope;
        }
        return r;
    }

    /// In L1 the steepest numbers go as far as they can, one after another.
    private double[] greedy() {
        double[] moves = new double[steepness.length];
        double missing = Math.abs(change);
        int[] order =
                IntStream.range(0, steepness.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -steepness[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int i : order) {
            if (missing <= 0 || steepness[i] == 0) {
                break;
            }
            double size = Math.min(missing / steepness[i], room[i]);
            moves[i] = isUp[i] ? size : -size;
            missing -= size * steepness[i];
        }
        return moves;
    }
}
