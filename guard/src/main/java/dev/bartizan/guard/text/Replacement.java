package dev.bartizan.guard.text;

/// One stretch of a view that reads better as something else.
final class Replacement {
    private final int from;
    private final int to;
    private final String text;
    private final int[] sources;
    private final String how;

    /// @param from first character replaced
    /// @param to character after the last
    /// @param text what it reads as
    /// @param sources for each character of `text`, the offset from `from` of the view character it
    ///   came from; empty when every character stands for the whole stretch
    /// @param how the encoding undone, such as `base64`
    Replacement(int from, int to, String text, int[] sources, String how) {
        this.from = from;
        this.to = to;
        this.text = text;
        this.sources = sources.clone();
        this.how = how;
    }

    Replacement(int from, int to, String text, String how) {
        this(from, to, text, new int[0], how);
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    String text() {
        return text;
    }

    String how() {
        return how;
    }

    /// Whether each character has a place of its own.
    boolean hasPlaces() {
        return sources.length > 0;
    }

    /// The view character that the character at `index` of the text came from.
    int sourceOf(int index) {
        return from + sources[index];
    }
}
