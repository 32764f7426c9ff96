package dev.bartizan.robustness;

import dev.bartizan.tensors.inference.InferenceException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Square attack for the maximum norm, from scores only: M. Andriushchenko, F. Croce, N.
/// Flammarion, M. Hein, "Square Attack: a query-efficient black-box adversarial attack via random
/// search" (ECCV 2020), algorithms 1 and 2. Rows without an image's shape are taken as a square of
/// one channel, or a line.
public final class SquareAttack implements Attack {
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

    /// Where the number of a channel, row and column stands.
    private record Layout(int channels, int height, int width, boolean isChannelLast) {
        private static final long MOST_CHANNELS = 4;

        static Layout of(List<Long> dims) {
            if (dims.size() == 3) {
                int first = Math.toIntExact(dims.get(0));
                int second = Math.toIntExact(dims.get(1));
                int third = Math.toIntExact(dims.get(2));
                boolean isLast = third <= MOST_CHANNELS && first > MOST_CHANNELS;
                return isLast
                        ? new Layout(third, first, second, true)
                        : new Layout(first, second, third, false);
            }
            int size = Math.toIntExact(dims.stream().reduce(1L, Math::multiplyExact));
            int side = (int) Math.round(Math.sqrt(size));
            return side * side == size
                    ? new Layout(1, side, side, false)
                    : new Layout(1, 1, size, false);
        }

        int at(int channel, int row, int column) {
            return isChannelLast
                    ? (row * width + column) * channels + channel
                    : (channel * height + row) * width + column;
        }
    }

    @Override
    public float[] run(AttackedModel model, Examples examples, LinfBall ball, long seed)
            throws InferenceException, InterruptedException {
        return new Search(model, examples, ball, new SplittableRandom(seed)).run();
    }

    private final class Search {
        private final AttackedModel model;
        private final Examples examples;
        private final LinfBall ball;
        private final SplittableRandom random;
        private final Layout layout;
        private final float[] original;
        private final float[] best;
        private final double[] margins;

        Search(AttackedModel model, Examples examples, LinfBall ball, SplittableRandom random) {
            this.model = model;
            this.examples = examples;
            this.ball = ball;
            this.random = random;
            layout = Layout.of(model.rowDims());
            original = examples.values();
            best = examples.values();
            margins = new double[examples.rows()];
            Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        }

        float[] run() throws InferenceException, InterruptedException {
            int[] rows = open();
            float[] stripes = new float[rows.length * ball.width()];
            for (int i = 0; i < rows.length; i++) {
                stripe(stripes, i, rows[i]);
            }
            keepBetter(stripes, rows);
            for (int query = 1; query < queries; query++) {
                rows = open();
                if (rows.length == 0) {
                    break;
                }
                int side = side(query);
                float[] tried = new float[rows.length * ball.width()];
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(
                            best, rows[i] * ball.width(), tried, i * ball.width(), ball.width());
                    square(tried, i, rows[i], side);
                }
                keepBetter(tried, rows);
            }
            return best;
        }

        private int[] open() {
            int[] rows = new int[margins.length];
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (margins[i] <= 0) {
                    rows[count++] = i;
                }
            }
            return Arrays.copyOf(rows, count);
        }

        private void stripe(float[] into, int at, int row) {
            for (int channel = 0; channel < layout.channels(); channel++) {
                for (int column = 0; column < layout.width(); column++) {
                    int sign = random.nextBoolean() ? 1 : -1;
                    for (int line = 0; line < layout.height(); line++) {
                        put(into, at, row, layout.at(channel, line, column), sign);
                    }
                }
            }
        }

        private void put(float[] into, int at, int row, int place, int sign) {
            float from = original[row * ball.width() + place];
            into[at * ball.width() + place] =
                    sign > 0 ? ball.ceiling(from, place) : ball.floor(from, place);
        }

        private int side(int query) {
            int scaled = (int) ((long) query * SCHEDULE_QUERIES / queries);
            double share = FIRST_SHARE;
            for (int limit : HALVINGS) {
                share /= scaled > limit ? 2 : 1;
            }
            int side = (int) Math.round(Math.sqrt(share * layout.height() * layout.width()));
            return Math.clamp(side, 1, Math.max(1, Math.max(layout.height(), layout.width()) - 1));
        }

        private void square(float[] into, int at, int row, int side) {
            int high = Math.min(side, layout.height());
            int wide = Math.min(side, layout.width());
            int top = random.nextInt(layout.height() - high + 1);
            int left = random.nextInt(layout.width() - wide + 1);
            for (int channel = 0; channel < layout.channels(); channel++) {
                int sign = random.nextBoolean() ? 1 : -1;
                for (int i = 0; i < high * wide; i++) {
                    int place = layout.at(channel, top + i / wide, left + i % wide);
                    put(into, at, row, place, sign);
                }
            }
        }

        private void keepBetter(float[] tried, int[] rows)
                throws InferenceException, InterruptedException {
            float[] scores = model.scores(tried);
            for (int i = 0; i < rows.length; i++) {
                int label = examples.label(rows[i]);
                double margin = Scores.margin(scores, i, model.classes(), label);
                boolean isWrong = Scores.best(scores, i, model.classes()) != label;
                if (margin > margins[rows[i]] || isWrong) {
                    margins[rows[i]] = isWrong ? Math.max(margin, Double.MIN_VALUE) : margin;
                    System.arraycopy(
                            tried, i * ball.width(), best, rows[i] * ball.width(), ball.width());
                }
            }
        }
    }
}
