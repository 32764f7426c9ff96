package dev.bartizan.artifacts.python;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What keeps a source from being Python of any version: brackets that do not fit, texts that never
/// end, a function or class without its colon. A source may be broken in ways that this does not
/// tell.
public final class Syntax {
    private Syntax() {}

    /// Why a source does not parse; empty when nothing was found that keeps it from it.
    public static Optional<String> defect(String source) {
        Tokens.Read read = Tokens.read(source);
        List<Token> tokens = read.tokens();
        if (read.unended() >= 0) {
            return at("a text that never ends", source, read.unended());
        }
        Deque<Token> open = new ArrayDeque<>();
        boolean isHeader = false;
        boolean hasColon = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean isStart = i == 0 || tokens.get(i - 1).kind() == Token.Kind.LINE;
            if (isStart && open.isEmpty()) {
                isHeader = isHeader(tokens, i);
                hasColon = false;
            }
            hasColon |= open.isEmpty() && token.is(":");
            if (token.kind() == Token.Kind.LINE && isHeader && !hasColon) {
                return at("a definition without a colon", source, token.offset());
            }
            if (token.is("(") || token.is("[") || token.is("{")) {
                open.push(token);
            } else if (token.is(")") || token.is("]") || token.is("}")) {
                if (open.isEmpty() || !isPair(open.pop(), token)) {
                    return at("a bracket that closes nothing", source, token.offset());
                }
            }
        }
        return open.isEmpty() || !read.isWhole()
                ? Optional.empty()
                : at("a bracket that is never closed", source, open.peek().offset());
    }

    private static Optional<String> at(String what, String source, int offset) {
        long line = source.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return Optional.of(what + " (line " + line + ")");
    }

    private static boolean isHeader(List<Token> tokens, int i) {
        boolean isNamed =
                i + 2 < tokens.size()
                        && tokens.get(i + 1).kind() == Token.Kind.NAME
                        && (tokens.get(i + 2).is("(") || tokens.get(i + 2).is(":"));
        return isNamed && (tokens.get(i).isName("def") || tokens.get(i).isName("class"));
    }

    private static boolean isPair(Token open, Token close) {
        return switch (open.text()) {
            case "(" -> close.is(")");
            case "[" -> close.is("]");
            default -> close.is("}");
        };
    }
}
