package dev.bartizan.robustness;

import java.util.Arrays;
import java.util.List;

/// Numbers of the rows that are still to be done.
final class Rows {
    private Rows() {}

    /// The numbers of all of so many rows.
    static int[] all(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /// The rows that are not done.
    static int[] open(boolean[] isDone) {
        int[] rows = new int[isDone.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!isDone[i]) {
                rows[count++] = i;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /// Rows side by side.
    static float[] gather(float[] from, int[] rows, int width) {
        float[] to = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, rows[i] * width, to, i * width, width);
        }
        return to;
    }

    /// The numbers that belong to rows.
    static int[] gather(int[] from, int[] rows) {
        return Arrays.stream(rows).map(row -> from[row]).toArray();
    }

    /// Arrays one after another.
    static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// Copies one row.
    static void copy(float[] from, int row, float[] to, int at, int width) {
        System.arraycopy(from, row * width, to, at * width, width);
    }
}
