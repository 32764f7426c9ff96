package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A sparse attack: A. E. Cinà, F. Villani, M. Pintor, L. Schönherr, B. Biggio, M. Pelillo,
/// "sigma-zero: gradient-based optimization of l0-norm adversarial examples" (ICLR 2025), algorithm
/// 1 with its letters. It descends on the score difference and a smooth count of changed numbers,
/// and sets changes below a threshold to zero; the threshold rises while the answer is wrong.
///
/// Changes are counted in sides of the box.
public final class SigmaZero implements MinimalAttack {
    static final String NAME = "sigma-zero";
    private static final double SIGMA = 1e-3;
    private static final double ETA_FIRST = 1;
    private static final double ETA_LAST = 0.1;
    private static final double TAU_FIRST = 0.3;
    private static final double TAU_STEP = 0.01;
    private static final double TINY = 1e-12;

    private final int steps;

    /// @param steps for each example
    public SigmaZero(int steps) {
        this.steps = steps;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.of(Norm.L0);
    }

    @Override
    public float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        int rows = examples.rows();
        int width = examples.width();
        int[] all = Rows.open(new boolean[rows]);
        int[] aims = examples.labels();
        examples.target().ifPresent(target -> Arrays.fill(aims, target));
        Objective objective =
                examples.target().isPresent() ? Objective.TARGET_MARGIN : Objective.MARGIN;
        Nearest nearest = new Nearest(examples, ball);
        float[] original = examples.values();
        float[] x = examples.values();
        double[] tau = new double[rows];
        Arrays.fill(tau, TAU_FIRST);
        for (int k = 0; k < steps; k++) {
            AttackedModel.Gradients now = model.gradient(objective, x, examples.labels(), aims);
            nearest.offer(x, all, now.scores, model.classes());
            double eta = falling(k);
            for (int row = 0; row < rows; row++) {
                double margin = examples.margin(now.scores, row, model.classes(), row);
                descend(ball, x, original, row, now.gradient, margin > 0 ? 0 : 1, eta);
                tau[row] = Math.clamp(tau[row] + (margin > 0 ? 1 : -1) * TAU_STEP * eta, 0, 1);
                for (int i = row * width; i < (row + 1) * width; i++) {
                    double change = Math.abs((double) x[i] - original[i]);
                    boolean isSmall = change < tau[row] * ball.side(i % width);
                    x[i] = isSmall ? original[i] : x[i];
                }
            }
        }
        nearest.offer(x, all, model.scores(x), model.classes());
        return nearest.points();
    }

    /// One step of length `eta` in the maximum norm, against the score difference while the answer
    /// is right, and always against the smooth count of changes.
    ///
    /// @param weight of the score difference
    private static void descend(
            Ball ball,
            float[] x,
            float[] original,
            int row,
            float[] gradient,
            double weight,
            double eta) {
        int width = ball.width();
        double[] slopes = new double[width];
        double largest = TINY;
        for (int i = 0; i < width; i++) {
            int at = row * width + i;
            double side = Math.max(ball.side(i), Float.MIN_NORMAL);
            double delta = ((double) x[at] - original[at]) / side;
            double bottom = delta * delta + SIGMA;
            double count = 2 * delta * SIGMA / (bottom * bottom) / width;
            slopes[i] = count - weight * gradient[at] * side;
            largest = Math.max(largest, Math.abs(slopes[i]));
        }
        for (int i = 0; i < width; i++) {
            int at = row * width + i;
            double side = ball.side(i);
            x[at] = ball.inBox((float) (x[at] - eta * side * slopes[i] / largest), i);
        }
    }

    private double falling(int k) {
        return ETA_LAST + (ETA_FIRST - ETA_LAST) * (1 + Math.cos(Math.PI * k / steps)) / 2;
    }
}
