package dev.bartizan.targets;

import java.time.Duration;

/// Waits.
@FunctionalInterface
public interface Pacing {
    /// Waits so long.
    void pause(Duration duration) throws InterruptedException;

    /// Waits in real time.
    Pacing REAL = Thread::sleep;
}
