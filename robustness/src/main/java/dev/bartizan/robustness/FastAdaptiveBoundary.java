package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.Objective;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The targeted fast adaptive boundary attack for the maximum norm: F. Croce and M. Hein,
/// "Minimally distorted adversarial examples with a fast adaptive boundary attack" (ICML 2020),
/// algorithm 1 with its letters, one target class after another. It walks along the decision
/// boundary towards the example, which helps where the loss says little.
///
/// Distances are counted in radii of the ball: an example nearer than 1 is broken, and is then left
/// alone instead of being brought nearer.
public final class FastAdaptiveBoundary implements Attack {
    private static final double ALPHA_MAX = 0.1;
    private static final double ETA = 1.05;
    private static final double BETA = 0.9;
    private static final int MAX_NEWTON = 30;

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
    public float[] run(AttackedModel model, Examples examples, LinfBall ball, long seed)
            throws GradientException, InferenceException, InterruptedException {
        Walk walk = new Walk(model, examples, ball, new SplittableRandom(seed));
        int targets = Math.min(maxTargets, model.classes() - 1);
        float[] scores = model.scores(examples.values());
        for (int rank = 0; rank < targets; rank++) {
            int[] classes = new int[examples.rows()];
            for (int row = 0; row < classes.length; row++) {
                classes[row] = target(scores, row, model.classes(), examples.label(row), rank);
            }
            walk.towards(classes);
        }
        return walk.found;
    }

    private static int target(float[] scores, int row, int classes, int label, int rank) {
        int seen = 0;
        for (int candidate : Scores.order(scores, row, classes)) {
            if (candidate != label && seen++ == rank) {
                return candidate;
            }
        }
        throw new IllegalStateException("No wrong class of rank " + rank);
    }

    private final class Walk {
        private final AttackedModel model;
        private final Examples examples;
        private final LinfBall ball;
        private final SplittableRandom random;
        private final int width;
        private final float[] original;
        private final float[] found;
        private final boolean[] isBroken;

        Walk(AttackedModel model, Examples examples, LinfBall ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            width = examples.width();
            original = examples.values();
            found = examples.values();
            isBroken = new boolean[examples.rows()];
        }

        private int[] open() {
            int[] rows = new int[isBroken.length];
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (!isBroken[i]) {
                    rows[count++] = i;
                }
            }
            return Arrays.copyOf(rows, count);
        }

        void towards(int[] targets)
                throws GradientException, InferenceException, InterruptedException {
            float[] x = started();
            for (int i = 0; i < steps; i++) {
                int[] rows = open();
                if (rows.length == 0) {
                    return;
                }
                float[] part = new float[rows.length * width];
                int[] labels = new int[rows.length];
                int[] classes = new int[rows.length];
                for (int k = 0; k < rows.length; k++) {
                    System.arraycopy(x, rows[k] * width, part, k * width, width);
                    labels[k] = examples.label(rows[k]);
                    classes[k] = targets[rows[k]];
                }
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
            double own = reach(current, w, k, -difference);
            double other = reach(start, w, k, -fromOriginal);
            double alpha = Math.clamp(own / Math.max(own + other, 1e-12), 0, ALPHA_MAX);
            for (int i = 0; i < width; i++) {
                int at = row * width + i;
                double step = moved(current[i], i, w[k * width + i], -difference, own);
                double jump = moved(start[i], i, w[k * width + i], -fromOriginal, other);
                double mixed =
                        (current[i] + ETA * step) * (1 - alpha) + (start[i] + ETA * jump) * alpha;
                x[at] = ball.inBox((float) mixed, i);
            }
        }

        /// How far, in radii, every number must move for the plane to be reached: least `r` with
        /// sum of |w_i| min(r radius_i, room_i) = |change|. The sum is concave and made of straight
        /// pieces, so Newton's steps from zero never overshoot and end on the right piece.
        private double reach(float[] from, float[] w, int k, double change) {
            double r = 0;
            for (int step = 0; step < MAX_NEWTON; step++) {
                double gain = 0;
                double slope = 0;
                for (int i = 0; i < width; i++) {
                    double steepness = Math.abs(w[k * width + i]);
                    boolean isUp = w[k * width + i] > 0 == change > 0;
                    double room = ball.room(from[i], i, isUp);
                    double wanted = r * ball.radius(i);
                    gain += steepness * Math.min(wanted, room);
                    slope += wanted < room ? steepness * ball.radius(i) : 0;
                }
                double missing = Math.abs(change) - gain;
                if (missing <= 1e-9 * Math.abs(change) || slope == 0) {
                    return r;
                }
                r += missing / slope;
            }
            return r;
        }

        /// The move of one number by `r` radii in the direction that helps, inside the box.
        private double moved(float from, int column, float slope, double change, double r) {
            if (slope == 0) {
                return 0;
            }
            double wanted = r * ball.radius(column) * Math.signum(slope) * Math.signum(change);
            return ball.inBox((float) (from + wanted), column) - (double) from;
        }

        private void judge(float[] x, int[] rows) throws InferenceException, InterruptedException {
            float[] part = new float[rows.length * width];
            for (int k = 0; k < rows.length; k++) {
                System.arraycopy(x, rows[k] * width, part, k * width, width);
            }
            float[] scores = model.scores(part);
            for (int k = 0; k < rows.length; k++) {
                int row = rows[k];
                if (Scores.best(scores, k, model.classes()) == examples.label(row)) {
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
