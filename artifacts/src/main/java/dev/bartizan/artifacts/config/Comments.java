package dev.bartizan.artifacts.config;

/// Comments and commas before a closing bracket, as readers of "JSON with comments" let them pass.
final class Comments {
    private Comments() {}

    /// The document as plain JSON, as long as before so that offsets stay.
    static String without(String text) {
        StringBuilder plain = new StringBuilder(text);
        int comma = -1;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"') {
                i = textEnd(plain, i);
                comma = -1;
            } else if (c == '/'
                    && i + 1 < plain.length()
                    && "/*".indexOf(plain.charAt(i + 1)) >= 0) {
                int end = commentEnd(plain, i);
                blank(plain, i, end);
                i = end - 1;
            } else if (c == ',') {
                comma = i;
            } else if (c == '}' || c == ']') {
                if (comma >= 0) {
                    plain.setCharAt(comma, ' ');
                }
                comma = -1;
            } else if (!Character.isWhitespace(c)) {
                comma = -1;
            }
        }
        return plain.toString();
    }

    private static int textEnd(CharSequence text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }

    private static int commentEnd(StringBuilder text, int start) {
        boolean isLine = text.charAt(start + 1) == '/';
        int end = text.indexOf(isLine ? "\n" : "*/", start + 2);
        return end < 0 ? text.length() : isLine ? end : end + 2;
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
