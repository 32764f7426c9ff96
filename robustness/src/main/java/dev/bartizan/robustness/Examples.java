package dev.bartizan.robustness;

import java.util.Arrays;

/// Rows of numbers with their labels.
public final class Examples {
    private final float[] values;
    private final int[] labels;
    private final int width;

    /// @param values row-major
    /// @param labels class of each row
    public Examples(float[] values, int[] labels) {
        if (labels.length == 0 || values.length % labels.length != 0) {
            throw new IllegalArgumentException(
                    values.length + " numbers do not make " + labels.length + " rows");
        }
        this.values = values.clone();
        this.labels = labels.clone();
        this.width = values.length / labels.length;
    }

    /// How many.
    public int rows() {
        return labels.length;
    }

    /// Numbers in one.
    public int width() {
        return width;
    }

    /// Class of a row.
    public int label(int row) {
        return labels[row];
    }

    /// All numbers, row-major, copied.
    public float[] values() {
        return values.clone();
    }

    /// Labels, copied.
    public int[] labels() {
        return labels.clone();
    }

    /// The rows of those numbers.
    Examples pick(int[] rows) {
        float[] picked = new float[rows.length * width];
        int[] classes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, picked, i * width, width);
            classes[i] = labels[rows[i]];
        }
        return new Examples(picked, classes);
    }

    /// Numbers of one row.
    float[] row(int row) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
}
