package dev.bartizan.robustness;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Square attack, from scores only: M. Andriushchenko, F. Croce, N. Flammarion, M. Hein, "Square
/// Attack: a query-efficient black-box adversarial attack via random search" (ECCV 2020), algorithm
/// 1 with the proposals of algorithms 2 (maximum norm) and 3 (L2).
public final class SquareAttack implements BlackBoxAttack {
    static final String NAME = "square";
    private static final double FIRST_SHARE = 0.8;
    private static final int SCHEDULE_QUERIES = 10_000;
    private static final int[] HALVINGS = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

    private final int queries;

    /// @param queries most questions per example
    public SquareAttack(int queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public float[] run(ScoreSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return new Search(model, examples, ball, new SplittableRandom(seed)).run();
    }

    private final class Search {
        private final ScoreSource model;
        private final Examples examples;
        private final int width;
        private final SquareProposals proposals;
        private final float[] best;
        private final double[] margins;
        private final boolean[] isBroken;

        Search(ScoreSource model, Examples examples, Ball ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            width = examples.width();
            ImageLayout layout = ImageLayout.of(model.rowDims());
            float[] original = examples.values();
            proposals =
                    ball.norm() == Norm.LINF
                            ? new LinfSquares(ball, original, layout, random)
                            : new SmoothSquares(ball, original, layout, random);
            best = examples.values();
            margins = new double[examples.rows()];
            isBroken = new boolean[examples.rows()];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        }

        float[] run() throws IOException, InterruptedException {
            int[] rows = Rows.open(isBroken);
            float[] tried = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                proposals.first(tried, i, rows[i]);
            }
            keepBetter(tried, rows);
            for (int query = 1; query < queries; query++) {
                rows = Rows.open(isBroken);
                if (rows.length == 0) {
                    break;
                }
                tried = Rows.gather(best, rows, width);
                for (int i = 0; i < rows.length; i++) {
                    proposals.next(tried, i, rows[i], share(query));
                }
                keepBetter(tried, rows);
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

        private void keepBetter(float[] tried, int[] rows)
                throws IOException, InterruptedException {
            float[] scores = model.scores(tried);
            for (int i = 0; i < rows.length; i++) {
                int row = rows[i];
                double margin = examples.margin(scores, i, model.classes(), row);
                boolean isWrong = examples.isBroken(row, Scores.best(scores, i, model.classes()));
                if (margin > margins[row] || isWrong) {
                    margins[row] = margin;
                    isBroken[row] = isWrong;
                    Rows.copy(tried, i, best, row, width);
                }
            }
        }
    }
}
