package dev.bartizan.guard.secrets;

/// The most characters that a match of an expression can have.
final class Width {
    private static final int MAX_DEPTH = 100;
    private final String expression;
    private int at;

    Width(String expression) {
        this.expression = expression;
    }

    /// The width of the whole; `RepetitionLimits.UNLIMITED` when there is none.
    int whole() {
        long width = alternatives(0);
        return width >= RepetitionLimits.UNLIMITED ? RepetitionLimits.UNLIMITED : (int) width;
    }

    private long alternatives(int depth) {
        long widest = 0;
        long sum = 0;
        while (at < expression.length() && expression.charAt(at) != ')') {
            if (expression.charAt(at) == '|') {
                at++;
                widest = Math.max(widest, sum);
                sum = 0;
                continue;
            }
            sum = Math.min(RepetitionLimits.UNLIMITED, sum + repeated(depth));
        }
        return Math.max(widest, sum);
    }

    private long repeated(int depth) {
        long one = atom(depth);
        while (at < expression.length()) {
            Bounds bounds = Bounds.at(expression, at);
            if (bounds == null) {
                break;
            }
            at = bounds.end();
            one = Math.min(RepetitionLimits.UNLIMITED, one * bounds.most());
        }
        return one;
    }

    private long atom(int depth) {
        char c = expression.charAt(at);
        if (c == '(') {
            return group(depth);
        }
        int end = RepetitionLimits.atomEnd(expression, at);
        String atom = expression.substring(at, end);
        at = end;
        return switch (atom) {
            case "^", "$", "\\b", "\\B", "\\A", "\\z" -> 0;
            default -> 1;
        };
    }

    private long group(int depth) {
        if (depth == MAX_DEPTH) {
            at = expression.length();
            return RepetitionLimits.UNLIMITED;
        }
        at++;
        if (expression.startsWith("?", at)) {
            while (at < expression.length() && ":)>".indexOf(expression.charAt(at)) < 0) {
                at++;
            }
            if (expression.startsWith(")", at)) {
                at++;
                return 0;
            }
            at++;
        }
        long width = alternatives(depth + 1);
        at++;
        return width;
    }
}
