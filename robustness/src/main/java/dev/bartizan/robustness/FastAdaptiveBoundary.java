package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.SplittableRandom;

/// The targeted fast adaptive boundary attack: F. Croce and M. Hein, "Minimally distorted
/// adversarial examples with a fast adaptive boundary attack" (ICML 2020), algorithm 1 with its
/// letters, one target class after another. It walks along the decision boundary towards the
/// example, which helps where the loss says little.
///
/// Distances are counted in radii of the ball: an example nearer than 1 is broken, and is then left
/// alone instead of being brought nearer.
public final class FastAdaptiveBoundary implements Attack {
    private static final double ALPHA_MAX = 0.1;
    private static final float ETA = 1.05f;
    private static final double BETA = 0.9;

    private final int steps;
    private final int maxTargets;

    /// @param steps for each target
    /// @param maxTargets likeliest wrong classes that are tried
    public FastAdaptiveBoundary(int steps, int maxTargets) {
        this.steps = steps;
        this.maxTargets = maxTargets;
    }

    @Override
    public String name() {
        return "fab-t";
    }

    @Override
    public float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        Walk walk = new Walk(model, examples, ball, new SplittableRandom(seed));
        int targets = examples.aimsOf(model.classes(), maxTargets);
        float[] scores = model.scores(examples.values());
        for (int rank = 0; rank < targets; rank++) {
            walk.towards(examples.aims(scores, model.classes(), rank));
        }
        return walk.found;
    }

    private final class Walk {
        private final AttackedModel model;
        private final Examples examples;
        private final Ball ball;
        private final SplittableRandom random;
        private final int width;
        private final float[] original;
        private final float[] found;
        private final boolean[] isBroken;
        private final int[] labels;
        private final AttackedModel.Gradients now;
        private final PlaneStep step;
        private final PlaneStep jump;
        private final float[] point;
        private final float[] start;
        private final float[] slope;

        Walk(AttackedModel model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            width = examples.width();
            original = examples.values();
            found = examples.values();
            isBroken = new boolean[examples.rows()];
            labels = examples.labels();
            now = model.room(examples.rows());
            step = new PlaneStep(ball);
            jump = new PlaneStep(ball);
            point = new float[width];
            start = new float[width];
            slope = new float[width];
        }

        void towards(int[] targets) throws IOException, InterruptedException {
            float[] x = started();
            for (int i = 0; i < steps; i++) {
                int[] rows = Rows.open(isBroken);
                if (rows.length == 0) {
                    return;
                }
                model.gradient(Objective.DIFFERENCE, x, rows, labels, targets, now);
                for (int row : rows) {
                    int at = row * model.classes();
                    double difference =
                            (double) now.scores[at + targets[row]] - now.scores[at + labels[row]];
                    move(x, row, difference);
                }
                judge(x, rows);
            }
        }

        /// The examples, shaken a little so that ties do not hide the way.
        private float[] started() {
            float[] x = original.clone();
            if (ball.norm() != Norm.LINF) {
                return x;
            }
            for (int i = 0; i < x.length; i++) {
                int column = i % width;
                float shaken =
                        original[i] + (float) (ball.radius(column) * random.nextDouble(-0.5, 0.5));
                x[i] = ball.clamp(shaken, original[i], column);
            }
            return x;
        }

        /// One step: between the projections of the current point and of the example onto the
        /// boundary's tangent plane.
        private void move(float[] x, int row, double difference) {
            Rows.copy(x, row, point, 0, width);
            Rows.copy(original, row, start, 0, width);
            Rows.copy(now.gradient, row, slope, 0, width);
            double fromOriginal = difference;
            for (int i = 0; i < width; i++) {
                fromOriginal += (double) slope[i] * (start[i] - point[i]);
            }
            float[] steps = step.of(point, slope, -difference);
            float[] jumps = jump.of(start, slope, -fromOriginal);
            double own = step.size();
            double all = Math.max(own + jump.size(), 1e-12);
            float alpha = (float) Math.clamp(own / all, 0, ALPHA_MAX);
            for (int i = 0; i < width; i++) {
                point[i] =
                        (point[i] + ETA * steps[i]) * (1 - alpha)
                                + (start[i] + ETA * jumps[i]) * alpha;
            }
            for (int i = 0; i < width; i++) {
                point[i] = ball.inBox(point[i], i);
            }
            Rows.copy(point, 0, x, row, width);
        }

        private void judge(float[] x, int[] rows) throws IOException, InterruptedException {
            model.scores(x, rows, now.scores);
            for (int row : rows) {
                if (!examples.isBroken(row, Scores.best(now.scores, row, model.classes()))) {
                    continue;
                }
                if (ball.allows(x, original, row)) {
                    isBroken[row] = true;
                    Rows.copy(x, row, found, row, width);
                    continue;
                }
                for (int i = 0; i < width; i++) {
                    int at = row * width + i;
                    x[at] = (float) (original[at] + BETA * (x[at] - original[at]));
                }
            }
        }
    }
}
