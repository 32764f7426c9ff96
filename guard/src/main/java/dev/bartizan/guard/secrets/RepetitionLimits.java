package dev.bartizan.guard.secrets;

/// Takes wide bounded repetitions out of an expression, because a linear-time engine spells them
/// out: `x{10,150}` becomes 150 states that are all alive on a long word, `x{10,}` is eleven. What
/// the bound forbade is looked at afterwards, by the length of the whole match.
///
/// A lazy leading repetition of one class, such as `[\w.-]{0,50}?`, goes too when a group holds the
/// secret: it moves the start of a match and nothing else.
///
/// @param expression the expression without wide repetitions
/// @param longest most characters of a match of the expression as it was written; `UNLIMITED` when
///   that has none
record RepetitionLimits(String expression, int longest) {
    /// No limit.
    static final int UNLIMITED = Integer.MAX_VALUE;

    /// From this spread on a repetition counts as wide.
    private static final int WIDE = 24;

    /// The limits of an expression in RE2 syntax.
    static RepetitionLimits of(String expression) {
        String rest = hasGroup(expression) ? withoutLead(expression) : expression;
        StringBuilder out = new StringBuilder(rest.length());
        int i = 0;
        while (i < rest.length()) {
            int end = atomEnd(rest, i);
            Bounds bounds = rest.charAt(i) == '{' ? Bounds.at(rest, i) : null;
            if (bounds != null && bounds.most() - bounds.least() >= WIDE) {
                out.append(bounds.unbounded());
                end = bounds.end();
            } else {
                out.append(rest, i, end);
            }
            i = end;
        }
        String narrowed = out.toString();
        return narrowed.equals(expression)
                ? new RepetitionLimits(expression, UNLIMITED)
                : new RepetitionLimits(narrowed, new Width(expression).whole());
    }

    /// Whether a match of that length can be one of the expression as it was written.
    boolean allows(int length) {
        return length <= longest;
    }

    private static boolean hasGroup(String expression) {
        for (int i = 0; i < expression.length(); i = atomEnd(expression, i)) {
            boolean opens = expression.charAt(i) == '(';
            if (opens && (!expression.startsWith("(?", i) || expression.startsWith("(?P<", i))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutLead(String expression) {
        int flags = expression.startsWith("(?i)") ? 4 : 0;
        if (flags >= expression.length() || expression.charAt(flags) != '[') {
            return expression;
        }
        int i = atomEnd(expression, flags);
        Bounds bounds = i < expression.length() ? Bounds.at(expression, i) : null;
        if (bounds == null || bounds.least() > 0 || !expression.startsWith("?", bounds.end())) {
            return expression;
        }
        return expression.substring(0, flags) + expression.substring(bounds.end() + 1);
    }

    /// The end of the escape, class or single sign that starts at `at`.
    static int atomEnd(String expression, int at) {
        char c = expression.charAt(at);
        if (c == '\\') {
            return escapeEnd(expression, at);
        }
        if (c != '[') {
            return at + 1;
        }
        int i = at + 1;
        i += i < expression.length() && expression.charAt(i) == '^' ? 1 : 0;
        i += i < expression.length() && expression.charAt(i) == ']' ? 1 : 0;
        while (i < expression.length() && expression.charAt(i) != ']') {
            if (expression.charAt(i) == '\\') {
                i = escapeEnd(expression, i);
            } else if (expression.startsWith("[:", i) && expression.indexOf(":]", i) > 0) {
                i = expression.indexOf(":]", i) + 2;
            } else {
                i++;
            }
        }
        return Math.min(expression.length(), i + 1);
    }

    private static int escapeEnd(String expression, int at) {
        int i = Math.min(expression.length(), at + 2);
        char kind = at + 1 < expression.length() ? expression.charAt(at + 1) : 0;
        boolean braced = i < expression.length() && expression.charAt(i) == '{';
        if ((kind == 'x' || kind == 'p' || kind == 'P') && braced) {
            int end = expression.indexOf('}', i);
            return end < 0 ? expression.length() : end + 1;
        }
        return kind == 'x' ? Math.min(expression.length(), i + 2) : i;
    }
}
