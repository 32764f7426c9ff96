package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
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
    private static final double ETA = 1.05;
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

        Walk(AttackedModel model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            width = examples.width();
            original = examples.values();
            found = examples.values();
            isBroken = new boolean[examples.rows()];
        }

        void towards(int[] targets) throws IOException, InterruptedException {
            float[] x = started();
            for (int i = 0; i < steps; i++) {
                int[] rows = Rows.open(isBroken);
                if (rows.length == 0) {
                    return;
                }
                float[] part = Rows.gather(x, rows, width);
                int[] labels = Rows.gather(examples.labels(), rows);
                int[] classes = Rows.gather(targets, rows);
                AttackedModel.Gradients now =
                        model.gradient(Objective.DIFFERENCE, part, labels, classes);
                for (int k = 0; k < rows.length; k++) {
                    int at = k * model.classes();
                    double difference =
                            (double) now.scores[at + classes[k]] - now.scores[at + labels[k]];
                    move(x, rows[k], now.gradient, k, difference);
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
        private void move(float[] x, int row, float[] w, int k, double difference) {
            double fromOriginal = difference;
            for (int i = 0; i < width; i++) {
                fromOriginal +=
                        (double) w[k * width + i]
                                * (original[row * width + i] - x[row * width + i]);
            }
            float[] current = Arrays.copyOfRange(x, row * width, (row + 1) * width);
            float[] start = Arrays.copyOfRange(original, row * width, (row + 1) * width);
            double[] step = PlaneStep.of(ball, current, w, k * width, -difference);
            double[] jump = PlaneStep.of(ball, start, w, k * width, -fromOriginal);
            double own = size(step);
            double other = size(jump);
            double alpha = Math.clamp(own / Math.max(own + other, 1e-12), 0, ALPHA_MAX);
            for (int i = 0; i < width; i++) {
                double mixed =
                        (current[i] + ETA * step[i]) * (1 - alpha)
                                + (start[i] + ETA * jump[i]) * alpha;
                x[row * width + i] = ball.inBox((float) mixed, i);
            }
        }

        private double size(double[] moves) {
            double size = 0;
            for (int i = 0; i < moves.length; i++) {
                double move = Math.abs(moves[i]);
                size =
                        switch (ball.norm()) {
                            case LINF -> Math.max(size, move / Math.max(ball.radius(i), 1e-30));
                            case L2 -> size + move * move;
                            case L1 -> size + move;
                        };
            }
            return ball.norm() == Norm.L2 ? Math.sqrt(size) : size;
        }

        private void judge(float[] x, int[] rows) throws IOException, InterruptedException {
            float[] part = Rows.gather(x, rows, width);
            float[] scores = model.scores(part);
            for (int k = 0; k < rows.length; k++) {
                int row = rows[k];
                if (!examples.isBroken(row, Scores.best(scores, k, model.classes()))) {
                    continue;
                }
                if (ball.allows(part, k, original, row)) {
                    isBroken[row] = true;
                    System.arraycopy(part, k * width, found, row * width, width);
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
