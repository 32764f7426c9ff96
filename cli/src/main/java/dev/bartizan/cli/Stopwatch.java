package dev.bartizan.cli;

import java.time.Duration;

/// Time since a moment, of the wall and of all processors.
///
/// @param nanos of the wall, then
/// @param cpuNanos of all processors, then
record Stopwatch(long nanos, long cpuNanos) {
    static Stopwatch started() {
        return new Stopwatch(System.nanoTime(), Cpu.nanos());
    }

    Duration wall() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    Duration cpu() {
        return Duration.ofNanos(Cpu.nanos() - cpuNanos);
    }
}
