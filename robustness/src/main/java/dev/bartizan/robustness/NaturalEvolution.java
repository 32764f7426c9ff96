package dev.bartizan.robustness;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/// Projected steps along a gradient that is estimated from scores: A. Ilyas, L. Engstrom, A.
/// Athalye, J. Lin, "Black-box adversarial attacks with limited queries and information" (ICML
/// 2018), algorithm 1 (NES, antithetic) and section 3.1, with momentum and a rate that is halved
/// when the loss has not risen for a while, as in the authors' own program.
///
/// Deviation: it raises the score difference instead of the log-probability, which saturates.
public final class NaturalEvolution implements BlackBoxAttack {
    static final String NAME = "nes";
    private static final int SAMPLES = 50;
    private static final double SIGMA = 0.001;
    private static final double MOMENTUM = 0.9;
    private static final int PLATEAU = 5;
    private static final double FIRST_RATE = 0.25;
    private static final double LEAST_RATE = 0.01;
    private static final int NUMBERS_AT_ONCE = 1 << 21;
    private static final double TINY = 1e-30;

    private final int queries;

    /// @param queries most questions for each example
    public NaturalEvolution(int queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.of(Norm.LINF, Norm.L2);
    }

    @Override
    public float[] run(ScoreSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        Climb climb = new Climb(model, examples, ball, new SplittableRandom(seed));
        for (int asked = 0; asked + SAMPLES + 1 <= queries; asked += SAMPLES + 1) {
            if (!climb.step()) {
                break;
            }
        }
        return climb.x;
    }

    private static final class Climb {
        private final ScoreSource model;
        private final Examples examples;
        private final Ball ball;
        private final SplittableRandom random;
        private final int width;
        private final float[] original;
        private final float[] x;
        private final float[] direction;
        private final double[] rate;
        private final double[] best;
        private final int[] since;
        private final boolean[] isBroken;

        Climb(ScoreSource model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            width = examples.width();
            original = examples.values();
            x = examples.values();
            direction = new float[x.length];
            rate = new double[examples.rows()];
            best = new double[examples.rows()];
            since = new int[examples.rows()];
            isBroken = new boolean[examples.rows()];
            Arrays.fill(rate, FIRST_RATE);
            Arrays.fill(best, Double.NEGATIVE_INFINITY);
        }

        /// One step of every row that is not broken; false when all are.
        boolean step() throws IOException, InterruptedException {
            int[] rows = Rows.open(isBroken);
            int atOnce = Math.max(1, NUMBERS_AT_ONCE / (width * SAMPLES));
            for (int from = 0; from < rows.length; from += atOnce) {
                estimate(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + atOnce)));
            }
            for (int row : rows) {
                Directions.ascend(ball, x, row, direction, rate[row]);
                ball.project(x, row, original, row);
            }
            judge(rows);
            return Rows.open(isBroken).length > 0;
        }

        private void judge(int[] rows) throws IOException, InterruptedException {
            if (rows.length == 0) {
                return;
            }
            float[] scores = model.scores(Rows.gather(x, rows, width));
            for (int k = 0; k < rows.length; k++) {
                int row = rows[k];
                isBroken[row] = examples.isBroken(row, Scores.best(scores, k, model.classes()));
                double margin = examples.margin(scores, k, model.classes(), row);
                boolean isBetter = margin > best[row];
                best[row] = Math.max(best[row], margin);
                since[row] = isBetter ? 0 : since[row] + 1;
                if (since[row] == PLATEAU) {
                    since[row] = 0;
                    rate[row] = Math.max(rate[row] / 2, LEAST_RATE);
                }
            }
        }

        /// Adds to the direction of each row what pairs of probes say.
        private void estimate(int[] rows) throws IOException, InterruptedException {
            float[] probes = new float[rows.length * SAMPLES * width];
            float[] noise = new float[rows.length * SAMPLES / 2 * width];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            for (int at = 0; at < noise.length; at++) {
                int pair = at / width;
                int i = at % width;
                int row = rows[pair / (SAMPLES / 2)];
                float way = (float) (SIGMA * ball.side(i) * noise[at]);
                float from = x[row * width + i];
                probes[2 * pair * width + i] = from + way;
                probes[(2 * pair + 1) * width + i] = from - way;
            }
            float[] scores = model.scores(probes);
            for (int k = 0; k < rows.length; k++) {
                mix(rows[k], k, noise, scores);
            }
        }

        private void mix(int row, int k, float[] noise, float[] scores) {
            int pairs = SAMPLES / 2;
            double[] sum = new double[width];
            double size = TINY;
            for (int pair = k * pairs; pair < (k + 1) * pairs; pair++) {
                double rise =
                        examples.margin(scores, 2 * pair, model.classes(), row)
                                - examples.margin(scores, 2 * pair + 1, model.classes(), row);
                for (int i = 0; i < width; i++) {
                    sum[i] += rise * noise[pair * width + i];
                }
            }
            for (double number : sum) {
                size += Math.abs(number);
            }
            for (int i = 0; i < width; i++) {
                int at = row * width + i;
                direction[at] = (float) (MOMENTUM * direction[at] + (1 - MOMENTUM) * sum[i] / size);
            }
        }
    }
}
