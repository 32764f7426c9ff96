package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.SplittableRandom;

/// Steps of fixed length along the gradient, brought back into the ball: I. Goodfellow, J. Shlens,
/// C. Szegedy, "Explaining and harnessing adversarial examples" (ICLR 2015), section 4, for one
/// step; A. Madry et al., "Towards deep learning models resistant to adversarial attacks" (ICLR
/// 2018), section 2.1, for several from random starts; with the momentum of Y. Dong et al.,
/// "Boosting adversarial attacks with momentum" (CVPR 2018), algorithm 1. Aimed at the likeliest
/// wrong classes one after another where the loss says little (multi-targeted).
public final class ProjectedGradient implements Attack {
    /// All steps together may go this many radii.
    private static final double REACH = 2.5;

    private static final double TINY = 1e-30;

    private final String name;
    private final int steps;
    private final int restarts;
    private final int maxTargets;
    private final double decay;

    private ProjectedGradient(String name, int steps, int restarts, int maxTargets, double decay) {
        this.name = name;
        this.steps = steps;
        this.restarts = restarts;
        this.maxTargets = maxTargets;
        this.decay = decay;
    }

    /// One step of the whole radius on the cross-entropy, from the example itself.
    public static ProjectedGradient fast() {
        return new ProjectedGradient("fgsm", 1, 1, 0, 0);
    }

    /// Many steps on the cross-entropy, from random starts.
    public static ProjectedGradient plain(int steps, int restarts) {
        return new ProjectedGradient("pgd", steps, restarts, 0, 0);
    }

    /// Many steps along the gathered direction of all before, from the example itself.
    public static ProjectedGradient momentum(int steps) {
        return new ProjectedGradient("mi-fgsm", steps, 1, 0, 1);
    }

    /// Many steps on the score difference to each of the likeliest wrong classes.
    public static ProjectedGradient multiTargeted(int steps, int maxTargets) {
        return new ProjectedGradient("pgd-mt", steps, 1, maxTargets, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        Ascent ascent = new Ascent(model, examples, ball, new SplittableRandom(seed));
        if (maxTargets == 0) {
            Objective used =
                    examples.target().isPresent()
                            ? Objective.TARGET_MARGIN
                            : Objective.CROSS_ENTROPY;
            int[] aims = examples.target().isPresent() ? ascent.aims(0) : examples.labels();
            for (int start = 0; start < restarts; start++) {
                ascent.climb(used, aims);
            }
            return ascent.found;
        }
        int targets = examples.aimsOf(model.classes(), maxTargets);
        for (int rank = 0; rank < targets; rank++) {
            ascent.climb(Objective.DIFFERENCE, ascent.aims(rank));
        }
        return ascent.found;
    }

    private final class Ascent {
        private final AttackedModel model;
        private final Examples examples;
        private final Ball ball;
        private final Span span;
        private final SplittableRandom random;
        private final int width;
        private final int[] labels;
        private final float[] original;
        private final float[] found;
        private final boolean[] isBroken;
        private final AttackedModel.Gradients now;

        Ascent(AttackedModel model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            width = examples.width();
            labels = examples.labels();
            original = examples.values();
            found = examples.values();
            span = new Span(ball, original);
            isBroken = new boolean[examples.rows()];
            now = model.room(examples.rows());
        }

        int[] aims(int rank) throws IOException, InterruptedException {
            return examples.aims(model.scores(original), model.classes(), rank);
        }

        void climb(Objective objective, int[] aims) throws IOException, InterruptedException {
            float[] x = original.clone();
            float[] gathered = new float[decay > 0 ? x.length : 0];
            boolean isRandom = steps > 1 && decay == 0;
            for (int row = 0; row < examples.rows() && isRandom; row++) {
                shake(x, row);
            }
            for (int step = 0; step <= steps; step++) {
                int[] rows = Rows.open(isBroken);
                if (rows.length == 0) {
                    return;
                }
                model.gradient(objective, x, rows, labels, aims, now);
                for (int row : rows) {
                    keep(x, row);
                    if (decay > 0) {
                        gather(gathered, row);
                    }
                    move(x, row, decay > 0 ? gathered : now.gradient, length(step));
                }
            }
        }

        private void move(float[] x, int row, float[] slope, double length) {
            if (ball.norm() == Norm.LINF) {
                span.ascend(x, x, row, slope, (float) length);
                return;
            }
            Directions.ascend(ball, x, row, slope, length);
            ball.project(x, row, original, row);
        }

        /// Length of a step in radii: all alike, or falling along a half cosine from a whole radius
        /// where several classes are aimed at.
        private double length(int step) {
            if (maxTargets > 0) {
                return (1 + Math.cos(Math.PI * step / steps)) / 2;
            }
            return steps == 1 ? 1 : REACH / steps;
        }

        /// A random point of the ball.
        private void shake(float[] x, int row) {
            for (int i = 0; i < width; i++) {
                double way =
                        ball.norm() == Norm.LINF
                                ? random.nextDouble(-1, 1)
                                : random.nextGaussian() / Math.sqrt(width);
                x[row * width + i] += (float) (ball.radius(i) * way);
            }
            ball.project(x, row, original, row);
        }

        private void keep(float[] x, int row) {
            if (examples.isBroken(row, Scores.best(now.scores, row, model.classes()))) {
                isBroken[row] = true;
                Rows.copy(x, row, found, row, width);
            }
        }

        private void gather(float[] gathered, int row) {
            double size = TINY;
            for (int at = row * width; at < (row + 1) * width; at++) {
                size += Math.abs(now.gradient[at]);
            }
            for (int at = row * width; at < (row + 1) * width; at++) {
                gathered[at] = (float) (decay * gathered[at] + now.gradient[at] / size);
            }
        }
    }
}
