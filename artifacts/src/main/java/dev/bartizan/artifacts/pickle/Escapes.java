package dev.bartizan.artifacts.pickle;

/// Escapes in Python string literals.
final class Escapes {
    private Escapes() {}

    /// Escapes for characters, bytes, octal and code points resolved; unknown ones stay as they
    /// are.
    static String python(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 >= literal.length()) {
                text.append(c);
                continue;
            }
            char next = literal.charAt(++i);
            int simple = "abfnrtv\\'\"".indexOf(next);
            if (simple >= 0) {
                text.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
            } else if (next == 'x' || next == 'u') {
                i += hex(literal, i + 1, next == 'x' ? 2 : 4, "\\" + next, text);
            } else if (next == 'U') {
                i += hex(literal, i + 1, 8, "\\U", text);
            } else if (next >= '0' && next <= '7') {
                i += octal(literal, i, text);
            } else {
                text.append('\\').append(next);
            }
        }
        return text.toString();
    }

    /// Only the two Unicode escapes resolved, as Python's raw-unicode-escape does.
    static String rawUnicode(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
            if (c == '\\' && (next == 'u' || next == 'U')) {
                i += 1 + hex(line, i + 2, next == 'u' ? 4 : 8, "\\" + next, text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static int hex(String from, int at, int digits, String otherwise, StringBuilder into) {
        if (at + digits > from.length()) {
            into.append(otherwise);
            return 0;
        }
        try {
            into.appendCodePoint(Integer.parseInt(from, at, at + digits, 16));
            return digits;
        } catch (IllegalArgumentException e) {
            into.append(otherwise);
            return 0;
        }
    }

    private static int octal(String from, int at, StringBuilder into) {
        int value = 0;
        int used = 0;
        while (used < 3 && at + used < from.length()) {
            int digit = from.charAt(at + used) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value * 8 + digit;
            used++;
        }
        into.append((char) value);
        return used - 1;
    }
}
