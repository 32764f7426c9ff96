package dev.bartizan.robustness.tabular;

import java.time.Duration;
import java.util.OptionalInt;

/// How a table is attacked.
///
/// @param maxCost most that an evasion may cost; infinity for any
/// @param from only rows that are answered as this class; empty for all that are answered rightly
/// @param seed of all randomness
/// @param isThorough whether to take the time of the standard tier
/// @param time after which no further row is begun; what was not begun is not attacked
public record TabularSettings(
        double maxCost, OptionalInt from, long seed, boolean isThorough, Duration time) {
    private static final int QUICK_RESTARTS = 0;
    private static final int RESTARTS = 8;
    private static final long QUICK_QUERIES = 20_000;
    private static final long QUERIES = 200_000;
    private static final long QUICK_WORK = 2_000_000;
    private static final long WORK = 100_000_000;

    int restarts() {
        return isThorough ? RESTARTS : QUICK_RESTARTS;
    }

    long queriesPerRow() {
        return isThorough ? QUERIES : QUICK_QUERIES;
    }

    long workPerRow() {
        return isThorough ? WORK : QUICK_WORK;
    }
}
