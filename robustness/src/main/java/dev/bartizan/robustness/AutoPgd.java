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

    /// Raises the margin of the best wrong class, from several random starts.
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
        SplittableRandom random = new SplittableRandom(seed);
        Progress progress = new Progress(examples);
        if (maxTargets == 0) {
            for (int start = 0; start < restarts && progress.open().length > 0; start++) {
                climb(model, progress, ball, objective, 0, random);
            }
            return progress.best;
        }
        Objective used = model.classes() < 4 ? Objective.DIFFERENCE : objective;
        int targets = examples.aimsOf(model.classes(), maxTargets);
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
            return Rows.open(isBroken);
        }
    }

    private void climb(
            AttackedModel model,
            Progress progress,
            Ball ball,
            Objective used,
            int rank,
            SplittableRandom random)
            throws IOException, InterruptedException {
        int[] rows = progress.open();
        Examples open = progress.examples.pick(rows);
        int[] targets =
                maxTargets == 0 && open.target().isEmpty()
                        ? open.labels()
                        : open.aims(model.scores(open.values()), model.classes(), rank);
        AutoPgdClimb climb = climb(model, open, ball, used, targets, random);
        for (int i = 0; i < rows.length; i++) {
            progress.isBroken[rows[i]] = climb.isBroken(i);
            if (climb.isBroken(i) || climb.margin(i) > progress.margins[rows[i]]) {
                progress.margins[rows[i]] = climb.margin(i);
                Rows.copy(climb.found(), i, progress.best, rows[i], ball.width());
            }
        }
    }

    private AutoPgdClimb climb(
            AttackedModel model,
            Examples open,
            Ball ball,
            Objective used,
            int[] targets,
            SplittableRandom random)
            throws IOException, InterruptedException {
        AutoPgdClimb climb = new AutoPgdClimb(model, open, used, targets);
        if (ball.norm() != Norm.L1) {
            climb.start(ball, random);
            climb.run(ball, steps, true);
            return climb;
        }
        for (int part = 0; part < L1_RADII.length; part++) {
            Ball wider = ball.times(L1_RADII[part]);
            if (part == 0) {
                climb.start(wider, random);
            }
            int share = Math.max(1, (int) (L1_SHARES[part] * steps));
            climb.run(wider, share, L1_RADII[part] == 1);
        }
        return climb;
    }
}
