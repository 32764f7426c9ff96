package dev.bartizan.tensors.inference;

import java.time.Duration;

/// How much a model may use.
///
/// @param threads that compute one run
/// @param loadTime until it must be loaded
/// @param runTime until one run must be over
/// @param maxElements numbers in one tensor that goes in or comes out
public record InferenceLimits(int threads, Duration loadTime, Duration runTime, long maxElements) {
    /// One thread, a minute to load, twenty seconds to run, 64 Mi numbers.
    public static final InferenceLimits DEFAULT =
            new InferenceLimits(1, Duration.ofSeconds(60), Duration.ofSeconds(20), 1L << 26);

    public InferenceLimits {
        if (threads < 1 || maxElements < 1) {
            throw new IllegalArgumentException("Limits are positive");
        }
    }
}
