package dev.bartizan.guard.rules;

import org.jspecify.annotations.Nullable;

/// Signs of ASCII, neither letters nor digits nor white space, one of which stands in everything an
/// expression matches: read off the expression. Where there is no such set, every text will do.
///
/// @param low those below 64, a bit each
/// @param high those from 64 on
/// @param opensLine whether the sign is the first of a line or of the text, white space aside
record NeededSigns(long low, long high, boolean opensLine) {
    private static final NeededSigns ANY = new NeededSigns(-1, -1, false);
    private static final String LINE = "(^|\\n)\\s*";

    /// The signs that matches of an RE2 expression cannot do without.
    static NeededSigns of(String expression) {
        if (expression.startsWith(LINE)) {
            NeededSigns first = new Reader(expression.substring(LINE.length())).first();
            if (first != null) {
                return new NeededSigns(first.low, first.high, true);
            }
        }
        Reader reader = new Reader(expression);
        NeededSigns read = reader.alternatives();
        return read == null || reader.at < expression.length() ? ANY : read;
    }

    /// Whether one of them stands in the range of a text.
    boolean areIn(String text, int from, int to) {
        if (equals(ANY)) {
            return true;
        }
        boolean isOpen = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (isOpen && has(c)) {
                return true;
            }
            isOpen = !opensLine || c == '\n' || (isOpen && Character.isWhitespace(c));
        }
        return false;
    }

    private boolean has(char c) {
        return c < 0x80 && ((c < 64 ? low >>> c : high >>> (c - 64)) & 1) != 0;
    }

    private int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    private NeededSigns or(NeededSigns other) {
        return new NeededSigns(low | other.low, high | other.high, false);
    }

    private static @Nullable NeededSigns sign(char c) {
        boolean isSign = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        if (!isSign) {
            return null;
        }
        return c < 64
                ? new NeededSigns(1L << c, 0, false)
                : new NeededSigns(0, 1L << (c - 64), false);
    }

    /// Reads an expression from left to right. What it does not know gives no signs.
    private static final class Reader {
        private final String expression;
        private int at;

        Reader(String expression) {
            this.expression = expression;
        }

        /// The signs that the expression begins with, where it does so in every match.
        @Nullable NeededSigns first() {
            boolean isGroup = expression.startsWith("([");
            at = isGroup ? 1 : 0;
            NeededSigns one = at < expression.length() ? item() : null;
            boolean isSure = isMandatory();
            if (!isGroup) {
                return isSure ? one : null;
            }
            int close = expression.indexOf(')', at);
            int bar = expression.indexOf('|', at);
            boolean isPlain = close > 0 && (bar < 0 || bar > close);
            boolean isOptional =
                    close + 1 < expression.length()
                            && "?*{".indexOf(expression.charAt(close + 1)) >= 0;
            return isSure && isPlain && !isOptional ? one : null;
        }

        @Nullable NeededSigns alternatives() {
            NeededSigns all = sequence();
            while (at < expression.length() && expression.charAt(at) == '|') {
                at++;
                NeededSigns one = sequence();
                all = all == null || one == null ? null : all.or(one);
            }
            return all;
        }

        private @Nullable NeededSigns sequence() {
            NeededSigns best = null;
            while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
                NeededSigns one = item();
                boolean isSure = isMandatory();
                if (isSure && one != null && (best == null || one.size() < best.size())) {
                    best = one;
                }
            }
            return best;
        }

        private @Nullable NeededSigns item() {
            char c = expression.charAt(at++);
            return switch (c) {
                case '(' -> group();
                case '[' -> signs();
                case '\\' -> escaped();
                case '.', '^', '$' -> null;
                default -> sign(c);
            };
        }

        private @Nullable NeededSigns escaped() {
            if (at == expression.length()) {
                return null;
            }
            char c = expression.charAt(at++);
            if (c == 'Q' || c == 'p' || c == 'P' || c == 'x') {
                at = expression.length() + 1; // not read any further
                return null;
            }
            return sign(c);
        }

        private @Nullable NeededSigns group() {
            if (at < expression.length() && expression.charAt(at) == '?') {
                int colon = expression.indexOf(':', at);
                int close = expression.indexOf(')', at);
                int name = expression.indexOf('>', at);
                boolean isNamed = expression.startsWith("?P<", at) && name > 0;
                at = isNamed ? name + 1 : colon > 0 && colon < close ? colon + 1 : close;
                if (at < 0) {
                    at = expression.length() + 1;
                    return null;
                }
            }
            NeededSigns inside = alternatives();
            at++;
            return inside;
        }

        /// A class in brackets; one that takes letters, digits, white space or the rest gives none.
        private @Nullable NeededSigns signs() {
            boolean isPlain = at < expression.length() && expression.charAt(at) != '^';
            NeededSigns all = new NeededSigns(0, 0, false);
            int first = at;
            while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
                char c = expression.charAt(at++);
                boolean isEscape = c == '\\' && at < expression.length();
                NeededSigns one = sign(isEscape ? expression.charAt(at++) : c);
                boolean isRange = c == '-' && at - 1 > first && at < expression.length();
                isRange &= isRange && expression.charAt(at) != ']';
                isPlain &= one != null && !isRange;
                all = one == null ? all : all.or(one);
            }
            at++;
            return isPlain ? all : null;
        }

        /// Takes what repeats the item; whether it stands there at least once.
        private boolean isMandatory() {
            if (at >= expression.length()) {
                return at == expression.length();
            }
            boolean isSure =
                    switch (expression.charAt(at)) {
                        case '*', '?' -> {
                            at++;
                            yield false;
                        }
                        case '+' -> {
                            at++;
                            yield true;
                        }
                        case '{' -> braces();
                        default -> true;
                    };
            if (at < expression.length() && expression.charAt(at) == '?') {
                at++;
            }
            return isSure;
        }

        private boolean braces() {
            int close = expression.indexOf('}', at);
            boolean isCount = close > 0 && Character.isDigit(expression.charAt(at + 1));
            if (!isCount) {
                return true; // a brace that stands for itself: the next item
            }
            boolean isSure = expression.charAt(at + 1) != '0';
            at = close + 1;
            return isSure;
        }
    }
}
