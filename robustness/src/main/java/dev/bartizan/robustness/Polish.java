package dev.bartizan.robustness;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Brings points that are answered wrongly nearer to their examples without asking for gradients:
/// along the straight line in norms that shrink along it, by taking back one change after another
/// in L0.
final class Polish {
    private static final int BISECTIONS = 12;
    private static final int TAKEN_BACK = 200;

    private final Opponent opponent;
    private final Examples examples;
    private final Ball ball;
    private final float[] original;
    private final int width;

    Polish(Opponent opponent, Examples examples, Ball ball) {
        this.opponent = opponent;
        this.examples = examples;
        this.ball = ball;
        original = examples.values();
        width = examples.width();
    }

    /// The same points or nearer ones; rows that are answered rightly stay as they are.
    float[] nearer(float[] found) throws IOException, InterruptedException {
        return ball.norm() == Norm.L0 ? fewer(found) : along(found);
    }

    private float[] along(float[] found) throws IOException, InterruptedException {
        float[] best = found.clone();
        double[] low = new double[examples.rows()];
        double[] high = new double[examples.rows()];
        Arrays.fill(high, 1);
        for (int i = 0; i < BISECTIONS; i++) {
            float[] tried = found.clone();
            for (int at = 0; at < tried.length; at++) {
                int row = at / width;
                double share = (low[row] + high[row]) / 2;
                tried[at] = (float) (original[at] + share * ((double) found[at] - original[at]));
            }
            int[] answers = opponent.answers(tried);
            for (int row = 0; row < answers.length; row++) {
                double middle = (low[row] + high[row]) / 2;
                if (examples.isBroken(row, answers[row])) {
                    high[row] = middle;
                    Rows.copy(tried, row, best, row, width);
                } else {
                    low[row] = middle;
                }
            }
        }
        return best;
    }

    /// Takes the smallest changes back first.
    private float[] fewer(float[] found) throws IOException, InterruptedException {
        float[] best = found.clone();
        int[][] order = new int[examples.rows()][];
        int most = 0;
        for (int row = 0; row < order.length; row++) {
            order[row] = changes(found, row);
            most = Math.max(most, order[row].length);
        }
        for (int i = 0; i < Math.min(most, TAKEN_BACK); i++) {
            float[] tried = best.clone();
            for (int row = 0; row < order.length; row++) {
                if (i < order[row].length) {
                    int at = row * width + order[row][i];
                    tried[at] = original[at];
                }
            }
            int[] answers = opponent.answers(tried);
            for (int row = 0; row < order.length; row++) {
                if (i < order[row].length && examples.isBroken(row, answers[row])) {
                    Rows.copy(tried, row, best, row, width);
                }
            }
        }
        return best;
    }

    private int[] changes(float[] found, int row) {
        return IntStream.range(0, width)
                .filter(i -> found[row * width + i] != original[row * width + i])
                .boxed()
                .sorted(
                        Comparator.comparingDouble(
                                i -> Math.abs(found[row * width + i] - original[row * width + i])))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
