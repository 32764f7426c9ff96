package dev.bartizan.robustness;

import java.util.Arrays;
import java.util.Optional;

/// How hard a classifier is attacked.
public enum Tier {
    /// Gradients with a step schedule that adapts, and a short look without them.
    QUICK,
    /// As strong as AutoAttack's standard version.
    STANDARD,
    /// Scores only.
    BLACKBOX;

    /// Its word on the command line, such as `quick`.
    public String word() {
        return switch (this) {
            case QUICK -> "quick";
            case STANDARD -> "standard";
            case BLACKBOX -> "blackbox";
        };
    }

    /// The tier of that word.
    public static Optional<Tier> of(String word) {
        return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
    }
}
