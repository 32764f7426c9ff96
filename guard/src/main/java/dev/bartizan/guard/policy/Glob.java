package dev.bartizan.guard.policy;

/// A pattern of letters and stars; a star stands for any run of characters.
///
/// @param pattern as written
public record Glob(String pattern) {
    /// Fits everything.
    public static final Glob ANY = new Glob("*");

    /// Whether the whole text fits. Time: at most pattern length times text length.
    public boolean fits(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
