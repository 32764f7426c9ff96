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
    L1;

    /// Its word on the command line, such as `linf`.
    public String word() {
        return switch (this) {
            case LINF -> "linf";
            case L2 -> "l2";
            case L1 -> "l1";
        };
    }

    /// The norm of that word.
    public static Optional<Norm> of(String word) {
        return Arrays.stream(values()).filter(norm -> norm.word().equals(word)).findFirst();
    }
}
