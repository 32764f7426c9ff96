package dev.bartizan.reports;

import java.util.Locale;

/// Text of unknown origin made safe to show: what a reader cannot see, or what would change how the
/// rest is read (control, bidirectional and other format characters, lone surrogates, floods of
/// combining marks), becomes a visible escape such as `[U+202E]`. Line breaks and tabs become
/// spaces.
public final class VisibleText {
    private static final int MAX_MARKS_IN_A_ROW = 3;

    private VisibleText() {}

    /// Hears the pieces of a text in order.
    public interface Sink {
        /// A code point that is safe to show.
        void plain(int codePoint);

        /// The escape of one that is not.
        void escaped(String escape);
    }

    /// The text with escapes in place of what must not be shown.
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        walk(
                text,
                new Sink() {
                    @Override
                    public void plain(int codePoint) {
                        shown.appendCodePoint(codePoint);
                    }

                    @Override
                    public void escaped(String escape) {
                        shown.append(escape);
                    }
                });
        return shown.toString();
    }

    /// The same, shortened to at most `limit` code points, the last one an ellipsis.
    public static String of(String text, int limit) {
        return shorten(of(text), limit);
    }

    /// The first code points of a text, ending in an ellipsis when something was left out.
    public static String shorten(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, limit - 1)).stripTrailing() + "…";
    }

    /// Tells the pieces of a text to `sink`.
    public static void walk(String text, Sink sink) {
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            marks = isMark(codePoint) ? marks + 1 : 0;
            if (codePoint == '\n' || codePoint == '\r' || codePoint == '\t') {
                sink.plain(' ');
            } else if (marks > MAX_MARKS_IN_A_ROW || !isSafe(codePoint)) {
                sink.escaped(String.format(Locale.ROOT, "[U+%04X]", codePoint));
            } else {
                sink.plain(codePoint);
            }
        }
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
