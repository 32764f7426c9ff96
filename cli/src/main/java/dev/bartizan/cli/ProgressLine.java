package dev.bartizan.cli;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.run.RunListener;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows on one line of a terminal which checks are under way and how far they are.
final class ProgressLine implements RunListener {
    private static final int WIDTH = 78;
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintWriter err;
    private final Map<String, String> underWay = new LinkedHashMap<>();
    private int ended;
    private int planned;

    ProgressLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void looking(int done, int of) {
        show("targets: " + done + " of " + of + " looked at");
    }

    @Override
    public synchronized void planned(int runs) {
        planned = runs;
        draw();
    }

    @Override
    public synchronized void started(String check, String element) {
        underWay.put(check + " " + element, "");
        draw();
    }

    @Override
    public synchronized void progressed(
            String check, String element, int done, int of, String words) {
        underWay.put(check + " " + element, " " + done + "/" + of);
        draw();
    }

    @Override
    public synchronized void finished(String check, String element, List<Evidence> evidence) {
        ended++;
        underWay.remove(check + " " + element);
        draw();
    }

    private void draw() {
        StringBuilder line =
                new StringBuilder("checks: ").append(ended).append(" of ").append(planned);
        underWay.forEach((what, far) -> line.append(" · ").append(what).append(far));
        show(line.toString());
    }

    private void show(String line) {
        err.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line));
        err.flush();
    }

    /// Takes the line away.
    synchronized void clear() {
        err.print(CLEAR);
        err.flush();
    }
}
