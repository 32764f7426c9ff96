package dev.bartizan.artifacts.template;

/// Escapes in Jinja strings, which are Python's.
final class Unescape {
    private static final int LONGEST_NAME = 100;

    private Unescape() {}

    static String python(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char kind = literal.charAt(++i);
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (digits > 0 && i + digits < literal.length() + 0 && isHex(literal, i + 1, digits)) {
                text.appendCodePoint(
                        Math.min(
                                0x10ffff,
                                Integer.parseUnsignedInt(literal, i + 1, i + 1 + digits, 16)
                                        & 0x1fffff));
                i += digits;
            } else if (kind == 'N' && named(literal, i + 1) >= 0) {
                text.appendCodePoint(named(literal, i + 1));
                i = literal.indexOf('}', i);
            } else if (kind >= '0' && kind <= '7') {
                int end = i;
                while (end < literal.length()
                        && end < i + 3
                        && literal.charAt(end) >= '0'
                        && literal.charAt(end) <= '7') {
                    end++;
                }
                text.append((char) Integer.parseInt(literal, i, end, 8));
                i = end - 1;
            } else {
                text.append(
                        switch (kind) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '\\', '\'', '"' -> String.valueOf(kind);
                            default -> "\\" + kind;
                        });
            }
        }
        return text.toString();
    }

    /// The character that `{NAME}` names, or -1.
    private static int named(String text, int from) {
        int end = text.indexOf('}', from);
        boolean isName = end > from + 1 && end - from <= LONGEST_NAME && text.charAt(from) == '{';
        if (!isName) {
            return -1;
        }
        try {
            return Character.codePointOf(text.substring(from + 1, end));
        } catch (IllegalArgumentException e) {
            return -1; // no character has that name
        }
    }

    private static boolean isHex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        for (int i = from; i < from + digits; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
