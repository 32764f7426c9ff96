package dev.bartizan.reports.terminal;

import dev.bartizan.reports.VisibleText;

/// One line on a terminal.
///
/// @param tone how loud it is
/// @param text what it says
/// @param isWhole whether it must not be cut, since somebody will copy it
record Line(Tone tone, String text, boolean isWhole) {
    private static final String RESET = "\u001b[0m";

    /// How loud a line is, with the code that says so.
    enum Tone {
        PLAIN(""),
        STRONG("\u001b[1m"),
        BAD("\u001b[1;31m"),
        GOOD("\u001b[32m"),
        UNSURE("\u001b[33m");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /// A line whose text may come from anywhere.
    static Line of(Tone tone, String text) {
        return new Line(tone, VisibleText.of(text), false);
    }

    /// A part of a command, never cut.
    static Line command(String text) {
        return new Line(Tone.STRONG, VisibleText.of(text), true);
    }

    /// The line cut to the width, in colour when the style asks for it.
    String print(TerminalSummary.Style style) {
        String cut = isWhole ? text : Columns.cut(text, style.width());
        return style.colour() == TerminalSummary.Colour.ALWAYS && !tone.code.isEmpty()
                ? tone.code + cut + RESET
                : cut;
    }
}
