package dev.bartizan.tensors.inference;

import java.time.Duration;

/// How much a model may use.
///
/// @param threads that compute one run
/// @param loadTime until it must be loaded
/// @param runTime until one run must be over
/// @param maxElements numbers in one tensor that goes in or comes out
/// @param device what computes
/// @param memory what happens to the memory of a run when it is over
public record InferenceLimits(
        int threads,
        Duration loadTime,
        Duration runTime,
        long maxElements,
        Device device,
        Memory memory) {
    /// One thread, a minute to load, twenty seconds to run, 64 Mi numbers.
    public static final InferenceLimits DEFAULT =
            new InferenceLimits(1, Duration.ofSeconds(60), Duration.ofSeconds(20), 1L << 26);

    /// Limits on the processor.
    public InferenceLimits(int threads, Duration loadTime, Duration runTime, long maxElements) {
        this(threads, loadTime, runTime, maxElements, Device.CPU, Memory.RETURNED);
    }

    /// What happens to the memory of a run when it is over.
    public enum Memory {
        /// It goes back at once, for models that are run now and then.
        RETURNED,
        /// It is kept for the next run, for models that are run thousands of times.
        KEPT
    }

    /// The same on a device.
    public InferenceLimits on(Device other) {
        return new InferenceLimits(threads, loadTime, runTime, maxElements, other, memory);
    }

    /// The same for a model that is run thousands of times.
    public InferenceLimits keepingMemory() {
        return new InferenceLimits(threads, loadTime, runTime, maxElements, device, Memory.KEPT);
    }

    public InferenceLimits {
        if (threads < 1 || maxElements < 1) {
            throw new IllegalArgumentException("Limits are positive");
        }
    }
}
