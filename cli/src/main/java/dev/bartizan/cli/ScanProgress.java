package dev.bartizan.cli;

import dev.bartizan.artifacts.ScanSettings;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/// Shows on one line of a terminal how many files are scanned; silent where nobody looks on.
final class ScanProgress implements ScanSettings.Progress, AutoCloseable {
    private static final String CLEAR = "\r\u001b[2K";
    private static final long BETWEEN_NANOS = 200_000_000;

    private final PrintWriter err;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime() + BETWEEN_NANOS);
    private boolean hasDrawn;

    private ScanProgress(PrintWriter err) {
        this.err = err;
    }

    static ScanProgress on(PrintWriter err) {
        return new ScanProgress(err);
    }

    /// Asks who looks on only when there is something to draw: asking costs 10 ms.
    @Override
    public void scanned(int done, int of) {
        long next = nextNanos.get();
        long now = System.nanoTime();
        if (now - next >= 0
                && nextNanos.compareAndSet(next, now + BETWEEN_NANOS)
                && Terminal.isInteractive()) {
            draw(done, of);
        }
    }

    private synchronized void draw(int done, int of) {
        hasDrawn = true;
        err.print(CLEAR + "scanned " + done + " of " + of + " files");
        err.flush();
    }

    /// Takes the line away.
    @Override
    public synchronized void close() {
        if (hasDrawn) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
