package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// The fast minimum-norm attack: M. Pintor, F. Roli, W. Brendel, B. Biggio, "Fast minimum-norm
/// adversarial attacks through adaptive norm constraints" (NeurIPS 2021), algorithm 1 with its
/// letters. It shrinks the ball while the answer is wrong and widens it while it is right; the
/// first radius is where the linearised loss would cross zero (equation 5). Step sizes fall along a
/// cosine.
///
/// Deviations: steps are scaled by the side of the box, the first radius lies a little beyond the
/// linearised boundary, so that points do not end on it, and it begins at the example itself
/// instead of at a random point or another example.
public final class FastMinimumNorm implements MinimalAttack {
    static final String NAME = "fmn";
    private static final double ALPHA_FIRST = 1;
    private static final double ALPHA_LAST = 0.01;
    private static final double GAMMA_FIRST = 0.05;
    private static final double GAMMA_LAST = 0.001;
    private static final double TINY = 1e-12;

    private final int steps;

    /// @param steps for each example
    public FastMinimumNorm(int steps) {
        this.steps = steps;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.allOf(Norm.class);
    }

    @Override
    public float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return new Walk(model, examples, ball).run();
    }

    private final class Walk {
        private final AttackedModel model;
        private final Examples examples;
        private final Ball ball;
        private final Nearest nearest;
        private final int width;
        private final float[] original;
        private final float[] x;
        private final double[] epsilon;

        Walk(AttackedModel model, Examples examples, Ball ball) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            nearest = new Nearest(examples, ball);
            width = examples.width();
            original = examples.values();
            x = examples.values();
            epsilon = new double[examples.rows()];
            Arrays.fill(epsilon, ball.norm() == Norm.L0 ? 1 : Double.POSITIVE_INFINITY);
        }

        float[] run() throws IOException, InterruptedException {
            int[] all = Rows.open(new boolean[examples.rows()]);
            int[] aims = aims();
            Objective objective =
                    examples.target().isPresent() ? Objective.TARGET_MARGIN : Objective.MARGIN;
            for (int k = 0; k < steps; k++) {
                AttackedModel.Gradients now = model.gradient(objective, x, examples.labels(), aims);
                nearest.offer(x, all, now.scores, model.classes());
                double alpha = falling(ALPHA_FIRST, ALPHA_LAST, k);
                double gamma = falling(GAMMA_FIRST, GAMMA_LAST, k);
                for (int row = 0; row < all.length; row++) {
                    double loss = -examples.margin(now.scores, row, model.classes(), row);
                    epsilon[row] = radius(row, loss, now.gradient, gamma);
                    step(row, now.gradient, alpha);
                }
            }
            nearest.offer(x, all, model.scores(x), model.classes());
            return nearest.points();
        }

        private int[] aims() {
            int[] aims = examples.labels();
            examples.target().ifPresent(target -> Arrays.fill(aims, target));
            return aims;
        }

        /// The next radius of the ball, lines 5 to 8.
        ///
        /// @param loss below 0 when the answer is wrong
        private double radius(int row, double loss, float[] gradient, double gamma) {
            double size = ball.size(x, row, original, row);
            if (ball.norm() == Norm.L0) {
                double before = epsilon[row];
                return loss < 0
                        ? Math.max(
                                1,
                                Math.min(
                                        nearest.distance(row),
                                        Math.min(before - 1, Math.floor(before * (1 - gamma)))))
                        : Math.min(width, Math.max(before + 1, Math.floor(before * (1 + gamma))));
            }
            if (loss < 0) {
                return Math.min(epsilon[row] * (1 - gamma), nearest.distance(row));
            }
            return nearest.has(row)
                    ? epsilon[row] * (1 + gamma)
                    : size + (1 + gamma) * loss / Math.max(dual(gradient, row), TINY);
        }

        /// Size of the gradient in the dual norm; in the maximum norm in radii.
        private double dual(float[] gradient, int row) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                double slope = Math.abs(gradient[row * width + i]);
                sum =
                        switch (ball.norm()) {
                            case LINF -> sum + slope * ball.radius(i);
                            case L2 -> sum + slope * slope;
                            case L1, L0 -> Math.max(sum, slope);
                        };
            }
            return ball.norm() == Norm.L2 ? Math.sqrt(sum) : sum;
        }

        private void step(int row, float[] gradient, double alpha) {
            double size = 0;
            for (int i = 0; i < width; i++) {
                double slope = gradient[row * width + i];
                size += slope * slope;
            }
            double factor = alpha / Math.max(Math.sqrt(size), TINY);
            for (int i = 0; i < width; i++) {
                int at = row * width + i;
                x[at] += (float) (factor * ball.side(i) * gradient[at]);
            }
            ball.within(epsilon[row]).project(x, row, original, row);
        }

        private double falling(double first, double last, int k) {
            return last + (first - last) * (1 + Math.cos(Math.PI * k / steps)) / 2;
        }
    }
}
