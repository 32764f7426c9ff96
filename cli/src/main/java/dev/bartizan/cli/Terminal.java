package dev.bartizan.cli;

import dev.bartizan.reports.terminal.TerminalSummary;
import java.io.Console;
import java.util.Optional;

/// What is known of the terminal.
final class Terminal {
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 160;

    private Terminal() {}

    /// Whether a person looks on.
    static boolean isInteractive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// How to write for it: colour only for a person who did not forbid it through `NO_COLOR`.
    static TerminalSummary.Style style() {
        String noColour = System.getenv("NO_COLOR");
        boolean isPlain = !isInteractive() || (noColour != null && !noColour.isEmpty());
        return new TerminalSummary.Style(
                width(), isPlain ? TerminalSummary.Colour.NEVER : TerminalSummary.Colour.ALWAYS);
    }

    private static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("[0-9]{1,4}")) {
            return TerminalSummary.DEFAULT_WIDTH;
        }
        return Math.clamp(Integer.parseInt(columns), MIN_WIDTH, MAX_WIDTH);
    }
}
