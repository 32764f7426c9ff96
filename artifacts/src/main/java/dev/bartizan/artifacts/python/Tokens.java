package dev.bartizan.artifacts.python;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Cuts Python source into words. Never fails: what is no Python gives words all the same.
final class Tokens {
    private static final int MOST = 1_500_000;
    private static final String[] SIGNS = new String[0x80];

    static {
        for (char c = 0; c < SIGNS.length; c++) {
            SIGNS[c] = String.valueOf(c);
        }
    }

    private static final java.util.Set<String> PREFIXES =
            java.util.Set.of("", "r", "b", "u", "f", "rb", "br", "fr", "rf");
    private static final int LONGEST_PREFIX = 3;

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;
    private int unended = -1;

    private Tokens(String source) {
        this.source = source;
    }

    /// The words of a source.
    ///
    /// @param unended where a text starts that never ends; negative when there is none
    /// @param isWhole whether these are all of them
    record Read(List<Token> tokens, int unended, boolean isWhole) {}

    /// The words of a source, the first one and a half million of them.
    static List<Token> of(String source) {
        return read(source).tokens();
    }

    static Read read(String source) {
        Tokens reader = new Tokens(source);
        while (reader.at < source.length() && reader.tokens.size() < MOST) {
            reader.next();
        }
        return new Read(reader.tokens, reader.unended, reader.at >= source.length());
    }

    /// A part of the source; the many that are one sign are the same.
    private String part(int start, int end) {
        boolean isSign = end == start + 1 && source.charAt(start) < SIGNS.length;
        return isSign ? SIGNS[source.charAt(start)] : source.substring(start, end);
    }

    private void next() {
        char c = source.charAt(at);
        if (isLineEnd(at)) {
            if (depth == 0) {
                add(Token.Kind.LINE, "\n", at);
            }
            at++;
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '\\' && at + 1 < source.length()) {
            at += source.charAt(at + 1) == '\r' ? 3 : 2;
        } else if (c == '#') {
            while (at < source.length() && !isLineEnd(at)) {
                at++;
            }
        } else if (Character.isJavaIdentifierStart(source.codePointAt(at))
                || c == '"'
                || c == '\'') {
            nameOrString();
        } else if (Character.isDigit(c)) {
            int start = at;
            while (at < source.length()
                    && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '.')) {
                at++;
            }
            add(Token.Kind.NUMBER, part(start, at), start);
        } else {
            operator(c);
        }
    }

    /// Whether a line ends there; a carriage return alone ends one too.
    private boolean isLineEnd(int index) {
        char c = source.charAt(index);
        return c == '\n' || (c == '\r' && !source.startsWith("\n", index + 1));
    }

    private void operator(char c) {
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
            depth--;
        }
        boolean isDouble = source.startsWith("==", at) || source.startsWith("**", at);
        add(Token.Kind.OPERATOR, part(at, at + (isDouble ? 2 : 1)), at);
        at += isDouble ? 2 : 1;
    }

    private void nameOrString() {
        int start = at;
        int end = at;
        while (end < source.length() && Character.isJavaIdentifierPart(source.codePointAt(end))) {
            end += Character.charCount(source.codePointAt(end));
        }
        boolean isQuoted =
                end < source.length()
                        && (source.charAt(end) == '"' || source.charAt(end) == '\'')
                        && end - start <= LONGEST_PREFIX
                        && PREFIXES.contains(
                                source.substring(start, end).toLowerCase(java.util.Locale.ROOT));
        if (isQuoted) {
            at = end;
            string(source.substring(start, end).toLowerCase(java.util.Locale.ROOT), start);
        } else {
            at = end;
            String name = part(start, end);
            boolean isAscii = name.chars().allMatch(c -> c <= 0x7f);
            add(
                    Token.Kind.NAME,
                    isAscii ? name : Normalizer.normalize(name, Normalizer.Form.NFKC),
                    start);
        }
    }

    private void string(String prefix, int start) {
        String quote = source.substring(at, at + 1);
        String end = source.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
        boolean isRaw = prefix.contains("r");
        StringBuilder text = new StringBuilder();
        at += end.length();
        while (at < source.length() && !source.startsWith(end, at)) {
            char c = source.charAt(at);
            if (c == '\n' && end.length() == 1) {
                break;
            }
            if (c == '\\' && at + 1 < source.length()) {
                text.append(isRaw ? source.substring(at, at + 2) : escape());
                at += isRaw ? 2 : 0;
            } else {
                text.append(c);
                at++;
            }
        }
        boolean isEnded = source.startsWith(end, at);
        unended = isEnded || unended >= 0 ? unended : start;
        at = Math.min(source.length(), isEnded ? at + end.length() : at);
        add(
                Token.Kind.STRING,
                prefix.contains("f") ? withHoles(text.toString()) : text.toString(),
                start);
    }

    /// What a backslash and its successors say; the rarer ones as they stand.
    private String escape() {
        char c = source.charAt(at + 1);
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        int from = at + 2;
        if (digits > 0 && from + digits <= source.length()) {
            try {
                int code = Integer.parseInt(source.substring(from, from + digits), 16);
                at = from + digits;
                return Character.isValidCodePoint(code) ? Character.toString(code) : "";
            } catch (NumberFormatException _) {
                at += 2;
                return "\\" + c;
            }
        }
        if (c >= '0' && c <= '7') {
            int end = at + 1;
            while (end < source.length() && end < at + 4 && isOctal(source.charAt(end))) {
                end++;
            }
            int code = Integer.parseInt(source.substring(at + 1, end), 8);
            at = end;
            return Character.toString(code);
        }
        at += 2;
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\n' -> "";
            case '\\', '\'', '"' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static String withHoles(String text) {
        return text.replace("{{", "\u0001")
                .replaceAll("\\{[^{}]*}", String.valueOf(Value.HOLE))
                .replace('\u0001', '{')
                .replace("}}", "}");
    }

    private void add(Token.Kind kind, String text, int offset) {
        tokens.add(new Token(kind, text, offset));
    }
}
