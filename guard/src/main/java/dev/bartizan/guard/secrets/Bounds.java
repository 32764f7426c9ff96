package dev.bartizan.guard.secrets;

import org.jspecify.annotations.Nullable;

/// One repetition in an expression: `*`, `+`, `?`, `{m}`, `{m,}` or `{m,n}`.
///
/// @param least fewest times
/// @param most most times; `Integer.MAX_VALUE` for any
/// @param end character after it, a sign for lazy ones not counted
record Bounds(int least, int most, int end) {
    /// The repetition that starts at `at`, or null.
    static @Nullable Bounds at(String expression, int at) {
        return switch (expression.charAt(at)) {
            case '*' -> new Bounds(0, Integer.MAX_VALUE, at + 1);
            case '+' -> new Bounds(1, Integer.MAX_VALUE, at + 1);
            case '?' -> new Bounds(0, 1, at + 1);
            case '{' -> braces(expression, at);
            default -> null;
        };
    }

    private static @Nullable Bounds braces(String expression, int at) {
        int i = at + 1;
        int least = 0;
        while (i < expression.length() && isDigit(expression.charAt(i)) && i - at < 6) {
            least = least * 10 + expression.charAt(i++) - '0';
        }
        if (i == at + 1 || i == expression.length()) {
            return null;
        }
        int most = least;
        if (expression.charAt(i) == ',') {
            int begin = ++i;
            most = 0;
            while (i < expression.length() && isDigit(expression.charAt(i)) && i - begin < 6) {
                most = most * 10 + expression.charAt(i++) - '0';
            }
            most = i == begin ? Integer.MAX_VALUE : most;
        }
        boolean closed = i < expression.length() && expression.charAt(i) == '}';
        return closed ? new Bounds(least, most, i + 1) : null;
    }

    /// The same without an upper bound.
    String unbounded() {
        return switch (least) {
            case 0 -> "*";
            case 1 -> "+";
            default -> "{" + least + ",}";
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
