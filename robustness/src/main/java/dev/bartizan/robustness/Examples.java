package dev.bartizan.robustness;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Rows of numbers with their labels, and the class that an attacker wants where one is wanted.
public final class Examples {
    private final float[] values;
    private final int[] labels;
    private final int width;
    private final OptionalInt target;

    /// Any wrong answer counts.
    ///
    /// @param values row-major
    /// @param labels class of each row
    public Examples(float[] values, int[] labels) {
        this(values, labels, OptionalInt.empty());
    }

    /// Rows with a wanted answer.
    ///
    /// @param values row-major
    /// @param labels class of each row
    /// @param target the only wrong answer that counts
    public Examples(float[] values, int[] labels, OptionalInt target) {
        if (labels.length == 0 || values.length % labels.length != 0) {
            throw new IllegalArgumentException(
                    values.length + " numbers do not make " + labels.length + " rows");
        }
        this.values = values.clone();
        this.labels = labels.clone();
        this.width = values.length / labels.length;
        this.target = target;
    }

    /// Rows of several, in that order, with the wanted answer of the first.
    static Examples joined(List<Examples> parts) {
        return new Examples(
                Rows.joined(parts.stream().map(part -> part.values).toList()),
                parts.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray(),
                parts.getFirst().target);
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

    /// The only wrong answer that counts, where not every one does.
    public OptionalInt target() {
        return target;
    }

    /// Whether an answer is what the attacker wants.
    boolean isBroken(int row, int answer) {
        return answer != labels[row] && (target.isEmpty() || answer == target.getAsInt());
    }

    /// How much scores speak for what the attacker wants: above 0 when it is reached.
    double margin(float[] scores, int at, int classes, int row) {
        return target.isEmpty()
                ? Scores.margin(scores, at, classes, labels[row])
                : -Scores.margin(scores, at, classes, target.getAsInt());
    }

    /// The class to aim at: the wanted one, or the wrong one of that rank on the unchanged example.
    ///
    /// @param scores of the unchanged examples
    int[] aims(float[] scores, int classes, int rank) {
        int[] aims = new int[labels.length];
        for (int row = 0; row < aims.length; row++) {
            aims[row] = target.isPresent() ? target.getAsInt() : aim(scores, classes, row, rank);
        }
        return aims;
    }

    private int aim(float[] scores, int classes, int row, int rank) {
        int seen = 0;
        for (int candidate : Scores.order(scores, row, classes)) {
            if (candidate != labels[row] && seen++ == rank) {
                return candidate;
            }
        }
        throw new IllegalStateException("No wrong class of rank " + rank);
    }

    /// How many classes are worth an aim of their own.
    int aimsOf(int classes, int most) {
        return target.isPresent() ? 1 : Math.min(most, classes - 1);
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
    public Examples pick(int[] rows) {
        return new Examples(Rows.gather(values, rows, width), Rows.gather(labels, rows), target);
    }

    /// Numbers of one row.
    float[] row(int row) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
}
