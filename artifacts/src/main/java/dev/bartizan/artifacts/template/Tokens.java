package dev.bartizan.artifacts.template;

import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.List;

/// The words of a Jinja tag.
final class Tokens {
    private static final int MOST_TOKENS = 200_000;
    private static final String SINGLE = "()[]{}.,:|+-*/%~=<>!;";

    private Tokens() {}

    enum Kind {
        NAME,
        TEXT,
        NUMERAL,
        SIGN
    }

    record Token(Kind kind, String text, int at) {}

    static List<Token> of(String code, int base) throws FormatException {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < code.length()) {
            char c = code.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (tokens.size() >= MOST_TOKENS) {
                throw FormatException.limit(
                        base + i, "A template with more than " + MOST_TOKENS + " words in a tag");
            }
            if (c == '"' || c == '\'') {
                i = textEnd(code, i, base);
                tokens.add(
                        new Token(
                                Kind.TEXT,
                                Unescape.python(code.substring(start + 1, i)),
                                base + start));
                i++;
            } else if (Character.isDigit(c)) {
                while (i < code.length()
                        && (Character.isLetterOrDigit(code.charAt(i))
                                || code.charAt(i) == '.'
                                || code.charAt(i) == '_')) {
                    i++;
                }
                tokens.add(new Token(Kind.NUMERAL, code.substring(start, i), base + start));
            } else if (Character.isLetter(c) || c == '_') {
                while (i < code.length()
                        && (Character.isLetterOrDigit(code.charAt(i)) || code.charAt(i) == '_')) {
                    i++;
                }
                tokens.add(new Token(Kind.NAME, code.substring(start, i), base + start));
            } else if (SINGLE.indexOf(c) >= 0) {
                boolean isDouble =
                        i + 1 < code.length()
                                && List.of("==", "!=", "<=", ">=", "//", "**")
                                        .contains(code.substring(i, i + 2));
                i += isDouble ? 2 : 1;
                tokens.add(new Token(Kind.SIGN, code.substring(start, i), base + start));
            } else {
                throw FormatException.broken(base + i, "A sign that no template has: '" + c + "'");
            }
        }
        return tokens;
    }

    private static int textEnd(String code, int start, int base) throws FormatException {
        char quote = code.charAt(start);
        for (int i = start + 1; i < code.length(); i++) {
            if (code.charAt(i) == '\\') {
                i++;
            } else if (code.charAt(i) == quote) {
                return i;
            }
        }
        throw FormatException.broken(base + start, "A string without end");
    }
}
