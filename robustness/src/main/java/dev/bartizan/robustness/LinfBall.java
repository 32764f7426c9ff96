package dev.bartizan.robustness;

import java.util.Arrays;

/// How far an attacker may move each number of an example: by at most a radius of its own, and
/// never out of the box of valid inputs. Equal radii make the ball of the maximum norm; unequal
/// ones serve inputs that are scaled before the model sees them.
public final class LinfBall {
    private final float[] radius;
    private final float[] low;
    private final float[] high;

    /// @param radius largest change of each number, at least 0
    /// @param low smallest valid value of each number
    /// @param high largest valid value of each number
    public LinfBall(float[] radius, float[] low, float[] high) {
        if (radius.length != low.length || radius.length != high.length) {
            throw new IllegalArgumentException(
                    "Radius, low and high have "
                            + radius.length
                            + ", "
                            + low.length
                            + ", "
                            + high.length
                            + " numbers");
        }
        for (int i = 0; i < radius.length; i++) {
            if (!(radius[i] >= 0) || !(low[i] <= high[i])) {
                throw new IllegalArgumentException(
                        "Number "
                                + i
                                + " has radius "
                                + radius[i]
                                + " and box "
                                + low[i]
                                + ".."
                                + high[i]);
            }
        }
        this.radius = radius.clone();
        this.low = low.clone();
        this.high = high.clone();
    }

    /// The same radius and box for every number.
    public static LinfBall of(int width, float radius, float low, float high) {
        float[] radii = new float[width];
        float[] lows = new float[width];
        float[] highs = new float[width];
        Arrays.fill(radii, radius);
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        return new LinfBall(radii, lows, highs);
    }

    /// Numbers in one example.
    public int width() {
        return radius.length;
    }

    /// Largest change of a number.
    float radius(int column) {
        return radius[column];
    }

    /// Smallest value that a number of an example may take.
    float floor(float original, int column) {
        return Math.max(original - radius[column], low[column]);
    }

    /// Largest value that a number of an example may take.
    float ceiling(float original, int column) {
        return Math.min(original + radius[column], high[column]);
    }

    /// The allowed value nearest to one wanted.
    float clamp(float wanted, float original, int column) {
        return Math.max(floor(original, column), Math.min(ceiling(original, column), wanted));
    }

    /// The valid value nearest to one wanted, however far from the original.
    float inBox(float wanted, int column) {
        return Math.max(low[column], Math.min(high[column], wanted));
    }

    /// Distance to the end of the box.
    float room(float from, int column, boolean isUp) {
        return isUp ? high[column] - from : from - low[column];
    }

    /// Whether a changed example is allowed.
    ///
    /// @param row number of the row in both arrays
    boolean allows(float[] changed, float[] original, int row) {
        return allows(changed, row, original, row);
    }

    /// Whether a changed example is allowed.
    boolean allows(float[] changed, int changedRow, float[] original, int originalRow) {
        for (int i = 0; i < radius.length; i++) {
            float from = original[originalRow * radius.length + i];
            float to = changed[changedRow * radius.length + i];
            if (!(to >= floor(from, i) && to <= ceiling(from, i))) {
                return false;
            }
        }
        return true;
    }
}
