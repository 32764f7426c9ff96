package dev.bartizan.artifacts.instructions.steering;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text without what is no prose: fenced blocks, tags of templates, lines of code, settings in
/// front. Each of their characters is a {@link #GAP}, so that places stay what they are.
final class Prose {
    /// Stands for what was left out, and ends a sentence.
    static final char GAP = '\u0001';

    private static final Pattern TEMPLATE =
            Pattern.compile("\\{%[^%]{0,2000}%}|\\{\\{[^{}]{0,400}}}|\\{#[^#]{0,2000}#}");
    private static final Pattern SETTING =
            Pattern.compile("(?m)^(?!description:)[\\w-]{1,30}:[^\\n]*$");
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "\\s{0,80}(?:(?:import|from|return|def|class|async|elif|raise|assert|const|let|var|function|public|private|export|try|except)\\b|else:|[}@]|(?:if|for|while|with)\\b.{0,200}[:{]$|[\\w.]{1,60}(?:\\[[^\\]]{0,60}])? ?[-+*/|&]?=[^=])");
    private static final String ENDS_OF_CODE = "{};,(";
    private static final int LONG_LINE = 300;

    private static final Pattern COMMENT =
            Pattern.compile("\\s*(?:#|//|\\*|/\\*|--|<!--|;|\"\"\").*");

    private static final int LONG_CODE = 30;

    private final StringBuilder kept;

    private Prose(String text) {
        kept = new StringBuilder(text);
    }

    /// The prose of a text, of the same length.
    static String of(String text) {
        Prose prose = new Prose(text);
        prose.front(text);
        prose.inline(text);
        prose.fences(text);
        prose.templates(text);
        prose.code(prose.kept.toString());
        return prose.kept.toString();
    }

    private void front(String text) {
        int end = text.startsWith("---\n") ? text.indexOf("\n---", 3) : -1;
        Matcher settings = SETTING.matcher(text).region(0, Math.max(0, end));
        while (settings.find()) {
            leaveOut(settings.start(), settings.end());
        }
    }

    private void fences(String text) {
        int open = text.indexOf("```");
        while (open >= 0) {
            int close = text.indexOf("```", open + 3);
            int end = close < 0 ? text.length() : close + 3;
            leaveOut(open, end);
            open = text.indexOf("```", end);
        }
    }

    /// Longer code within a sentence stands there as a mark alone.
    private void inline(String text) {
        for (int open = text.indexOf('`'); open >= 0; ) {
            int close = text.indexOf('`', open + 1);
            int line = text.indexOf('\n', open);
            if (close < 0 || (line >= 0 && line < close)) {
                open = line < 0 ? -1 : text.indexOf('`', line);
                continue;
            }
            for (int i = open + 1; close - open > LONG_CODE && i < close; i++) {
                kept.setCharAt(i, ' ');
            }
            open = text.indexOf('`', close + 1);
        }
    }

    private void templates(String text) {
        if (text.indexOf("{%") >= 0 || text.indexOf("{{") >= 0 || text.indexOf("{#") >= 0) {
            Matcher tags = TEMPLATE.matcher(text);
            while (tags.find()) {
                leaveOut(tags.start(), tags.end());
            }
        }
    }

    /// In a program only comments are prose, elsewhere all lines that are not mostly signs.
    ///
    /// @param text without what was left out before
    private void code(String text) {
        int lines = 0;
        int ofPrograms = 0;
        for (int from = 0; from < text.length(); from = end(text, from) + 1) {
            String line = text.substring(from, end(text, from));
            if (!line.isBlank()) {
                lines++;
                ofPrograms += isOfProgram(line) ? 1 : 0;
            }
        }
        boolean isProgram = lines > 2 && 3 * ofPrograms > lines;
        for (int from = 0; from < text.length(); from = end(text, from) + 1) {
            String line = text.substring(from, end(text, from));
            if (isMostlySigns(line) || (isProgram && !COMMENT.matcher(line).matches())) {
                leaveOut(from, from + line.length());
            }
        }
    }

    private static boolean isOfProgram(String line) {
        return line.length() < LONG_LINE
                && (ENDS_OF_CODE.indexOf(line.charAt(line.length() - 1)) >= 0
                        || PROGRAM.matcher(line).lookingAt());
    }

    private static int end(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static boolean isMostlySigns(String line) {
        int signs = 0;
        int others = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ("=(){}[]<>|\\$;_`/&*+%".indexOf(c) >= 0) {
                signs++;
            } else if (Character.isLetter(c)) {
                others++;
            }
        }
        return 5 * signs > others;
    }

    private void leaveOut(int from, int to) {
        for (int i = from; i < to; i++) {
            kept.setCharAt(i, GAP);
        }
    }
}
