package dev.bartizan.core.run;

import java.util.Set;

/// What the user asked of a run.
///
/// @param only ids of the checks to run; all when empty
/// @param isFresh whether to run checks again whose evidence still holds
/// @param isThorough whether to take the long way
/// @param parallelism how many checks run side by side, at least 1
public record RunOptions(Set<String> only, boolean isFresh, boolean isThorough, int parallelism) {
    public RunOptions {
        only = Set.copyOf(only);
        if (parallelism < 1) {
            throw new IllegalArgumentException("At least one check runs, given " + parallelism);
        }
    }

    /// Whether the check is asked for.
    public boolean wants(String check) {
        return only.isEmpty() || only.contains(check);
    }
}
