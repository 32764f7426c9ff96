package dev.bartizan.robustness;

/// How far every number of some rows may go in a ball of the maximum norm. All arrays are read at
/// the same places, so that the compiler makes vectors of the loops.
final class Span {
    private final int width;
    private final float[] floor;
    private final float[] ceiling;
    private final float[] radius;

    /// @param original rows of examples
    Span(Ball ball, float[] original) {
        width = ball.width();
        floor = new float[original.length];
        ceiling = new float[original.length];
        radius = new float[original.length];
        for (int row = 0; row < original.length; row += width) {
            for (int i = 0; i < width; i++) {
                floor[row + i] = ball.floor(original[row + i], i);
                ceiling[row + i] = ball.ceiling(original[row + i], i);
                radius[row + i] = ball.radius(i);
            }
        }
    }

    /// Goes along the signs of a slope and stays in the span.
    ///
    /// @param from rows
    /// @param into takes the new row, at the same place; may be `from`
    /// @param radii how far
    void ascend(float[] from, float[] into, int row, float[] slope, float radii) {
        for (int at = row * width; at < (row + 1) * width; at++) {
            float moved = from[at] + radii * radius[at] * Math.signum(slope[at]);
            into[at] = Math.max(floor[at], Math.min(ceiling[at], moved));
        }
    }

    /// `now + share (next - now) + (1 - share) (now - before)`, in the span, instead of `next`.
    void mix(float[] next, float[] now, float[] before, int row, float share) {
        for (int at = row * width; at < (row + 1) * width; at++) {
            float mixed =
                    now[at] + share * (next[at] - now[at]) + (1 - share) * (now[at] - before[at]);
            next[at] = Math.max(floor[at], Math.min(ceiling[at], mixed));
        }
    }
}
