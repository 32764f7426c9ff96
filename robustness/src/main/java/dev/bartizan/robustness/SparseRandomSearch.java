package dev.bartizan.robustness;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/// A sparse attack from scores only: F. Croce, M. Andriushchenko, N. Singh, N. Flammarion, M. Hein,
/// "Sparse-RS: a versatile framework for query-efficient sparse black-box adversarial attacks"
/// (AAAI 2022), algorithm 1 with the proposals of section 4.1: some of the changed numbers are
/// exchanged for others and set to an end of the box, and what raises the loss is kept; fewer and
/// fewer are exchanged.
///
/// Deviation: numbers are counted, not pixels, so that it works on any shape.
public final class SparseRandomSearch implements BlackBoxAttack {
    static final String NAME = "sparse-rs";
    private static final double FIRST_SHARE = 0.8;
    private static final int SCHEDULE_QUERIES = 10_000;
    private static final int[] HALVINGS = {50, 200, 500, 1000, 2000, 4000, 6000, 8000};

    private final int queries;

    /// @param queries most questions for each example
    public SparseRandomSearch(int queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Norm> norms() {
        return EnumSet.of(Norm.L0);
    }

    @Override
    public float[] run(ScoreSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        int width = examples.width();
        int changed = Math.min(width, (int) ball.eps());
        float[] original = examples.values();
        float[] best = examples.values();
        int[][] places = new int[examples.rows()][];
        double[] margins = new double[examples.rows()];
        boolean[] isBroken = new boolean[examples.rows()];
        Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        for (int query = 0; query < queries; query++) {
            int[] rows = Rows.open(isBroken);
            if (rows.length == 0 || changed == 0) {
                break;
            }
            float[] tried = Rows.gather(original, rows, width);
            int[][] tries = new int[rows.length][];
            int exchanged = Math.max(1, (int) Math.round(share(query) * changed));
            for (int k = 0; k < rows.length; k++) {
                int[] known = places[rows[k]];
                tries[k] =
                        known == null
                                ? drawn(random, width, changed)
                                : exchanged(random, width, known, exchanged);
                for (int i = 0; i < changed; i++) {
                    int place = tries[k][i];
                    boolean isKept = known != null && i >= exchanged;
                    tried[k * width + place] =
                            isKept
                                    ? best[rows[k] * width + place]
                                    : ball.fromUnit(random.nextBoolean() ? 1 : -1, place);
                }
            }
            float[] scores = model.scores(tried);
            for (int k = 0; k < rows.length; k++) {
                int row = rows[k];
                double margin = examples.margin(scores, k, model.classes(), row);
                isBroken[row] = examples.isBroken(row, Scores.best(scores, k, model.classes()));
                if (isBroken[row] || margin >= margins[row]) {
                    margins[row] = margin;
                    places[row] = tries[k];
                    Rows.copy(tried, k, best, row, width);
                }
            }
        }
        return best;
    }

    private double share(int query) {
        int scaled = (int) ((long) query * SCHEDULE_QUERIES / queries);
        double share = FIRST_SHARE;
        for (int limit : HALVINGS) {
            share /= scaled > limit ? 2 : 1;
        }
        return share;
    }

    private static int[] drawn(SplittableRandom random, int width, int count) {
        int[] all = new int[width];
        Arrays.setAll(all, i -> i);
        for (int i = 0; i < count; i++) {
            swap(all, i, random.nextInt(i, width));
        }
        return Arrays.copyOf(all, count);
    }

    /// The same places with the first ones exchanged for places that are not among them, or for
    /// themselves where all are.
    private static int[] exchanged(SplittableRandom random, int width, int[] known, int count) {
        int[] places = known.clone();
        boolean[] isTaken = new boolean[width];
        for (int i = 0; i < places.length; i++) {
            swap(places, i, random.nextInt(i, places.length));
            isTaken[places[i]] = true;
        }
        int[] free = new int[width - places.length];
        int n = 0;
        for (int i = 0; i < width; i++) {
            if (!isTaken[i]) {
                free[n++] = i;
            }
        }
        for (int i = 0; i < Math.min(count, free.length); i++) {
            swap(free, i, random.nextInt(i, free.length));
            places[i] = free[i];
        }
        return places;
    }

    private static void swap(int[] numbers, int one, int other) {
        int kept = numbers[one];
        numbers[one] = numbers[other];
        numbers[other] = kept;
    }
}
