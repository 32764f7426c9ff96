package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.template.Formatting.Arguments;
import dev.bartizan.artifacts.template.Value.Dict;
import dev.bartizan.artifacts.template.Value.Listing;
import dev.bartizan.artifacts.template.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Goes through a template as rendering it would, with everything that comes from outside unknown:
/// both branches of conditions, every item of lists that are written out, macros with what they are
/// called with. Each expression is shown to whoever looks for names in it. Nothing is rendered.
final class Walkthrough implements Evaluator.Macros {
    private static final int DEEPEST_CALL = 6;
    private static final int DEEPEST_BLOCK = 200;
    private static final int MOST_TURNS = 300;
    private static final int LONGEST = 1 << 12;

    private final List<Node> nodes;
    private final Consumer<Expr> look;
    private final Evaluator evaluator = new Evaluator(this);
    private final Map<String, Macro> macros = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private int depth;

    /// @param from first node of the body
    /// @param to behind its last
    private record Macro(List<Expr> parameters, int from, int to) {}

    /// What a stretch of a template renders; unknown once a part is.
    private static final class Rendered {
        private final StringBuilder text = new StringBuilder();
        private boolean isKnown = true;

        void add(Value value) {
            List<String> texts = value.rendered().texts();
            isKnown &= !texts.isEmpty() && text.length() < LONGEST;
            if (isKnown) {
                text.append(texts.getFirst());
            }
        }

        Value value() {
            return isKnown ? Operations.limited(text.toString()) : Value.unknown();
        }
    }

    Walkthrough(List<Node> nodes, Consumer<Expr> look) {
        this.nodes = nodes;
        this.look = look;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    void run() {
        run(0, nodes.size(), new Rendered());
    }

    private void run(int from, int to, Rendered out) {
        if (++depth > DEEPEST_BLOCK) {
            evaluator.exhaust();
        }
        for (int i = from; i < to && !evaluator.isExhausted(); i++) {
            evaluator.take(1);
            switch (nodes.get(i)) {
                case Node.Literal literal -> out.add(new Text(literal.text()));
                case Node.Output output -> {
                    look.accept(output.expression());
                    out.add(evaluator.eval(output.expression()));
                }
                case Node.Statement statement -> i = statement(statement, i, to, out);
            }
        }
        depth--;
    }

    /// Goes through a statement with its block; returns the last node of it.
    private int statement(Node.Statement statement, int at, int to, Rendered out) {
        if (!statement.word().equals("macro")) {
            statement.expressions().forEach(look);
        }
        boolean isBlock =
                Set.of("if", "for", "macro", "call", "filter", "with").contains(statement.word())
                        || (statement.word().equals("set") && statement.expressions().isEmpty());
        int end = isBlock ? end(at, to) : at;
        switch (statement.word()) {
            case "set" -> set(statement, at, end);
            case "if" -> branches(at, end, out);
            case "for" -> loop(statement, at, end, out);
            case "macro" -> macro(statement, at, end);
            case "filter" -> filtered(statement, at, end, out);
            case "with" -> {
                with(statement.expressions());
                run(at + 1, end, out);
            }
            case "call" -> {
                Rendered inner = new Rendered();
                run(at + 1, end, inner);
                evaluator.set("caller()", inner.value());
                out.add(evaluator.eval(statement.expressions().getLast()));
            }
            default -> {
                if (statement.word().equals("do")) {
                    statement.expressions().forEach(evaluator::eval);
                }
            }
        }
        return end;
    }

    /// The node that closes the block which a node opens.
    private int end(int at, int to) {
        int depth = 0;
        for (int i = at; i < to; i++) {
            if (nodes.get(i) instanceof Node.Statement statement) {
                boolean opens =
                        TemplateParser.opens(statement.word())
                                && !(statement.word().equals("set")
                                        && !statement.expressions().isEmpty());
                depth += opens ? 1 : statement.word().startsWith("end") ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return to - 1;
    }

    private void set(Node.Statement statement, int at, int end) {
        Value value;
        if (statement.expressions().isEmpty()) {
            Rendered inner = new Rendered();
            run(at + 1, end, inner);
            value = inner.value();
        } else {
            value = evaluator.eval(statement.expressions().getFirst());
        }
        if (!statement.target().isEmpty()) {
            evaluator.set(statement.target(), value);
        }
    }

    /// `name = value` pairs.
    private void with(List<Expr> expressions) {
        for (int i = 0; i + 1 < expressions.size(); i += 2) {
            if (expressions.get(i) instanceof Expr.Name name) {
                evaluator.set(name.name(), evaluator.eval(expressions.get(i + 1)));
            }
        }
    }

    private void branches(int at, int end, Rendered out) {
        Map<String, Value> before = new HashMap<>(evaluator.variables());
        Map<String, Value> after = new HashMap<>();
        int from = at + 1;
        boolean hasElse = false;
        int depth = 0;
        for (int i = at + 1; i <= end; i++) {
            if (!(nodes.get(i) instanceof Node.Statement statement)) {
                continue;
            }
            boolean isTurn =
                    depth == 0 && (Set.of("elif", "else").contains(statement.word()) || i == end);
            boolean opens =
                    TemplateParser.opens(statement.word())
                            && !(statement.word().equals("set")
                                    && !statement.expressions().isEmpty());
            depth += opens ? 1 : statement.word().startsWith("end") ? -1 : 0;
            if (isTurn) {
                evaluator.restore(before);
                run(from, i, out);
                merge(after, evaluator.variables());
                statement.expressions().forEach(look);
                hasElse |= statement.word().equals("else");
                from = i + 1;
            }
        }
        if (!hasElse) {
            merge(after, before);
        }
        evaluator.restore(after);
        out.isKnown = false;
    }

    private static void merge(Map<String, Value> into, Map<String, Value> more) {
        more.forEach((name, value) -> into.merge(name, value, Value::either));
    }

    private void loop(Node.Statement statement, int at, int end, Rendered out) {
        List<Expr> target = new ArrayList<>();
        Expr over = new Expr.Nothing();
        for (Expr expr :
                statement.expressions().getFirst() instanceof Expr.Listing several
                        ? several.items()
                        : List.of(statement.expressions().getFirst())) {
            if (expr instanceof Expr.Binary in && in.operator().equals("in")) {
                target.add(in.left());
                over = in.right();
            } else {
                target.add(expr);
            }
        }
        List<Value> items = items(evaluator.eval(over));
        if (items.isEmpty()) {
            bind(target, Value.unknown());
            run(at + 1, end, out);
            out.isKnown = false;
            return;
        }
        for (Value item : items.subList(0, Math.min(items.size(), MOST_TURNS))) {
            if (!evaluator.isExhausted()) {
                bind(target, item);
                run(at + 1, end, out);
            }
        }
    }

    private static List<Value> items(Value value) {
        return switch (value) {
            case Listing listing -> listing.items();
            case Dict dict -> dict.entries().stream().map(Value.Entry::key).toList();
            case Text text -> Operations.letters(text).items();
            case Value.OneOf one ->
                    one.values().stream()
                            .filter(each -> !(each instanceof Value.OneOf))
                            .flatMap(each -> items(each).stream())
                            .toList();
            case Value.Numeral _, Value.Opaque _ -> List.of();
        };
    }

    private void bind(List<Expr> target, Value item) {
        for (int i = 0; i < target.size(); i++) {
            if (target.get(i) instanceof Expr.Name name) {
                Value part =
                        target.size() == 1
                                ? item
                                : item instanceof Listing pair && i < pair.items().size()
                                        ? pair.items().get(i)
                                        : Value.unknown();
                evaluator.set(name.name(), part);
            }
        }
    }

    private void macro(Node.Statement statement, int at, int end) {
        if (statement.expressions().isEmpty()
                || !(statement.expressions().getFirst() instanceof Expr.Call signature)
                || !(signature.of() instanceof Expr.Name name)) {
            run(at + 1, end, new Rendered());
            return;
        }
        Macro macro = new Macro(signature.arguments(), at + 1, end);
        macros.put(name.name(), macro);
        running.add(name.name());
        run(macro, new Arguments(List.of(), List.of()));
        running.remove(name.name());
    }

    @Override
    public Value call(String name, Arguments arguments) {
        if (name.equals("caller")) {
            return evaluator.get("caller()");
        }
        Macro macro = macros.get(name);
        if (macro == null
                || evaluator.isExhausted()
                || running.size() >= DEEPEST_CALL
                || !running.add(name)) {
            return Value.unknown();
        }
        Value value = run(macro, arguments);
        running.remove(name);
        return value;
    }

    private Value run(Macro macro, Arguments arguments) {
        Map<String, Value> before = new HashMap<>(evaluator.variables());
        for (int i = 0; i < macro.parameters().size(); i++) {
            Expr parameter = macro.parameters().get(i);
            Value otherwise = Value.unknown();
            if (parameter instanceof Expr.Binary pair && pair.operator().equals("=")) {
                otherwise = evaluator.eval(pair.right());
                parameter = pair.left();
            }
            if (parameter instanceof Expr.Name name) {
                Value given =
                        i < arguments.positional().size()
                                ? arguments.positional().get(i)
                                : arguments.get(name.name()).orElse(otherwise);
                evaluator.set(name.name(), given);
            }
        }
        Rendered out = new Rendered();
        run(macro.from(), macro.to(), out);
        evaluator.restore(before);
        return out.value();
    }

    private void filtered(Node.Statement statement, int at, int end, Rendered out) {
        Rendered inner = new Rendered();
        run(at + 1, end, inner);
        Value value = inner.value();
        for (Expr filter : statement.expressions()) {
            String name =
                    switch (filter) {
                        case Expr.Name plain -> plain.name();
                        case Expr.Call call when call.of() instanceof Expr.Name plain ->
                                plain.name();
                        default -> "";
                    };
            List<Expr> given = filter instanceof Expr.Call call ? call.arguments() : List.of();
            List<Value> values = given.stream().map(evaluator::eval).toList();
            value = Operations.apply(name, value, new Arguments(values, List.of()));
        }
        out.add(value);
    }
}
