package dev.bartizan.artifacts.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Works out what expressions are: strings next to one another or joined by `+`, lists and tuples,
/// `join`, `split` and `format`, names that are assigned once.
final class Folding {
    private static final int DEEPEST = 24;
    private static final int MOST_ITEMS = 200;
    private static final int MOST_NAME_TOKENS = 100;
    private static final int MOST_CHAINED = 200;
    private static final int LONGEST_WORD = 200;
    private static final int MOST_NAMES = 50_000;
    private static final Pattern INSERTED = Pattern.compile("%[-\\d.]*[sdrif]|\\{[^{}]*}");
    private static final String HOLE = String.valueOf(Value.HOLE);

    private final List<Token> tokens;
    private final ToIntFunction<String> assigned;
    private final UnaryOperator<String> resolved;
    private final int[] closing;
    private final Map<String, Value> known = new HashMap<>();
    private int at;

    /// @param assigned where the expression that a name stands for starts, or -1
    /// @param resolved the full name of a dotted name
    Folding(List<Token> tokens, ToIntFunction<String> assigned, UnaryOperator<String> resolved) {
        this.tokens = tokens;
        this.assigned = assigned;
        this.resolved = resolved;
        this.closing = closing(tokens);
    }

    /// For every opening bracket where its closing one is; the end when there is none.
    private static int[] closing(List<Token> tokens) {
        int[] closing = new int[tokens.size()];
        int[] open = new int[tokens.size()];
        int depth = 0;
        for (int i = 0; i < closing.length; i++) {
            Token token = tokens.get(i);
            if (isOpening(token)) {
                closing[i] = closing.length;
                open[depth++] = i;
            } else if (isClosing(token) && depth > 0) {
                closing[open[--depth]] = i;
            }
        }
        return closing;
    }

    private static boolean isOpening(Token token) {
        return token.is("(") || token.is("[") || token.is("{");
    }

    private static boolean isClosing(Token token) {
        return token.is(")") || token.is("]") || token.is("}");
    }

    /// What stands between the brackets of a call.
    ///
    /// @param names the names in the arguments
    /// @param end the token behind the closing bracket
    record Arguments(List<Value> values, Map<String, Value> named, List<String> names, int end) {}

    /// Where the dotted name that ends at a token starts; brackets without arguments may stand in
    /// it, and one call with arguments, or an expression in brackets, at its front.
    int startOfName(int last) {
        int start = last;
        while (start >= 2 && last - start < MOST_CHAINED && tokens.get(start - 1).is(".")) {
            if (tokens.get(start - 2).kind() == Token.Kind.NAME) {
                start -= 2;
            } else if (start >= 4 && tokens.get(start - 2).is(")")) {
                int open = opening(start - 2);
                boolean isCall = open > 0 && isCallee(tokens.get(open - 1));
                if (!isCall) {
                    return open < 0 ? start : open;
                }
                start = open - 1;
            } else {
                return start;
            }
        }
        return start;
    }

    private static boolean isCallee(Token token) {
        return token.kind() == Token.Kind.NAME
                && switch (token.text()) {
                    case "return",
                            "yield",
                            "if",
                            "in",
                            "and",
                            "or",
                            "not",
                            "else",
                            "await",
                            "with" ->
                            false;
                    default -> true;
                };
    }

    private int opening(int closing) {
        int depth = 0;
        for (int i = closing; i >= Math.max(0, closing - MOST_ITEMS); i--) {
            Token token = tokens.get(i);
            if (token.is(")")) {
                depth++;
            } else if (token.is("(") && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// The full dotted name from a token up to an opening bracket. A module that is fetched by its
    /// name counts as imported.
    String callee(int start, int open) {
        StringBuilder dotted = new StringBuilder();
        for (int i = start; i < open; i++) {
            Token token = tokens.get(i);
            boolean isLong = token.text().length() > LONGEST_WORD;
            String word = isLong ? token.text().substring(0, LONGEST_WORD) : token.text();
            dotted.append(token.kind() == Token.Kind.STRING ? "'" + word + "'" : word);
        }
        String name = dotted.toString();
        if (!name.contains("import")) {
            return resolved.apply(name);
        }
        String fetched =
                name.replaceFirst(
                        "^(?:__import__|(?:importlib\\.)?import_module)\\('([\\w.]+)'\\)\\.",
                        "$1.");
        return fetched.equals(name) ? resolved.apply(name) : fetched;
    }

    /// The arguments behind an opening bracket.
    Arguments arguments(int open) {
        List<Value> values = new ArrayList<>();
        Map<String, Value> named = new HashMap<>();
        at = open + 1;
        while (at < tokens.size() && !tokens.get(at).is(")") && values.size() < MOST_ITEMS) {
            boolean isNamed =
                    tokens.get(at).kind() == Token.Kind.NAME
                            && at + 1 < tokens.size()
                            && tokens.get(at + 1).is("=");
            if (isNamed) {
                String name = tokens.get(at).text();
                at += 2;
                named.put(name, expression(0));
            } else {
                values.add(expression(0));
            }
            toComma();
        }
        int end = Math.min(tokens.size(), closing[open] + 1);
        return new Arguments(values, named, names(open, end), end);
    }

    private List<String> names(int from, int to) {
        Set<String> names = new LinkedHashSet<>();
        int end = Math.min(to, from + MOST_NAME_TOKENS);
        for (int i = from; i < end; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.NAME) {
                names.add(token.text());
            }
        }
        return List.copyOf(names);
    }

    /// Skips what was not understood, up to behind the next comma or to the closing bracket.
    private void toComma() {
        skip();
        if (at < tokens.size() && tokens.get(at).is(",")) {
            at++;
        }
    }

    /// Skips to the end of an expression.
    ///
    /// @return whether anything was skipped
    private boolean skip() {
        int start = at;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            boolean isEnd = token.is(",") || token.is(";") || token.kind() == Token.Kind.LINE;
            if (isEnd || isClosing(token)) {
                break;
            }
            at = isOpening(token) ? Math.min(tokens.size(), closing[at] + 1) : at + 1;
        }
        return at > start;
    }

    private Value expression(int depth) {
        Value left = term(depth);
        while (at < tokens.size() && tokens.get(at).is("+") && depth < DEEPEST) {
            at++;
            left = sum(left, term(depth + 1));
        }
        if (at < tokens.size() && tokens.get(at).is("%") && left instanceof Value.Text text) {
            at++;
            term(depth + 1);
            left = inserted(text);
        }
        return skip() ? mixed(left) : left;
    }

    private static Value mixed(Value value) {
        return new Value.Text(HOLE + value.joined() + HOLE);
    }

    private static Value inserted(Value.Text text) {
        return new Value.Text(INSERTED.matcher(text.text()).replaceAll(HOLE));
    }

    private static Value sum(Value left, Value right) {
        if (left instanceof Value.Items first && right instanceof Value.Items second) {
            List<Value> all = new ArrayList<>(first.items());
            all.addAll(second.items());
            return new Value.Items(all.subList(0, Math.min(MOST_ITEMS, all.size())));
        }
        if (left instanceof Value.Items first) {
            List<Value> all = new ArrayList<>(first.items());
            all.add(right);
            return new Value.Items(all);
        }
        String joined = left.joined() + right.joined();
        return new Value.Text(joined.length() <= Value.LONGEST_TEXT ? joined : HOLE);
    }

    private Value term(int depth) {
        if (at >= tokens.size() || depth >= DEEPEST) {
            return Value.unknown();
        }
        Token token = tokens.get(at);
        Value value = Value.unknown();
        if (token.kind() == Token.Kind.STRING) {
            StringBuilder text = new StringBuilder();
            while (at < tokens.size() && tokens.get(at).kind() == Token.Kind.STRING) {
                text.append(tokens.get(at++).text());
            }
            value = new Value.Text(text.length() <= Value.LONGEST_TEXT ? text.toString() : HOLE);
        } else if (token.is("[") || token.is("(")) {
            value = items(depth + 1);
        } else if (token.kind() == Token.Kind.NAME) {
            value = named(depth);
        } else if (token.kind() == Token.Kind.NUMBER) {
            value = new Value.Text(token.text());
            at++;
        }
        return methods(value, depth);
    }

    /// The values in brackets; one in round brackets without a comma is itself.
    private Value items(int depth) {
        boolean isRound = tokens.get(at).is("(");
        int end = closing[at];
        List<Value> values = new ArrayList<>();
        boolean hasComma = false;
        at++;
        while (at < end && values.size() < MOST_ITEMS) {
            values.add(expression(depth));
            hasComma |= at < end && tokens.get(at).is(",");
            at++;
        }
        at = Math.min(tokens.size(), end + 1);
        return isRound && !hasComma && values.size() == 1
                ? values.getFirst()
                : new Value.Items(values);
    }

    private Value named(int depth) {
        int start = at;
        at++;
        while (at + 1 < tokens.size()
                && tokens.get(at).is(".")
                && tokens.get(at + 1).kind() == Token.Kind.NAME
                && !isMethod(tokens.get(at + 1).text())) {
            at += 2;
        }
        String name =
                tokens.subList(start, at).stream().map(Token::text).collect(Collectors.joining());
        boolean isCalled = at < tokens.size() && tokens.get(at).is("(");
        if (isCalled) {
            return called(resolved.apply(name), depth);
        }
        if (resolved.apply(name).equals("sys.executable")) {
            return new Value.Text("python");
        }
        return name.contains(".") ? Value.unknown() : assigned(name, depth + 2);
    }

    /// What functions make of texts they are handed.
    private Value called(String function, int depth) {
        int open = at;
        switch (function) {
            case "shlex.split" -> {
                return words(items(depth + 1));
            }
            case "str" -> {
                return items(depth + 1);
            }
            case "os.path.join", "pathlib.Path", "Path" -> {
                return new Value.Text(
                        items(depth + 1) instanceof Value.Items items
                                ? Value.joined(items.items(), "/")
                                : HOLE);
            }
            default -> {}
        }
        Value decoded =
                Decoded.isDecoder(function)
                        ? Decoded.of(function, items(depth + 1))
                        : Value.unknown();
        at = Math.min(tokens.size(), closing[open] + 1);
        return decoded;
    }

    /// The text that an expression is, where it starts at a token; holes where it is not known.
    String text(int from) {
        at = from;
        return expression(0).joined();
    }

    /// Where the bracket that opens at a token is closed.
    int closing(int open) {
        return closing[open];
    }

    /// What a name was assigned; nothing is known of one that stands for itself.
    private Value assigned(String name, int depth) {
        Value before = known.putIfAbsent(name, Value.unknown());
        int assignment = assigned.applyAsInt(name);
        if (before != null || assignment < 0 || known.size() > MOST_NAMES) {
            return before == null ? Value.unknown() : before;
        }
        int back = at;
        at = assignment;
        Value value = expression(depth);
        at = back;
        known.put(name, value);
        return value;
    }

    private static boolean isMethod(String name) {
        return switch (name) {
            case "split", "join", "format", "strip", "encode", "decode", "lower", "replace" -> true;
            default -> false;
        };
    }

    /// Methods of texts behind a value.
    private Value methods(Value first, int depth) {
        Value value = isReversed() ? reversed(first) : first;
        while (at + 2 < tokens.size()
                && tokens.get(at).is(".")
                && isMethod(tokens.get(at + 1).text())
                && tokens.get(at + 2).is("(")) {
            String method = tokens.get(at + 1).text();
            at += 2;
            Value argument = items(depth + 1);
            value =
                    switch (method) {
                        case "split" -> words(value);
                        case "join" -> joined(value, argument);
                        case "strip", "encode", "decode" -> value;
                        case "format" ->
                                value instanceof Value.Text text ? inserted(text) : Value.unknown();
                        default -> mixed(value);
                    };
        }
        return value;
    }

    /// Whether `[::-1]` follows, which is skipped then.
    private boolean isReversed() {
        String[] words = {"[", ":", ":", "-", "1", "]"};
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).text().equals(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    private static Value reversed(Value value) {
        return new Value.Text(new StringBuilder(value.joined()).reverse().toString());
    }

    private static Value joined(Value between, Value parts) {
        return new Value.Text(
                parts instanceof Value.Items items
                        ? Value.joined(items.items(), between.joined())
                        : parts.joined());
    }

    private static Value words(Value value) {
        return value instanceof Value.Text text
                ? new Value.Items(
                        Pattern.compile("\\s+")
                                .splitAsStream(text.text().strip())
                                .limit(MOST_ITEMS)
                                .<Value>map(Value.Text::new)
                                .toList())
                : value;
    }
}
