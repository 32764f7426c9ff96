package dev.bartizan.range;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Lets each principal make so many requests in any window of time.
final class RateWindow {
    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> taken = new HashMap<>();

    /// @param most requests in a window; 0 lets everything pass
    RateWindow(int most, Duration window, InstantSource clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /// Counts a request of the principal, unless it is one too many.
    synchronized boolean admits(String principal) {
        if (most == 0) {
            return true;
        }
        Instant now = clock.instant();
        Deque<Instant> times = taken.computeIfAbsent(principal, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.peekFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
