package dev.bartizan.core;

import java.util.Locale;

/// How a threat stands. Computed, never typed in; declared in the order in which they are decided.
public enum Standing {
    ACCEPTED,
    CONFIRMED,
    STALE,
    UNDETERMINED,
    WITHSTOOD,
    CLEARED,
    PROVED,
    DECLARED,
    UNTESTED;

    /// The word used in files and reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
