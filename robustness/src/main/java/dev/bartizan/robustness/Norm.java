package dev.bartizan.robustness;

import java.util.Arrays;
import java.util.Optional;

/// How the size of a change is counted.
public enum Norm {
    /// The largest change of a number.
    LINF,
    /// The square root of the sum of squared changes.
    L2,
    /// The sum of absolute changes.
    L1,
    /// How many numbers are changed, whatever by how much.
    L0;

    /// Its word on the command line, such as `linf`.
    public String word() {
        return switch (this) {
            case LINF -> "linf";
            case L2 -> "l2";
            case L1 -> "l1";
            case L0 -> "l0";
        };
    }

    /// What an attack throws that does not know this norm; whoever chooses attacks asks {@link
    /// Attack#norms} first.
    IllegalArgumentException unknown(String attack) {
        return new IllegalArgumentException("The norm " + word() + " is unknown to " + attack);
    }

    /// The largest size that a change can have in a box.
    ///
    /// @param width numbers in one example
    /// @param side of the box
    public double ofBox(int width, double side) {
        return switch (this) {
            case LINF -> side;
            case L2 -> side * Math.sqrt(width);
            case L1 -> side * width;
            case L0 -> width;
        };
    }

    /// The norm of that word.
    public static Optional<Norm> of(String word) {
        return Arrays.stream(values()).filter(norm -> norm.word().equals(word)).findFirst();
    }
}
