package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.template.Tokens.Kind;
import dev.bartizan.artifacts.template.Tokens.Token;
import dev.bartizan.formats.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads expressions by Jinja's grammar (template designer documentation, "Expressions"), a little
/// more leniently.
final class ExprParser {
    private static final int DEEPEST = 200;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

    private final List<Token> tokens;
    private int at;
    private int depth;

    ExprParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    Token next() throws FormatException {
        if (isAtEnd()) {
            throw FormatException.broken(
                    tokens.isEmpty() ? 0 : tokens.getLast().at(), "A tag ends early");
        }
        return tokens.get(at++);
    }

    boolean take(String sign) {
        if (!isAtEnd()
                && tokens.get(at).kind() != Kind.TEXT
                && tokens.get(at).text().equals(sign)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean sees(String sign) {
        return !isAtEnd()
                && tokens.get(at).kind() != Kind.TEXT
                && tokens.get(at).text().equals(sign);
    }

    void expect(String sign) throws FormatException {
        if (!take(sign)) {
            throw FormatException.broken(
                    isAtEnd() ? 0 : tokens.get(at).at(), "Expected '" + sign + "' in a tag");
        }
    }

    /// One expression, conditions and tuples included.
    Expr tuple() throws FormatException {
        Expr first = expression();
        if (!sees(",")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (take(",") && !isAtEnd() && !sees(")")) {
            parts.add(expression());
        }
        return new Expr.Listing(parts);
    }

    Expr expression() throws FormatException {
        if (++depth > DEEPEST) {
            throw FormatException.limit(0, "An expression nested deeper than " + DEEPEST);
        }
        Expr value = or();
        while (take("if")) {
            Expr condition = or();
            Expr otherwise = take("else") ? expression() : new Expr.Text("");
            value = new Expr.Choice(value, condition, otherwise);
        }
        depth--;
        return value;
    }

    private Expr or() throws FormatException {
        Expr left = and();
        while (take("or")) {
            left = new Expr.Binary("or", left, and());
        }
        return left;
    }

    private Expr and() throws FormatException {
        Expr left = not();
        while (take("and")) {
            left = new Expr.Binary("and", left, not());
        }
        return left;
    }

    private Expr not() throws FormatException {
        int count = 0;
        while (take("not")) {
            count++;
        }
        Expr value = comparison();
        return count == 0 ? value : new Expr.Parts(List.of(value));
    }

    private Expr comparison() throws FormatException {
        Expr left = sum();
        while (!isAtEnd()) {
            String word = tokens.get(at).kind() == Kind.TEXT ? "" : tokens.get(at).text();
            if (COMPARISONS.contains(word) || word.equals("in")) {
                at++;
                left = new Expr.Binary(word, left, sum());
            } else if (word.equals("not")) {
                at++;
                expect("in");
                left = new Expr.Binary("not in", left, sum());
            } else {
                return left;
            }
        }
        return left;
    }

    private Expr sum() throws FormatException {
        Expr left = product();
        while (sees("+") || sees("-") || sees("~")) {
            left = new Expr.Binary(next().text(), left, product());
        }
        return left;
    }

    private Expr product() throws FormatException {
        Expr left = unary();
        while (sees("*") || sees("/") || sees("//") || sees("%") || sees("**")) {
            left = new Expr.Binary(next().text(), left, unary());
        }
        return left;
    }

    private Expr unary() throws FormatException {
        int minus = 0;
        while (sees("-") || sees("+") || sees("*") || sees("**")) {
            minus += next().text().equals("-") ? 1 : 0;
        }
        Expr value = postfix(primary());
        return minus % 2 == 0 ? value : new Expr.Negative(value);
    }

    private Expr postfix(Expr start) throws FormatException {
        Expr value = start;
        while (!isAtEnd()) {
            if (take(".")) {
                Token name = next();
                value =
                        name.kind() == Kind.NUMERAL
                                ? new Expr.Item(value, new Expr.Numeral(name.text()))
                                : new Expr.Attribute(value, name.text());
            } else if (take("[")) {
                value = new Expr.Item(value, subscript());
            } else if (take("(")) {
                value = new Expr.Call(value, arguments(")"));
            } else if (take("|")) {
                value = filter(value);
            } else if (take("is")) {
                take("not");
                value = test(value);
            } else {
                return value;
            }
        }
        return value;
    }

    private Expr filter(Expr value) throws FormatException {
        StringBuilder name = new StringBuilder(next().text());
        while (take(".")) {
            name.append('.').append(next().text());
        }
        return new Expr.Filter(value, name.toString(), take("(") ? arguments(")") : List.of());
    }

    private Expr test(Expr value) throws FormatException {
        next();
        while (take(".")) {
            next();
        }
        if (take("(")) {
            List<Expr> parts = new ArrayList<>(List.of(value));
            parts.addAll(arguments(")"));
            return new Expr.Parts(parts);
        }
        boolean hasOperand =
                !isAtEnd()
                        && (tokens.get(at).kind() == Kind.TEXT
                                || tokens.get(at).kind() == Kind.NUMERAL
                                || (tokens.get(at).kind() == Kind.NAME
                                        && !Set.of(
                                                        "and",
                                                        "or",
                                                        "else",
                                                        "if",
                                                        "is",
                                                        "not",
                                                        "in",
                                                        "recursive")
                                                .contains(tokens.get(at).text())));
        return hasOperand
                ? new Expr.Parts(List.of(value, postfix(primary())))
                : new Expr.Parts(List.of(value));
    }

    /// A key, several keys, or a slice whose parts may be left out.
    private Expr subscript() throws FormatException {
        List<Expr> parts = new ArrayList<>();
        boolean isSlice = false;
        boolean isOpen = true;
        while (!take("]")) {
            if (take(":")) {
                isSlice = true;
                if (isOpen) {
                    parts.add(new Expr.Nothing());
                }
                isOpen = true;
            } else if (take(",")) {
                isOpen = true;
            } else {
                parts.add(expression());
                isOpen = false;
            }
        }
        if (!isSlice) {
            return parts.size() == 1 ? parts.getFirst() : new Expr.Listing(parts);
        }
        while (parts.size() < 3) {
            parts.add(new Expr.Nothing());
        }
        return new Expr.Slice(parts.get(0), parts.get(1), parts.get(2));
    }

    private List<Expr> arguments(String end) throws FormatException {
        List<Expr> arguments = new ArrayList<>();
        while (!take(end)) {
            arguments.add(argument());
            if (!take(",")) {
                expect(end);
                break;
            }
        }
        return arguments;
    }

    private Expr argument() throws FormatException {
        Expr value = expression();
        return take("=") ? new Expr.Binary("=", value, expression()) : value;
    }

    private Expr primary() throws FormatException {
        Token token = next();
        return switch (token.kind()) {
            case NAME -> new Expr.Name(token.text());
            case NUMERAL -> new Expr.Numeral(token.text());
            case TEXT -> {
                StringBuilder text = new StringBuilder(token.text());
                while (!isAtEnd() && tokens.get(at).kind() == Kind.TEXT) {
                    text.append(tokens.get(at++).text());
                }
                yield new Expr.Text(text.toString());
            }
            case SIGN -> bracketed(token);
        };
    }

    private Expr bracketed(Token token) throws FormatException {
        return switch (token.text()) {
            case "(" -> {
                List<Expr> parts = arguments(")");
                yield parts.size() == 1 ? parts.getFirst() : new Expr.Listing(parts);
            }
            case "[" -> new Expr.Listing(arguments("]"));
            case "{" -> dictionary();
            default ->
                    throw FormatException.broken(
                            token.at(), "Unexpected '" + token.text() + "' in a tag");
        };
    }

    private Expr dictionary() throws FormatException {
        List<Expr> parts = new ArrayList<>();
        while (!take("}")) {
            parts.add(expression());
            expect(":");
            parts.add(expression());
            if (!take(",")) {
                expect("}");
                break;
            }
        }
        return new Expr.Dictionary(parts);
    }
}
