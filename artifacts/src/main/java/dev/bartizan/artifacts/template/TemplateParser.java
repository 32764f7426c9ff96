package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.template.Tokens.Token;
import dev.bartizan.formats.FormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a template into text and tags, and reads the tags.
final class TemplateParser {
    private static final int MOST_NODES = 100_000;
    private static final Pattern END_RAW = Pattern.compile("\\{%-?\\s*endraw\\s*-?%\\}");
    private static final Map<String, String> CLOSES =
            Map.of(
                    "endif",
                    "if",
                    "endfor",
                    "for",
                    "endmacro",
                    "macro",
                    "endcall",
                    "call",
                    "endfilter",
                    "filter",
                    "endblock",
                    "block",
                    "endwith",
                    "with",
                    "endautoescape",
                    "autoescape",
                    "endset",
                    "set",
                    "endgeneration",
                    "generation");

    private final String text;
    private final List<Node> nodes = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int at;

    private TemplateParser(String text) {
        this.text = text;
    }

    /// Reads a template.
    ///
    /// @throws FormatException when Jinja would refuse it, or a limit is reached
    static List<Node> parse(String text) throws FormatException {
        return new TemplateParser(text).parse();
    }

    private List<Node> parse() throws FormatException {
        while (at < text.length()) {
            int tag = nextTag();
            if (tag < 0) {
                nodes.add(new Node.Literal(text.substring(at)));
                break;
            }
            if (tag > at) {
                nodes.add(new Node.Literal(text.substring(at, tag)));
            }
            if (nodes.size() > MOST_NODES) {
                throw FormatException.limit(
                        tag, "A template of more than " + MOST_NODES + " pieces");
            }
            readTag(tag);
        }
        if (!open.isEmpty()) {
            throw FormatException.broken(
                    text.length(), "The block \"" + open.peek() + "\" is never closed");
        }
        return nodes;
    }

    private int nextTag() {
        for (int i = text.indexOf('{', at);
                i >= 0 && i + 1 < text.length();
                i = text.indexOf('{', i + 1)) {
            if ("{%#".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void readTag(int tag) throws FormatException {
        char kind = text.charAt(tag + 1);
        String close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
        int end = kind == '#' ? text.indexOf(close, tag + 2) : tagEnd(tag + 2, close);
        if (end < 0) {
            throw FormatException.broken(tag, "A tag that never ends");
        }
        at = end + 2;
        if (kind == '#') {
            return;
        }
        int from = tag + 2;
        int to = end;
        if (from < to && "-+".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        if (to > from && "-+".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        List<Token> tokens = Tokens.of(text.substring(from, to), from);
        if (kind == '{') {
            ExprParser parser = new ExprParser(tokens);
            nodes.add(new Node.Output(tokens.isEmpty() ? new Expr.Text("") : parser.tuple(), tag));
            requireEnd(parser, tag);
        } else if (!tokens.isEmpty()) {
            statement(tokens, tag);
        }
    }

    /// The end of a tag, skipping strings and brackets in it.
    private int tagEnd(int from, String close) {
        int braces = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = stringEnd(i);
                if (i < 0) {
                    return -1;
                }
            } else if (braces == 0 && text.startsWith(close, i)) {
                return i;
            } else if (c == '{') {
                braces++;
            } else if (c == '}' && braces > 0) {
                braces--;
            }
        }
        return -1;
    }

    private int stringEnd(int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(start)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a statement opens a block that one of another name closes.
    static boolean opens(String word) {
        return CLOSES.containsValue(word);
    }

    private static void requireEnd(ExprParser parser, int tag) throws FormatException {
        if (!parser.isAtEnd()) {
            throw FormatException.broken(tag, "A tag with words behind its end");
        }
    }

    private void statement(List<Token> tokens, int tag) throws FormatException {
        String word = tokens.getFirst().text();
        ExprParser parser = new ExprParser(tokens.subList(1, tokens.size()));
        List<Expr> expressions = new ArrayList<>();
        String target = "";
        switch (word) {
            case "raw" -> skipRaw(tag);
            case "set" -> {
                for (Node.Statement each : set(parser, tag)) {
                    nodes.add(each);
                }
                return;
            }
            case "for" -> {
                open.push("for");
                expressions.add(parser.tuple());
                while (!parser.isAtEnd()) {
                    if (!parser.take("recursive")) {
                        parser.take("if");
                        expressions.add(parser.expression());
                    }
                }
            }
            case "if", "call", "filter", "with", "macro", "block", "autoescape", "generation" -> {
                open.push(word);
                loose(parser, expressions);
            }
            case "elif", "else" -> {
                loose(parser, expressions);
                if (open.isEmpty()) {
                    throw FormatException.broken(tag, "\"" + word + "\" outside a block");
                }
            }
            default -> {
                String opens = CLOSES.get(word);
                if (opens != null) {
                    if (open.isEmpty() || !open.pop().equals(opens)) {
                        throw FormatException.broken(
                                tag, "\"" + word + "\" without \"" + opens + "\"");
                    }
                } else {
                    loose(parser, expressions);
                }
            }
        }
        nodes.add(new Node.Statement(word, target, expressions, tag));
    }

    /// Expressions with other words between them.
    private static void loose(ExprParser parser, List<Expr> expressions) throws FormatException {
        while (!parser.isAtEnd()) {
            boolean isWord =
                    parser.take("import")
                            || parser.take("as")
                            || parser.take("with")
                            || parser.take("without")
                            || parser.take("context")
                            || parser.take("ignore")
                            || parser.take("missing")
                            || parser.take("=")
                            || parser.take(",")
                            || parser.take("scoped")
                            || parser.take("required");
            if (!isWord) {
                expressions.add(parser.expression());
            }
        }
    }

    /// `set a = x`, `set a, b = x, y` as one statement each, or the start of a block.
    private List<Node.Statement> set(ExprParser parser, int tag) throws FormatException {
        Expr target = parser.tuple();
        if (!parser.take("=")) {
            open.push("set");
            while (!parser.isAtEnd()) {
                parser.next(); // filters on the block
            }
            return List.of(new Node.Statement("set", name(target), List.of(), tag));
        }
        Expr value = parser.tuple();
        if (target instanceof Expr.Listing names
                && value instanceof Expr.Listing values
                && names.items().size() == values.items().size()) {
            List<Node.Statement> all = new ArrayList<>();
            for (int i = 0; i < names.items().size(); i++) {
                List<Expr> one = List.of(values.items().get(i));
                all.add(new Node.Statement("set", name(names.items().get(i)), one, tag));
            }
            return all;
        }
        return List.of(new Node.Statement("set", name(target), List.of(value), tag));
    }

    private static String name(Expr target) {
        return switch (target) {
            case Expr.Name name -> name.name();
            case Expr.Attribute attribute -> attribute.name();
            case Expr.Filter filter -> name(filter.of());
            default -> "";
        };
    }

    private void skipRaw(int tag) throws FormatException {
        Matcher matcher = END_RAW.matcher(text);
        if (!matcher.find(at)) {
            throw FormatException.broken(tag, "A raw block that never ends");
        }
        nodes.add(new Node.Literal(text.substring(at, matcher.start())));
        at = matcher.end();
    }
}
