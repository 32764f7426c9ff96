package dev.bartizan.artifacts.spi;

/// Letters of ASCII that count as alike in both cases, as they do for expressions with `(?i)`.
public final class AsciiCase {
    private AsciiCase() {}

    /// A capital letter of ASCII as a small one, anything else as it is.
    public static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    /// Whether a word stands at a place of a text, also within another word.
    ///
    /// @param word in lower case
    public static boolean stands(String word, String text, int place) {
        if (text.length() - place < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lower(text.charAt(place + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
