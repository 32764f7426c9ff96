package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Auto-PGD: F. Croce and M. Hein, "Reliable evaluation of adversarial robustness with an ensemble
/// of diverse parameter-free attacks" (ICML 2020), algorithm 1; in L1 the steps of F. Croce and M.
/// Hein, "Mind the box: l1-APGD for sparse adversarial attacks on image classifiers" (ICML 2021),
/// algorithm 1, first in balls of three and two times the radius. Rows that are broken are dropped
/// at once.
public final class AutoPgd implements Attack {
    /// Random starts of every example; further ones go to those whose margin then is less than this
    /// share of what it was unchanged. On the nets that this was looked at, further starts broke
    /// none that was over a twentieth away.
    private static final int FREE_STARTS = 3;

    private static final double NEAR = 0.3;

    private static final double[] L1_RADII = {3, 2, 1};
    private static final double[] L1_SHARES = {0.3, 0.3, 0.4};

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

    /// Raises the score of the wanted class over all others, from several random starts.
    public static AutoPgd towardsTarget(int steps, int restarts) {
        return new AutoPgd(Objective.TARGET_MARGIN, steps, 0, restarts);
    }

    /// Raises the margin of the best wrong class, from random starts: three of all examples, more
    /// of those that came near.
    ///
    /// @param restarts most starts
    public static AutoPgd margin(int steps, int restarts) {
        return new AutoPgd(Objective.MARGIN, steps, 0, restarts);
    }

    @Override
    public String name() {
        return switch (objective) {
            case CROSS_ENTROPY -> "apgd-ce";
            case MARGIN -> "apgd-margin";
            case TARGET_MARGIN -> "apgd-target";
            case TARGETED_DLR, DIFFERENCE, SEED -> "apgd-t";
        };
    }

    @Override
    public float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        Progress progress = new Progress(model, examples, ball, new SplittableRandom(seed));
        if (maxTargets == 0) {
            double[] clean = restarts > FREE_STARTS ? progress.unchanged() : new double[0];
            for (int start = 0; start < restarts; start++) {
                climb(progress, start < FREE_STARTS ? progress.open() : progress.near(clean), 0);
            }
            return progress.best;
        }
        int targets = examples.aimsOf(model.classes(), maxTargets);
        for (int rank = 0; rank < targets; rank++) {
            climb(progress, progress.open(), rank);
        }
        return progress.best;
    }

    /// What is raised: with fewer than four classes there is no ratio, but a plain difference.
    private Objective used(int classes) {
        return objective == Objective.TARGETED_DLR && classes < 4
                ? Objective.DIFFERENCE
                : objective;
    }

    /// What was found for every row so far.
    private static final class Progress {
        final AttackedModel model;
        final Examples examples;
        final Ball ball;
        final SplittableRandom random;
        final float[] best;
        final boolean[] isBroken;
        final double[] margins;

        Progress(AttackedModel model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            this.best = examples.values();
            this.isBroken = new boolean[examples.rows()];
            this.margins = new double[examples.rows()];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        }

        int[] open() {
            return Rows.open(isBroken);
        }

        /// Margins of the examples themselves.
        double[] unchanged() throws IOException, InterruptedException {
            float[] scores = model.scores(examples.values());
            double[] unchanged = new double[examples.rows()];
            Arrays.setAll(unchanged, row -> examples.margin(scores, row, model.classes(), row));
            return unchanged;
        }

        /// The open rows that came near the boundary, measured by where they began.
        int[] near(double[] began) {
            return Arrays.stream(open()).filter(row -> margins[row] > NEAR * began[row]).toArray();
        }

        void keep(AutoPgdClimb climb, int[] rows) {
            for (int i = 0; i < rows.length; i++) {
                isBroken[rows[i]] = climb.isBroken(i);
                if (climb.isBroken(i) || climb.margin(i) > margins[rows[i]]) {
                    margins[rows[i]] = climb.margin(i);
                    Rows.copy(climb.found(), i, best, rows[i], ball.width());
                }
            }
        }
    }

    private void climb(Progress progress, int[] rows, int rank)
            throws IOException, InterruptedException {
        if (rows.length == 0) {
            return;
        }
        AttackedModel model = progress.model;
        Ball ball = progress.ball;
        Examples open = progress.examples.pick(rows);
        int[] targets =
                maxTargets == 0 && open.target().isEmpty()
                        ? open.labels()
                        : open.aims(model.scores(open.values()), model.classes(), rank);
        AutoPgdClimb climb = new AutoPgdClimb(model, open, used(model.classes()), targets);
        if (ball.norm() == Norm.L1) {
            narrowing(climb, progress);
        } else {
            climb.start(ball, progress.random);
            climb.run(ball, steps, true);
        }
        progress.keep(climb, rows);
    }

    private void narrowing(AutoPgdClimb climb, Progress progress)
            throws IOException, InterruptedException {
        climb.start(progress.ball.times(L1_RADII[0]), progress.random);
        for (int part = 0; part < L1_RADII.length; part++) {
            int share = Math.max(1, (int) (L1_SHARES[part] * steps));
            climb.run(progress.ball.times(L1_RADII[part]), share, L1_RADII[part] == 1);
        }
    }
}
