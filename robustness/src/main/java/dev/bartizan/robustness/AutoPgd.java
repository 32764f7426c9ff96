package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.Objective;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Auto-PGD for the maximum norm: F. Croce and M. Hein, "Reliable evaluation of adversarial
/// robustness with an ensemble of diverse parameter-free attacks" (ICML 2020), algorithm 1, with
/// its letters: eta step size, rho and alpha. Rows that are broken are dropped at once.
public final class AutoPgd implements Attack {
    private static final double RHO = 0.75;
    private static final float ALPHA = 0.75f;
    private static final double FIRST_CHECK = 0.22;
    private static final double CHECK_SHRINKS = 0.03;
    private static final double SHORTEST_CHECK = 0.06;

    private final Objective objective;
    private final int steps;
    private final int maxTargets;
    private final int restarts;

    private AutoPgd(Objective objective, int steps, int maxTargets, int restarts) {
        this.objective = objective;
        this.steps = steps;
        this.maxTargets = maxTargets;
        this.restarts = restarts;
    }

    /// Raises the cross-entropy, from one random start.
    public static AutoPgd crossEntropy(int steps) {
        return new AutoPgd(Objective.CROSS_ENTROPY, steps, 0, 1);
    }

    /// Raises the targeted ratio of score differences, for the likeliest wrong classes one after
    /// another; the plain difference when there are fewer than four classes.
    public static AutoPgd targeted(int steps, int maxTargets) {
        return new AutoPgd(Objective.TARGETED_DLR, steps, maxTargets, 1);
    }

    /// Raises the margin of the best wrong class, from several random starts.
    public static AutoPgd margin(int steps, int restarts) {
        return new AutoPgd(Objective.MARGIN, steps, 0, restarts);
    }

    @Override
    public String name() {
        return switch (objective) {
            case CROSS_ENTROPY -> "apgd-ce";
            case MARGIN -> "apgd-margin";
            case TARGETED_DLR, DIFFERENCE, SEED -> "apgd-t";
        };
    }

    @Override
    public float[] run(AttackedModel model, Examples examples, LinfBall ball, long seed)
            throws GradientException, InferenceException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Progress progress = new Progress(examples);
        if (maxTargets == 0) {
            for (int start = 0; start < restarts && progress.open().length > 0; start++) {
                climb(model, progress, ball, objective, 0, random);
            }
            return progress.best;
        }
        Objective used = model.classes() < 4 ? Objective.DIFFERENCE : objective;
        int targets = Math.min(maxTargets, model.classes() - 1);
        for (int rank = 0; rank < targets && progress.open().length > 0; rank++) {
            climb(model, progress, ball, used, rank, random);
        }
        return progress.best;
    }

    /// What was found for every row so far.
    private static final class Progress {
        final Examples examples;
        final float[] best;
        final boolean[] isBroken;
        final double[] margins;

        Progress(Examples examples) {
            this.examples = examples;
            this.best = examples.values();
            this.isBroken = new boolean[examples.rows()];
            this.margins = new double[examples.rows()];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        }

        int[] open() {
            int[] rows = new int[isBroken.length];
            int count = 0;
            for (int i = 0; i < isBroken.length; i++) {
                if (!isBroken[i]) {
                    rows[count++] = i;
                }
            }
            return Arrays.copyOf(rows, count);
        }
    }

    private void climb(
            AttackedModel model,
            Progress progress,
            LinfBall ball,
            Objective used,
            int rank,
            SplittableRandom random)
            throws GradientException, InferenceException, InterruptedException {
        int[] rows = progress.open();
        Examples open = progress.examples.pick(rows);
        int[] targets = targets(model, open, rank);
        Climb climb = new Climb(model, open, ball, used, targets);
        climb.start(random);
        int check = Math.max((int) (FIRST_CHECK * steps), 1);
        int since = 0;
        for (int i = 0; i < steps && climb.hasOpenRows(); i++) {
            climb.step(i);
            if (++since == check) {
                climb.check(i, check);
                since = 0;
                check =
                        Math.max(
                                check - Math.max((int) (CHECK_SHRINKS * steps), 1),
                                Math.max((int) (SHORTEST_CHECK * steps), 1));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            progress.isBroken[rows[i]] = climb.isBroken[i];
            if (climb.isBroken[i] || climb.margins[i] > progress.margins[rows[i]]) {
                progress.margins[rows[i]] = climb.margins[i];
                System.arraycopy(
                        climb.found,
                        i * ball.width(),
                        progress.best,
                        rows[i] * ball.width(),
                        ball.width());
            }
        }
    }

    /// The wrong class of that rank on the unchanged example.
    private static int[] targets(AttackedModel model, Examples open, int rank)
            throws InferenceException, InterruptedException {
        float[] scores = model.scores(open.values());
        int[] targets = new int[open.rows()];
        for (int row = 0; row < targets.length; row++) {
            int seen = 0;
            for (int candidate : Scores.order(scores, row, model.classes())) {
                if (candidate != open.label(row) && seen++ == rank) {
                    targets[row] = candidate;
                    break;
                }
            }
        }
        return targets;
    }

    /// One ascent of all rows side by side.
    private final class Climb {
        private final AttackedModel model;
        private final Examples open;
        private final LinfBall ball;
        private final Objective used;
        private final int[] targets;
        private final int width;
        private final float[] original;
        private final float[] found;
        private final boolean[] isBroken;
        private final double[] margins;
        private float[] x;
        private float[] before;
        private final float[] gradient;
        private final float[] bestX;
        private final float[] bestGradient;
        private final double[] bestLoss;
        private final double[] lastCheckLoss;
        private final boolean[] wasReduced;
        private final float[] eta;
        private final double[][] losses;

        Climb(AttackedModel model, Examples open, LinfBall ball, Objective used, int[] targets) {
            this.model = model;
            this.open = open;
            this.ball = ball;
            this.used = used;
            this.targets = targets;
            width = open.width();
            int rows = open.rows();
            original = open.values();
            found = open.values();
            isBroken = new boolean[rows];
            margins = new double[rows];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
            x = open.values();
            before = x;
            gradient = new float[x.length];
            bestX = x.clone();
            bestGradient = new float[x.length];
            bestLoss = new double[rows];
            Arrays.fill(bestLoss, Double.NEGATIVE_INFINITY);
            lastCheckLoss = new double[rows];
            wasReduced = new boolean[rows];
            Arrays.fill(wasReduced, true);
            eta = new float[rows];
            Arrays.fill(eta, 2);
            losses = new double[rows][steps + 1];
        }

        boolean hasOpenRows() {
            for (boolean broken : isBroken) {
                if (!broken) {
                    return true;
                }
            }
            return false;
        }

        /// A random direction, stretched until its largest change is the radius.
        void start(SplittableRandom random)
                throws GradientException, InferenceException, InterruptedException {
            x = original.clone();
            for (int row = 0; row < open.rows(); row++) {
                float[] direction = new float[width];
                float largest = Float.MIN_NORMAL;
                for (int i = 0; i < width; i++) {
                    direction[i] = (float) random.nextDouble(-1, 1);
                    largest = Math.max(largest, Math.abs(direction[i]));
                }
                for (int i = 0; i < width; i++) {
                    int at = row * width + i;
                    float wanted = original[at] + ball.radius(i) * direction[i] / largest;
                    x[at] = ball.clamp(wanted, original[at], i);
                }
            }
            before = x.clone();
            evaluate(0);
            System.arraycopy(bestLoss, 0, lastCheckLoss, 0, bestLoss.length);
        }

        void step(int iteration)
                throws GradientException, InferenceException, InterruptedException {
            float alpha = iteration == 0 ? 1 : ALPHA;
            float[] next = x.clone();
            for (int row = 0; row < isBroken.length; row++) {
                if (isBroken[row]) {
                    continue;
                }
                for (int i = 0; i < width; i++) {
                    int at = row * width + i;
                    float move = eta[row] * ball.radius(i) * Math.signum(gradient[at]);
                    float z = ball.clamp(x[at] + move, original[at], i);
                    float mixed = x[at] + alpha * (z - x[at]) + (1 - alpha) * (x[at] - before[at]);
                    next[at] = ball.clamp(mixed, original[at], i);
                }
            }
            before = x;
            x = next;
            evaluate(iteration + 1);
        }

        /// Takes scores and gradients of the rows still open.
        private void evaluate(int step)
                throws GradientException, InferenceException, InterruptedException {
            int[] rows = openRows();
            Examples part = new Examples(gather(x, rows), labelsOf(open.labels(), rows));
            AttackedModel.Gradients result =
                    model.gradient(used, part.values(), part.labels(), labelsOf(targets, rows));
            for (int i = 0; i < rows.length; i++) {
                int row = rows[i];
                System.arraycopy(result.gradient, i * width, gradient, row * width, width);
                double loss =
                        Scores.value(
                                used,
                                result.scores,
                                i,
                                model.classes(),
                                open.label(row),
                                targets[row]);
                losses[row][step] = loss;
                boolean isWrong = Scores.best(result.scores, i, model.classes()) != open.label(row);
                if (loss > bestLoss[row]) {
                    bestLoss[row] = loss;
                    System.arraycopy(x, row * width, bestX, row * width, width);
                    System.arraycopy(gradient, row * width, bestGradient, row * width, width);
                }
                double margin = Scores.margin(result.scores, i, model.classes(), open.label(row));
                if (margin > margins[row] || isWrong) {
                    margins[row] = margin;
                    System.arraycopy(x, row * width, found, row * width, width);
                }
                isBroken[row] = isWrong;
            }
        }

        private int[] openRows() {
            int[] rows = new int[isBroken.length];
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (!isBroken[i]) {
                    rows[count++] = i;
                }
            }
            return Arrays.copyOf(rows, count);
        }

        private float[] gather(float[] from, int[] rows) {
            float[] to = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(from, rows[i] * width, to, i * width, width);
            }
            return to;
        }

        private static int[] labelsOf(int[] from, int[] rows) {
            return Arrays.stream(rows).map(row -> from[row]).toArray();
        }

        /// Halves the step of rows that rose too seldom, or that neither improved nor were halved
        /// since the last check, and sets them back to their best point.
        void check(int iteration, int length) {
            for (int row = 0; row < isBroken.length; row++) {
                int rises = 0;
                for (int i = iteration + 1; i > iteration + 1 - length; i--) {
                    rises += losses[row][i] > losses[row][i - 1] ? 1 : 0;
                }
                boolean isStuck = !wasReduced[row] && lastCheckLoss[row] >= bestLoss[row];
                boolean isReduced = rises <= RHO * length || isStuck;
                wasReduced[row] = isReduced;
                lastCheckLoss[row] = bestLoss[row];
                if (isReduced) {
                    eta[row] /= 2;
                    System.arraycopy(bestX, row * width, x, row * width, width);
                    System.arraycopy(bestGradient, row * width, gradient, row * width, width);
                }
            }
        }
    }
}
