package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// One ascent of Auto-PGD, all rows side by side, with the letters of the papers that {@link
/// AutoPgd} names: eta step size (in radii), rho and alpha.
final class AutoPgdClimb {
    private static final double RHO = 0.75;
    private static final float ALPHA = 0.75f;
    private static final double FIRST_CHECK = 0.22;
    private static final double CHECK_SHRINKS = 0.03;
    private static final double SHORTEST_CHECK = 0.06;
    private static final double CHECK_L1 = 0.04;

    private final AttackedModel model;
    private final Examples open;
    private final Objective used;
    private final int[] targets;
    private final int[] labels;
    private final int width;
    private final float[] original;
    private final float[] found;
    private final boolean[] isBroken;
    private final double[] margins;
    private final AttackedModel.Gradients now;
    private final float[] bestX;
    private final float[] bestGradient;
    private final double[] bestLoss;
    private final double[] lastCheckLoss;
    private final boolean[] wasReduced;
    private final float[] eta;
    private final L1Steps sparse;
    private boolean counts;
    private double[][] losses = {};
    private float[] x;
    private float[] before;
    private float[] spare;

    AutoPgdClimb(AttackedModel model, Examples open, Objective used, int[] targets) {
        this.model = model;
        this.open = open;
        this.used = used;
        this.targets = targets;
        labels = open.labels();
        width = open.width();
        int rows = open.rows();
        original = open.values();
        found = open.values();
        isBroken = new boolean[rows];
        margins = new double[rows];
        Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        x = open.values();
        before = x.clone();
        spare = x.clone();
        now = model.room(rows);
        bestX = x.clone();
        bestGradient = new float[x.length];
        bestLoss = new double[rows];
        lastCheckLoss = new double[rows];
        wasReduced = new boolean[rows];
        eta = new float[rows];
        sparse = new L1Steps(rows, width);
    }

    boolean isBroken(int row) {
        return isBroken[row];
    }

    /// The best margin of a row.
    double margin(int row) {
        return margins[row];
    }

    /// The point of the best margin of every row.
    float[] found() {
        return found;
    }

    /// Goes to a random point: in the maximum norm a random direction stretched until its largest
    /// change is the radius; otherwise a normal one, brought into the ball.
    void start(Ball ball, SplittableRandom random) {
        for (int row = 0; row < open.rows(); row++) {
            double[] direction = new double[width];
            double size = Float.MIN_NORMAL;
            for (int i = 0; i < width; i++) {
                direction[i] =
                        ball.norm() == Norm.LINF ? random.nextDouble(-1, 1) : random.nextGaussian();
                size =
                        ball.norm() == Norm.LINF
                                ? Math.max(size, Math.abs(direction[i]))
                                : size + direction[i] * direction[i];
            }
            double length =
                    switch (ball.norm()) {
                        case LINF -> size;
                        case L2 -> Math.sqrt(size);
                        case L1 -> ball.eps();
                        case L0 -> throw Norm.L0.unknown("apgd");
                    };
            for (int i = 0; i < width; i++) {
                x[row * width + i] += (float) (ball.radius(i) * direction[i] / length);
            }
            ball.project(x, row, original, row);
        }
    }

    /// So many steps in a ball, from where the last ones led.
    ///
    /// @param own whether it is the examples' own ball, so that what is broken counts
    void run(Ball ball, int steps, boolean own) throws IOException, InterruptedException {
        counts = own;
        Span span = new Span(ball, original);
        for (int row = 0; row < open.rows(); row++) {
            if (losses.length > 0) {
                Rows.copy(bestX, row, x, row, width);
            }
            ball.project(x, row, original, row);
        }
        losses = new double[open.rows()][steps + 1];
        Arrays.fill(bestLoss, Double.NEGATIVE_INFINITY);
        Arrays.fill(wasReduced, true);
        Arrays.fill(eta, ball.norm() == Norm.L1 ? 1 : 2);
        sparse.reset();
        System.arraycopy(x, 0, before, 0, x.length);
        evaluate(0);
        System.arraycopy(bestLoss, 0, lastCheckLoss, 0, bestLoss.length);
        boolean isSparse = ball.norm() == Norm.L1;
        int check = Math.max((int) ((isSparse ? CHECK_L1 : FIRST_CHECK) * steps), 1);
        int since = 0;
        for (int i = 0; i < steps && hasOpenRows(); i++) {
            step(ball, span, i);
            if (++since == check) {
                since = 0;
                check(ball, i, check);
                check = isSparse ? check : next(check, steps);
            }
        }
    }

    private static int next(int check, int steps) {
        return Math.max(
                check - Math.max((int) (CHECK_SHRINKS * steps), 1),
                Math.max((int) (SHORTEST_CHECK * steps), 1));
    }

    private boolean hasOpenRows() {
        return Rows.open(isBroken).length > 0;
    }

    private void step(Ball ball, Span span, int iteration)
            throws IOException, InterruptedException {
        float alpha = iteration == 0 ? 1 : ALPHA;
        float[] next = spare;
        for (int row : Rows.open(isBroken)) {
            switch (ball.norm()) {
                case LINF -> {
                    span.ascend(x, next, row, now.gradient, eta[row]);
                    span.mix(next, x, before, row, alpha);
                }
                case L2 -> lengthStep(ball, next, row, alpha);
                case L1 -> {
                    Rows.copy(x, row, next, row, width);
                    sparse.move(next, now.gradient, row, eta[row] * ball.eps());
                    ball.project(next, row, original, row);
                }
                case L0 -> throw Norm.L0.unknown("apgd");
            }
        }
        spare = before;
        before = x;
        x = next;
        evaluate(iteration + 1);
    }

    private void lengthStep(Ball ball, float[] next, int row, float alpha) {
        double size = 0;
        for (int i = 0; i < width; i++) {
            double slope = now.gradient[row * width + i];
            size += slope * slope;
        }
        double factor = size == 0 ? 0 : eta[row] * ball.eps() / Math.sqrt(size);
        for (int i = 0; i < width; i++) {
            int at = row * width + i;
            next[at] = (float) (x[at] + factor * now.gradient[at]);
        }
        ball.project(next, row, original, row);
        for (int i = 0; i < width; i++) {
            int at = row * width + i;
            next[at] = x[at] + alpha * (next[at] - x[at]) + (1 - alpha) * (x[at] - before[at]);
        }
        ball.project(next, row, original, row);
    }

    /// Takes scores and gradients of the rows still open.
    private void evaluate(int step) throws IOException, InterruptedException {
        int[] rows = Rows.open(isBroken);
        model.gradient(used, x, rows, labels, targets, now);
        int classes = model.classes();
        for (int row : rows) {
            double loss =
                    Scores.value(used, now.scores, row, classes, open.label(row), targets[row]);
            losses[row][step] = loss;
            if (loss > bestLoss[row]) {
                bestLoss[row] = loss;
                Rows.copy(x, row, bestX, row, width);
                Rows.copy(now.gradient, row, bestGradient, row, width);
            }
            keep(row);
        }
    }

    private void keep(int row) {
        if (!counts) {
            return;
        }
        boolean isWrong = open.isBroken(row, Scores.best(now.scores, row, model.classes()));
        double margin = open.margin(now.scores, row, model.classes(), row);
        if (margin > margins[row] || isWrong) {
            margins[row] = margin;
            Rows.copy(x, row, found, row, width);
        }
        isBroken[row] = isWrong;
    }

    /// Halves the step of rows that rose too seldom, or that neither improved nor were halved since
    /// the last check, and sets them back to their best point. In L1 rows whose changes have become
    /// sparser start again from their best point, the others go on with smaller steps.
    private void check(Ball ball, int iteration, int length) {
        for (int row = 0; row < isBroken.length; row++) {
            boolean isSetBack;
            if (ball.norm() == Norm.L1) {
                isSetBack = sparse.check(bestX, original, row, eta);
            } else {
                isSetBack = isReduced(iteration, length, row);
                wasReduced[row] = isSetBack;
                lastCheckLoss[row] = bestLoss[row];
                eta[row] /= isSetBack ? 2 : 1;
            }
            if (isSetBack) {
                Rows.copy(bestX, row, x, row, width);
                Rows.copy(bestGradient, row, now.gradient, row, width);
            }
        }
    }

    private boolean isReduced(int iteration, int length, int row) {
        int rises = 0;
        for (int i = iteration + 1; i > iteration + 1 - length; i--) {
            rises += losses[row][i] > losses[row][i - 1] ? 1 : 0;
        }
        boolean isStuck = !wasReduced[row] && lastCheckLoss[row] >= bestLoss[row];
        return rises <= RHO * length || isStuck;
    }
}
