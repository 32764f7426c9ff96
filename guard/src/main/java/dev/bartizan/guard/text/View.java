package dev.bartizan.guard.text;

/// A readable form of an original text that knows, for each of its characters, which code points of
/// the original it came from. Never changes once made.
public final class View {
    private final String text;
    private final int[] starts;
    private final int[] ends;
    private final int originalLength;

    View(String text, int[] starts, int[] ends, int originalLength) {
        if (starts.length < text.length() || ends.length < text.length()) {
            throw new IllegalStateException("a character without a place in the original");
        }
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.originalLength = originalLength;
    }

    /// The text as it is, every character where it stands.
    public static View of(String original) {
        int[] starts = new int[original.length()];
        int[] ends = new int[original.length()];
        int point = 0;
        for (int i = 0; i < original.length(); point++) {
            int width = Character.charCount(original.codePointAt(i));
            for (int j = 0; j < width; j++) {
                starts[i + j] = point;
                ends[i + j] = point + 1;
            }
            i += width;
        }
        return new View(original, starts, ends, point);
    }

    /// The readable text.
    public String text() {
        return text;
    }

    /// Number of characters (UTF-16 units) of the readable text.
    public int length() {
        return text.length();
    }

    /// Number of code points of the original.
    public int originalLength() {
        return originalLength;
    }

    /// First original code point of the character at `index`.
    public int startOf(int index) {
        return starts[index];
    }

    /// Original code point after the last one of the character at `index`.
    public int endOf(int index) {
        return ends[index];
    }

    /// The smallest original range that holds all characters of `[from, to)`. Cost: its length.
    public Span span(int from, int to) {
        if (from < 0 || to > text.length() || from > to) {
            throw new IllegalArgumentException(
                    "[" + from + ", " + to + ") outside a view of " + text.length());
        }
        if (from == to) {
            int at = from < text.length() ? starts[from] : originalLength;
            return new Span(at, at);
        }
        int start = Integer.MAX_VALUE;
        int end = 0;
        for (int i = from; i < to; i++) {
            start = Math.min(start, starts[i]);
            end = Math.max(end, ends[i]);
        }
        return new Span(start, end);
    }

    /// A range of code points of the original, end exclusive.
    public record Span(int start, int end) {}
}
