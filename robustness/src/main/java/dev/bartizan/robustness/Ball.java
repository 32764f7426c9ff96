package dev.bartizan.robustness;

import java.util.Arrays;

/// How far an attacker may move an example: by at most a radius in a norm, and never out of the box
/// of valid inputs. In the maximum norm each number may have a radius of its own.
public final class Ball {
    /// Projections stay this much inside, so that rounding to floats does not leave the ball.
    private static final double INSIDE = 1 - 1e-6;

    private static final int BISECTIONS = 50;
    private static final double UNBOUNDED = 1e20;

    private final Norm norm;
    private final float[] radius;
    private final float[] low;
    private final float[] high;

    private Ball(Norm norm, float[] radius, float[] low, float[] high) {
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
        this.norm = norm;
        this.radius = radius.clone();
        this.low = low.clone();
        this.high = high.clone();
    }

    /// A ball of the maximum norm.
    ///
    /// @param radius largest change of each number, at least 0
    /// @param low smallest valid value of each number
    /// @param high largest valid value of each number
    public static Ball linf(float[] radius, float[] low, float[] high) {
        return new Ball(Norm.LINF, radius, low, high);
    }

    /// The same radius and box for every number.
    public static Ball of(Norm norm, int width, float radius, float low, float high) {
        float[] radii = new float[width];
        float[] lows = new float[width];
        float[] highs = new float[width];
        Arrays.fill(radii, radius);
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        return new Ball(norm, radii, lows, highs);
    }

    /// Only the box: every number may go anywhere in it.
    static Ball box(Ball ball) {
        float[] radii = new float[ball.low.length];
        for (int i = 0; i < radii.length; i++) {
            radii[i] = ball.high[i] - ball.low[i];
        }
        return new Ball(Norm.LINF, radii, ball.low, ball.high);
    }

    /// The same box and norm with the radius times a factor.
    public Ball times(double factor) {
        float[] radii = radius.clone();
        for (int i = 0; i < radii.length; i++) {
            radii[i] = (float) (radii[i] * factor);
        }
        return new Ball(norm, radii, low, high);
    }

    /// The same box and norm with another radius; in the maximum norm so many times each one.
    Ball within(double size) {
        double bounded = Math.min(size, UNBOUNDED);
        if (norm == Norm.LINF) {
            return times(bounded);
        }
        return radius((float) bounded);
    }

    /// The same box and norm with one radius for every number.
    Ball radius(float one) {
        float[] radii = new float[radius.length];
        Arrays.fill(radii, one);
        return new Ball(norm, radii, low, high);
    }

    /// Side of the box at a number.
    double side(int column) {
        return (double) high[column] - low[column];
    }

    /// A number of the box as one from -1 to 1.
    double toUnit(float number, int column) {
        double side = side(column);
        return side == 0 ? 0 : 2 * (number - low[column]) / side - 1;
    }

    /// The number of the box that one from -1 to 1 stands for.
    float fromUnit(double number, int column) {
        return inBox((float) (low[column] + side(column) * (number + 1) / 2), column);
    }

    /// Rows that are allowed; the original where one is not.
    float[] orOriginal(float[] found, Examples examples) {
        float[] original = examples.values();
        for (int row = 0; row < examples.rows(); row++) {
            if (!allows(found, original, row)) {
                Rows.copy(original, row, found, row, width());
            }
        }
        return found;
    }

    /// How size is counted.
    public Norm norm() {
        return norm;
    }

    /// Numbers in one example.
    public int width() {
        return radius.length;
    }

    /// Largest change of a number.
    float radius(int column) {
        return radius[column];
    }

    /// The radius, where it is the same for all numbers.
    float eps() {
        return radius[0];
    }

    /// Smallest value that a number of an example may take.
    float floor(float original, int column) {
        return Math.max(original - radius[column], low[column]);
    }

    /// Largest value that a number of an example may take.
    float ceiling(float original, int column) {
        return Math.min(original + radius[column], high[column]);
    }

    /// The value nearest to one wanted that the number may take.
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

    /// Brings a row of `x` into ball and box: to the nearest point in the maximum norm and in L1;
    /// in L2 into the box and then straight towards the example.
    ///
    /// @param at number of the row in `x`
    /// @param from number of the row in `original`
    void project(float[] x, int at, float[] original, int from) {
        int width = radius.length;
        switch (norm) {
            case LINF -> {
                for (int i = 0; i < width; i++) {
                    x[at * width + i] = clamp(x[at * width + i], original[from * width + i], i);
                }
            }
            case L2 -> {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    float boxed = inBox(x[at * width + i], i);
                    x[at * width + i] = boxed;
                    double change = (double) boxed - original[from * width + i];
                    sum += change * change;
                }
                shrink(x, at, original, from, Math.sqrt(sum));
            }
            case L1 -> projectL1(x, at, original, from);
            case L0 -> projectL0(x, at, original, from);
        }
    }

    /// Keeps the largest changes, as many as are allowed; of equal ones the first.
    private void projectL0(float[] x, int at, float[] original, int from) {
        int width = radius.length;
        double[] sizes = new double[width];
        for (int i = 0; i < width; i++) {
            x[at * width + i] = inBox(x[at * width + i], i);
            sizes[i] = Math.abs((double) x[at * width + i] - original[from * width + i]);
        }
        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        int left = Math.min(width, (int) eps());
        double least = left == 0 ? Double.POSITIVE_INFINITY : sorted[width - left];
        for (int i = width - left; i < width && left > 0; i++) {
            left -= sorted[i] > least ? 1 : 0;
        }
        for (int i = 0; i < width; i++) {
            boolean isTie = sizes[i] == least && sizes[i] > 0 && left-- > 0;
            if (sizes[i] <= least && !isTie) {
                x[at * width + i] = original[from * width + i];
            }
        }
    }

    private void shrink(float[] x, int at, float[] original, int from, double size) {
        int width = radius.length;
        if (size <= eps() * INSIDE) {
            return;
        }
        double factor = eps() * INSIDE / size;
        for (int i = 0; i < width; i++) {
            float start = original[from * width + i];
            x[at * width + i] = (float) (start + factor * ((double) x[at * width + i] - start));
        }
    }

    /// Exact projection onto the intersection of the L1 ball and the box: F. Croce and M. Hein,
    /// "Mind the box: l1-APGD for sparse adversarial attacks on image classifiers" (ICML 2021),
    /// proposition 2.1; the threshold by bisection instead of sorting.
    private void projectL1(float[] x, int at, float[] original, int from) {
        int width = radius.length;
        double largest = 0;
        for (int i = 0; i < width; i++) {
            largest =
                    Math.max(
                            largest,
                            Math.abs((double) x[at * width + i] - original[from * width + i]));
        }
        if (sizeAt(0, x, at, original, from) > eps() * INSIDE) {
            double few = 0;
            double many = largest;
            for (int i = 0; i < BISECTIONS; i++) {
                double middle = (few + many) / 2;
                if (sizeAt(middle, x, at, original, from) > eps() * INSIDE) {
                    few = middle;
                } else {
                    many = middle;
                }
            }
            for (int i = 0; i < width; i++) {
                float start = original[from * width + i];
                x[at * width + i] = (float) (start + cut(x[at * width + i], start, many, i));
            }
        } else {
            for (int i = 0; i < width; i++) {
                x[at * width + i] = inBox(x[at * width + i], i);
            }
        }
    }

    private double sizeAt(double threshold, float[] x, int at, float[] original, int from) {
        int width = radius.length;
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.abs(cut(x[at * width + i], original[from * width + i], threshold, i));
        }
        return sum;
    }

    private double cut(float wanted, float start, double threshold, int column) {
        double change = (double) wanted - start;
        double size = Math.max(Math.abs(change) - threshold, 0);
        return Math.signum(change) * Math.min(size, room(start, column, change > 0));
    }

    private double longer(double size, double change, int column) {
        return switch (norm) {
            case LINF -> Math.max(size, change == 0 ? 0 : change / Math.max(radius[column], 1e-30));
            case L2 -> size + change * change;
            case L1 -> size + change;
            case L0 -> size + (change == 0 ? 0 : 1);
        };
    }

    /// Size of the change of a row in this norm; in the maximum norm in radii of each number.
    double size(float[] changed, int changedRow, float[] original, int originalRow) {
        int width = radius.length;
        double size = 0;
        for (int i = 0; i < width; i++) {
            double change =
                    Math.abs(
                            (double) changed[changedRow * width + i]
                                    - original[originalRow * width + i]);
            size = longer(size, change, i);
        }
        return norm == Norm.L2 ? Math.sqrt(size) : size;
    }

    /// Whether a changed example is allowed.
    ///
    /// @param row number of the row in both arrays
    boolean allows(float[] changed, float[] original, int row) {
        return allows(changed, row, original, row);
    }

    /// Whether a changed example is allowed.
    boolean allows(float[] changed, int changedRow, float[] original, int originalRow) {
        int width = radius.length;
        for (int i = 0; i < width; i++) {
            float from = original[originalRow * width + i];
            float to = changed[changedRow * width + i];
            boolean isInside =
                    norm == Norm.LINF
                            ? to >= floor(from, i) && to <= ceiling(from, i)
                            : to >= low[i] && to <= high[i];
            if (!isInside) {
                return false;
            }
        }
        return norm == Norm.LINF || size(changed, changedRow, original, originalRow) <= eps();
    }
}
