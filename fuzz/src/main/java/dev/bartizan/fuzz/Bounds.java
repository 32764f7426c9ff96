package dev.bartizan.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/// What must hold of every input, whatever it holds: nothing is thrown but what the parser promises
/// to throw, and it takes at most a second of CPU for each megabyte or part of one. That the heap
/// suffices is seen to by running with a small one.
final class Bounds {
    private static final int MEGABYTE = 1_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Bounds() {}

    static Parser.Outcome check(Parser parser, byte[] input) throws Exception {
        Duration most = Duration.ofSeconds(1 + input.length / MEGABYTE);
        long before = THREADS.getCurrentThreadCpuTime();
        Parser.Outcome outcome = parser.attempt().read(input);
        if (since(before).compareTo(most) > 0) {
            requireQuick(parser, input, most);
        }
        return outcome;
    }

    /// Reads it again, now that classes are loaded and instrumented, which takes its time, too.
    private static void requireQuick(Parser parser, byte[] input, Duration most) throws Exception {
        long before = THREADS.getCurrentThreadCpuTime();
        parser.attempt().read(input);
        Duration took = since(before);
        if (took.compareTo(most) > 0) {
            throw new AssertionError(
                    "Takes " + took.toMillis() + " ms of CPU for " + input.length + " bytes");
        }
    }

    private static Duration since(long before) {
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    }
}
