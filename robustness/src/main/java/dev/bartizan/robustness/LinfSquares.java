package dev.bartizan.robustness;

import java.util.SplittableRandom;

/// Squares whose numbers all go to one end of their range, at first stripes: algorithm 2 of the
/// square attack.
final class LinfSquares implements SquareProposals {
    private final Ball ball;
    private final float[] original;
    private final ImageLayout layout;
    private final SplittableRandom random;

    LinfSquares(Ball ball, float[] original, ImageLayout layout, SplittableRandom random) {
        this.ball = ball;
        this.original = original;
        this.layout = layout;
        this.random = random;
    }

    @Override
    public void first(float[] into, int at, int row) {
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

    @Override
    public void next(float[] into, int at, int row, double share) {
        int wanted = (int) Math.round(Math.sqrt(share * layout.height() * layout.width()));
        int longest = Math.max(layout.height(), layout.width());
        int side = Math.clamp(wanted, 1, Math.max(1, longest - 1));
        int high = Math.min(side, layout.height());
        int wide = Math.min(side, layout.width());
        int top = random.nextInt(layout.height() - high + 1);
        int left = random.nextInt(layout.width() - wide + 1);
        for (int channel = 0; channel < layout.channels(); channel++) {
            int sign = random.nextBoolean() ? 1 : -1;
            for (int i = 0; i < high * wide; i++) {
                put(into, at, row, layout.at(channel, top + i / wide, left + i % wide), sign);
            }
        }
    }
}
