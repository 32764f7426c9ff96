package dev.bartizan.cli;

import dev.bartizan.robustness.EvasionListener;
import java.io.PrintWriter;
import java.time.Duration;

/// Shows on one line of a terminal how far an attack is and how long it may still take.
final class AttackProgress implements EvasionListener {
    private static final String CLEAR = "\r\u001b[2K";
    private static final double EARLY = 0.02;

    private final PrintWriter err;
    private final long started = System.nanoTime();

    AttackProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void began(String attack, int done, int of, double share) {
        double far = (done + share * Math.min(of - done, 256)) / of;
        Duration spent = Duration.ofNanos(System.nanoTime() - started);
        String left =
                far < EARLY
                        ? ""
                        : ", about " + (long) (spent.toSeconds() * (1 - far) / far) + " s left";
        err.print(CLEAR + "attack: " + attack + ", " + done + " of " + of + " settled" + left);
        err.flush();
    }

    @Override
    public void settled(dev.bartizan.robustness.EvasionResult part) {
        err.print(CLEAR);
        err.flush();
    }
}
