package dev.bartizan.reports.terminal;

import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.List;

/// A command that can be copied whatever the width: broken between words with a backslash, never
/// cut.
final class CommandLines {
    private static final String INDENT = "      ";
    private static final String GOES_ON = " \\";

    private CommandLines() {}

    /// The lines of an introduction and a command.
    static List<Line> of(String introduction, String command, int width) {
        if (Columns.of(introduction + command) <= width) {
            return List.of(Line.command(introduction + command));
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Tone.STRONG, introduction.stripTrailing()));
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : words(command)) {
            if (!line.toString().isBlank() && Columns.of(line + " " + word + GOES_ON) > width) {
                lines.add(Line.command(line + GOES_ON));
                line = new StringBuilder(INDENT);
            }
            line.append(line.toString().isBlank() ? "" : " ").append(word);
        }
        lines.add(Line.command(line.toString()));
        return lines;
    }

    /// The words of a command; spaces between single quotes do not part them.
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            boolean isEscaped = !isQuoted && i > 0 && command.charAt(i - 1) == '\\';
            if (c == '\'' && !isEscaped) {
                isQuoted = !isQuoted;
            }
            if (c == ' ' && !isQuoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
