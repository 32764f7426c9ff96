package dev.bartizan.artifacts.spi;

/// Texts out of scanned files, fit to stand in a line of a report or on a terminal.
public final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    /// The text on one line, its first 120 characters: white space as a blank, anything else that
    /// would not be seen or would change what is seen (controls, marks of direction) as "?".
    public static String text(String text) {
        return text(text, LONGEST);
    }

    /// The same with so many characters.
    public static String text(String text, int longest) {
        boolean isCut = text.length() > longest;
        int end = isCut ? longest : text.length();
        if (isCut && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end + 1);
        text.substring(0, end).codePoints().map(Shown::shown).forEach(shown::appendCodePoint);
        return isCut ? shown.append('…').toString() : shown.toString();
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> Character.isWhitespace(c) ? ' ' : '?';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> '?';
            default -> c;
        };
    }
}
