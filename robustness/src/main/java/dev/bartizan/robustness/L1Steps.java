package dev.bartizan.robustness;

import java.util.Arrays;

/// The sparse steps of Auto-PGD in L1: F. Croce and M. Hein, "Mind the box: l1-APGD for sparse
/// adversarial attacks on image classifiers" (ICML 2021), section 3: only the steepest share of the
/// numbers moves, and the share follows how sparse the best change is.
final class L1Steps {
    private static final double FIRST_SHARE = 0.2;
    private static final double SHRINKS = 1.5;
    private static final double STILL_SHRINKING = 0.95;
    private static final float SMALLEST = 0.1f;

    private final int width;
    private final double[] share;
    private final double[] changedBefore;

    L1Steps(int rows, int width) {
        this.width = width;
        share = new double[rows];
        changedBefore = new double[rows];
        reset();
    }

    void reset() {
        Arrays.fill(share, FIRST_SHARE);
        Arrays.fill(changedBefore, width);
    }

    /// Moves the steepest numbers of a row, by `size` in all.
    void move(float[] x, float[] gradient, int row, float size) {
        float[] steepness = new float[width];
        for (int i = 0; i < width; i++) {
            steepness[i] = Math.abs(gradient[row * width + i]);
        }
        float[] sorted = steepness.clone();
        Arrays.sort(sorted);
        int at = (int) Math.clamp((1 - share[row]) * width, 0, width - 1.0);
        float least = sorted[at];
        int moved = 0;
        for (float slope : steepness) {
            moved += slope >= least && slope > 0 ? 1 : 0;
        }
        for (int i = 0; i < width; i++) {
            if (steepness[i] >= least && moved > 0) {
                x[row * width + i] += size / moved * Math.signum(gradient[row * width + i]);
            }
        }
    }

    /// Adapts share and step of a row; whether it is to start again from its best point.
    boolean check(float[] best, float[] original, int row, float[] eta) {
        int changed = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            changed += best[i] != original[i] ? 1 : 0;
        }
        boolean isSparser = changed / changedBefore[row] < STILL_SHRINKING;
        share[row] = changed / (double) width / SHRINKS;
        changedBefore[row] = Math.max(changed, 1);
        eta[row] = isSparser ? 1 : Math.max(SMALLEST, (float) (eta[row] / SHRINKS));
        return isSparser;
    }
}
