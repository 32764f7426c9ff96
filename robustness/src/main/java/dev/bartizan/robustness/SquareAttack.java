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
        private final float[] tried;
        private final float[] scores;
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
            tried = examples.values();
            scores = new float[examples.rows() * model.classes()];
            margins = new double[examples.rows()];
            isBroken = new boolean[examples.rows()];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        }

        float[] run() throws IOException, InterruptedException {
            int[] rows = Rows.open(isBroken);
            for (int row : rows) {
                proposals.first(tried, row, row);
            }
            keepBetter(rows);
            for (int query = 1; query < queries; query++) {
                rows = Rows.open(isBroken);
                if (rows.length == 0) {
                    break;
                }
                for (int row : rows) {
                    Rows.copy(best, row, tried, row, width);
                    proposals.next(tried, row, row, share(query));
                }
                keepBetter(rows);
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

        private void keepBetter(int[] rows) throws IOException, InterruptedException {
            model.scores(tried, rows, scores);
            for (int row : rows) {
                double margin = examples.margin(scores, row, model.classes(), row);
                boolean isWrong = examples.isBroken(row, Scores.best(scores, row, model.classes()));
                if (margin > margins[row] || isWrong) {
                    margins[row] = margin;
                    isBroken[row] = isWrong;
                    Rows.copy(tried, row, best, row, width);
                }
            }
        }
    }
}
