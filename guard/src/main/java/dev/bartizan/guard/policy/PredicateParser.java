package dev.bartizan.guard.policy;

import dev.bartizan.core.JsonNumbers;
import dev.bartizan.guard.policy.Predicate.Undecidable;
import dev.bartizan.guard.regex.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Recursive-descent reader of conditions; see {@link Predicate} for the language.
final class PredicateParser {
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_DEPTH = 40;
    private final String text;
    private int at;
    private int depth;

    PredicateParser(String text) {
        this.text = text;
    }

    Function<JsonNode, JsonNode> parse() {
        if (text.length() > MAX_LENGTH) {
            throw wrong("the condition is longer than " + MAX_LENGTH + " characters");
        }
        Function<JsonNode, JsonNode> whole = or();
        skip();
        if (at < text.length()) {
            throw wrong("unexpected \"" + text.charAt(at) + "\"");
        }
        return whole;
    }

    private Function<JsonNode, JsonNode> or() {
        if (++depth > MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH);
        }
        Function<JsonNode, JsonNode> left = and();
        while (take("||")) {
            Function<JsonNode, JsonNode> one = left;
            Function<JsonNode, JsonNode> two = and();
            left = in -> Predicate.of(isTrue(one, in) || isTrue(two, in));
        }
        depth--;
        return left;
    }

    /// CEL's `||` and `&&` shrug off an undecidable side when the other decides.
    private static boolean isTrue(Function<JsonNode, JsonNode> part, JsonNode in) {
        try {
            return Predicate.truth(part.apply(in));
        } catch (Undecidable _) {
            return false;
        }
    }

    private Function<JsonNode, JsonNode> and() {
        Function<JsonNode, JsonNode> left = not();
        while (take("&&")) {
            Function<JsonNode, JsonNode> one = left;
            Function<JsonNode, JsonNode> two = not();
            left =
                    in ->
                            Predicate.of(
                                    Predicate.truth(one.apply(in))
                                            && Predicate.truth(two.apply(in)));
        }
        return left;
    }

    private Function<JsonNode, JsonNode> not() {
        skip();
        if (at < text.length() && text.charAt(at) == '!' && !text.startsWith("!=", at)) {
            at++;
            if (++depth > MAX_DEPTH) {
                throw wrong("nested deeper than " + MAX_DEPTH);
            }
            Function<JsonNode, JsonNode> inner = not();
            depth--;
            return in -> Predicate.of(!Predicate.truth(inner.apply(in)));
        }
        return comparison();
    }

    private Function<JsonNode, JsonNode> comparison() {
        Function<JsonNode, JsonNode> left = value();
        for (String sign : List.of("==", "!=", "<=", ">=", "<", ">", "in ")) {
            if (take(sign)) {
                Function<JsonNode, JsonNode> right = value();
                return in -> Predicate.of(compare(sign, left.apply(in), right.apply(in)));
            }
        }
        return left;
    }

    private static boolean compare(String sign, JsonNode a, JsonNode b) {
        return switch (sign) {
            case "==" -> isSame(a, b);
            case "!=" -> !isSame(a, b);
            case "in " -> isIn(a, b);
            default -> {
                int order = order(a, b);
                yield switch (sign) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
            }
        };
    }

    private static boolean isSame(JsonNode a, JsonNode b) {
        boolean areNumbers = a.isNumber() && b.isNumber();
        return areNumbers ? JsonNumbers.nearest(a) == JsonNumbers.nearest(b) : a.equals(b);
    }

    private static boolean isIn(JsonNode a, JsonNode all) {
        if (all.isObject()) {
            return all.has(a.asString(""));
        }
        for (JsonNode one : all) {
            if (isSame(a, one)) {
                return true;
            }
        }
        return false;
    }

    private static int order(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return Double.compare(JsonNumbers.nearest(a), JsonNumbers.nearest(b));
        }
        if (a.isString() && b.isString()) {
            return a.asString().compareTo(b.asString());
        }
        throw new Undecidable("of different types");
    }

    private Function<JsonNode, JsonNode> value() {
        Function<JsonNode, JsonNode> value = primary();
        while (at < text.length()) {
            if (take("[")) {
                Function<JsonNode, JsonNode> object = value;
                Function<JsonNode, JsonNode> key = or();
                expect("]");
                value = in -> member(object.apply(in), key.apply(in));
            } else if (take(".")) {
                value = member(value, name());
            } else {
                break;
            }
        }
        return value;
    }

    private Function<JsonNode, JsonNode> member(Function<JsonNode, JsonNode> object, String name) {
        if (!take("(")) {
            return in -> member(object.apply(in), JsonNodeFactory.instance.stringNode(name));
        }
        Function<JsonNode, JsonNode> argument = or();
        expect(")");
        return switch (name) {
            case "startsWith", "endsWith", "contains", "matches" ->
                    in -> Predicate.of(call(name, object.apply(in), argument.apply(in)));
            default -> throw wrong("there is no function \"" + name + "\"");
        };
    }

    private static boolean call(String name, JsonNode on, JsonNode argument) {
        if (!on.isString() || !argument.isString()) {
            throw new Undecidable("not a text");
        }
        String value = on.asString();
        String given = argument.asString();
        return switch (name) {
            case "startsWith" -> value.startsWith(given);
            case "endsWith" -> value.endsWith(given);
            case "contains" -> value.contains(given);
            default -> Expression.of(given).isIn(value);
        };
    }

    private static JsonNode member(JsonNode object, JsonNode key) {
        double place = JsonNumbers.nearest(key);
        JsonNode found =
                place == Math.rint(place)
                        ? object.path((int) place)
                        : object.path(key.asString(""));
        if (found.isMissingNode()) {
            throw new Undecidable("no such key");
        }
        return found;
    }

    private Function<JsonNode, JsonNode> primary() {
        skip();
        if (take("(")) {
            Function<JsonNode, JsonNode> inner = or();
            expect(")");
            return inner;
        }
        if (take("[")) {
            return list();
        }
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            JsonNode value = JsonNodeFactory.instance.stringNode(string());
            return _ -> value;
        }
        if (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            JsonNode value = number();
            return _ -> value;
        }
        return named(name());
    }

    private Function<JsonNode, JsonNode> named(String name) {
        return switch (name) {
            case "true", "false", "null" -> {
                JsonNode value = Predicate.literal(name);
                yield _ -> value;
            }
            case "args" -> in -> in;
            case "has" -> {
                Function<JsonNode, JsonNode> inner = inParentheses();
                yield in -> Predicate.of(has(inner, in));
            }
            case "size" -> {
                Function<JsonNode, JsonNode> inner = inParentheses();
                yield in -> size(inner, in);
            }
            default -> throw wrong("unknown name \"" + name + "\"; conditions speak of args");
        };
    }

    private Function<JsonNode, JsonNode> inParentheses() {
        expect("(");
        Function<JsonNode, JsonNode> inner = or();
        expect(")");
        return inner;
    }

    private static boolean has(Function<JsonNode, JsonNode> inner, JsonNode in) {
        try {
            return !inner.apply(in).isMissingNode();
        } catch (Undecidable _) {
            return false;
        }
    }

    private static JsonNode size(Function<JsonNode, JsonNode> inner, JsonNode in) {
        JsonNode value = inner.apply(in);
        int size =
                value.isString()
                        ? value.asString().codePointCount(0, value.asString().length())
                        : value.size();
        return JsonNodeFactory.instance.numberNode(size);
    }

    private Function<JsonNode, JsonNode> list() {
        List<Function<JsonNode, JsonNode>> items = new ArrayList<>();
        while (!take("]")) {
            items.add(or());
            if (!take(",")) {
                expect("]");
                break;
            }
        }
        return in -> Predicate.list(items.stream().map(item -> item.apply(in)).toList());
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
                out.append(c == 'n' ? '\n' : c == 't' ? '\t' : c);
            } else {
                out.append(c);
            }
        }
        if (at++ >= text.length()) {
            throw wrong("a text without its closing quote");
        }
        return out.toString();
    }

    private JsonNode number() {
        int from = at++;
        while (at < text.length()
                && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return JsonNodeFactory.instance.numberNode(
                    Double.parseDouble(text.substring(from, at)));
        } catch (NumberFormatException e) {
            throw wrong("not a number");
        }
    }

    private String name() {
        skip();
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw wrong(
                    at < text.length()
                            ? "unexpected \"" + text.charAt(at) + "\""
                            : "it ends early");
        }
        return text.substring(from, at);
    }

    private boolean take(String what) {
        skip();
        if (!text.startsWith(what, at)) {
            return false;
        }
        at += what.length();
        return true;
    }

    private void expect(String what) {
        if (!take(what)) {
            throw wrong("\"" + what + "\" is missing");
        }
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                what + " (character " + (at + 1) + " of the condition)");
    }
}
