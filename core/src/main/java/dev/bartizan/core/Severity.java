package dev.bartizan.core;

import java.util.Locale;

/// How bad a finding or a threat is, from least to worst.
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /// Relative weight in risk-weighted coverage: 0 for info, then 1, 3, 9, 27. Each step up
    /// outweighs two below it.
    public int weight() {
        return switch (this) {
            case INFO -> 0;
            case LOW -> 1;
            case MEDIUM -> 3;
            case HIGH -> 9;
            case CRITICAL -> 27;
        };
    }

    /// Whether this is as bad as `threshold`, or worse.
    public boolean isAtLeast(Severity threshold) {
        return compareTo(threshold) >= 0;
    }

    /// The lower-case word used in files and on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the lower-case word.
    ///
    /// @throws UserError for any other word
    public static Severity parse(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        throw new UserError(
                "Unknown severity \"" + word + "\"",
                "",
                "Use one of info, low, medium, high, critical.");
    }
}
