package dev.bartizan.cli;

import dev.bartizan.artifacts.ScanSettings;
import java.io.PrintWriter;

/// Shows on one line of a terminal how many files are scanned; silent where nobody looks on.
final class ScanProgress implements ScanSettings.Progress, AutoCloseable {
    private static final String CLEAR = "\r\u001b[2K";
    private static final long BETWEEN_NANOS = 200_000_000;

    private final PrintWriter err;
    private final boolean isShown;
    private long nextNanos;
    private boolean hasDrawn;

    private ScanProgress(PrintWriter err, boolean isShown) {
        this.err = err;
        this.isShown = isShown;
        this.nextNanos = System.nanoTime() + BETWEEN_NANOS;
    }

    static ScanProgress on(PrintWriter err) {
        return new ScanProgress(err, Terminal.isInteractive());
    }

    @Override
    public void scanned(int done, int of) {
        if (isShown) {
            draw(done, of);
        }
    }

    private synchronized void draw(int done, int of) {
        if (System.nanoTime() < nextNanos) {
            return;
        }
        nextNanos = System.nanoTime() + BETWEEN_NANOS;
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
