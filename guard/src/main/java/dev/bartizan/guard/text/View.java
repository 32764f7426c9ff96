package dev.bartizan.guard.text;

/// A readable form of an original text that knows, for each of its characters, which code points of
/// the original it came from. Never changes once made.
public final class View {
    private static final int[] NONE = {};
    private final String text;
    private final int[] starts;
    private final int[] ends;
    private final int originalLength;
    private final boolean isIdentity;

    View(String text, int[] starts, int[] ends, int originalLength) {
        this(text, starts, ends, originalLength, false);
        if (Math.min(starts.length, ends.length) < text.length()) {
            throw new IllegalStateException("a character without a place in the original");
        }
    }

    private View(String text, int[] starts, int[] ends, int originalLength, boolean isIdentity) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.originalLength = originalLength;
        this.isIdentity = isIdentity;
    }

    /// A text of ASCII characters only, every character where it stands.
    static View ofAscii(String original) {
        return new View(original, NONE, NONE, original.length(), true);
    }

    /// The same places with another text of the same length.
    View with(String other) {
        if (other.length() != text.length()) {
            throw new IllegalArgumentException("texts of different length");
        }
        return new View(other, starts, ends, originalLength, isIdentity);
    }

    /// Copies the places of `[from, to)` into arrays.
    void places(int from, int to, int[] intoStarts, int[] intoEnds, int at) {
        if (!isIdentity) {
            System.arraycopy(starts, from, intoStarts, at, to - from);
            System.arraycopy(ends, from, intoEnds, at, to - from);
            return;
        }
        for (int i = from; i < to; i++) {
            intoStarts[at + i - from] = i;
            intoEnds[at + i - from] = i + 1;
        }
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
        return isIdentity ? index : starts[index];
    }

    /// Original code point after the last one of the character at `index`.
    public int endOf(int index) {
        return isIdentity ? index + 1 : ends[index];
    }

    /// The smallest original range that holds all characters of `[from, to)`. Cost: its length.
    public Span span(int from, int to) {
        if (from < 0 || to > text.length() || from > to) {
            throw new IllegalArgumentException(
                    "[" + from + ", " + to + ") outside a view of " + text.length());
        }
        if (from == to) {
            int at = from < text.length() ? startOf(from) : originalLength;
            return new Span(at, at);
        }
        if (isIdentity) {
            return new Span(from, to);
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
