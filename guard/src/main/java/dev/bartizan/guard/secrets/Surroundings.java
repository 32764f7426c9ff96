package dev.bartizan.guard.secrets;

/// What stands around a keyword: looked at before an expression is tried, because it is cheap.
final class Surroundings {
    private static final int LONGEST_WORD = 4096;
    private static final int REACH = 90;
    private static final int SHORTEST_VALUE = 6;
    private static final int LONG_VALUE = 20;

    private Surroundings() {}

    /// The end of the word that goes on at `at`: the next blank, within a limit.
    static int wordEnd(String text, int at) {
        int i = at;
        while (i < text.length() && i - at < LONGEST_WORD && text.charAt(i) > ' ') {
            i++;
        }
        return i;
    }

    /// Whether close behind `at` stands a word of six letters or more with a digit, or one of
    /// twenty or more.
    static boolean valueFollows(String text, int at) {
        int limit = at + REACH;
        int length = 0;
        boolean digit = false;
        for (int i = at; i < text.length() && (i < limit || length > 0); i++) {
            char c = text.charAt(i);
            boolean inside = c > ' ' && "\"'<>`=".indexOf(c) < 0;
            length = inside ? length + 1 : 0;
            digit = inside && (digit || (c >= '0' && c <= '9'));
            if ((length >= SHORTEST_VALUE && digit) || length >= LONG_VALUE) {
                return true;
            }
        }
        return false;
    }
}
