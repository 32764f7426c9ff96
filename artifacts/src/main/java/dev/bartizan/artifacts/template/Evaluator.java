package dev.bartizan.artifacts.template;

import dev.bartizan.artifacts.template.Formatting.Arguments;
import dev.bartizan.artifacts.template.Value.Dict;
import dev.bartizan.artifacts.template.Value.Entry;
import dev.bartizan.artifacts.template.Value.Listing;
import dev.bartizan.artifacts.template.Value.Numeral;
import dev.bartizan.artifacts.template.Value.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Works out what expressions come to, as far as they hang on nothing but the template itself, so
/// that a name cannot hide in pieces. Whatever is not known is {@link Value#unknown}.
final class Evaluator {
    private static final int DEEPEST = 120;

    /// Ten times what the longest honest template takes.
    private static final int MOST_STEPS = 20_000;

    private static final int MOST_REPEATS = 200;
    private static final int MOST_ITEMS = 1_000;
    private static final int ITEMS_A_STEP = 16;
    private static final int FEW = 64;

    private final Macros macros;
    private IdentityHashMap<Expr, Value> known = new IdentityHashMap<>();
    private Map<String, Value> variables = new HashMap<>();
    private int steps;

    /// Calls what the template itself defines.
    interface Macros {
        /// What a macro renders, or {@link Value#unknown}.
        Value call(String name, Arguments arguments);
    }

    Evaluator(Macros macros) {
        this.macros = macros;
    }

    /// Whether the work allowed for one template is done.
    boolean isExhausted() {
        return steps > MOST_STEPS;
    }

    /// The variables, to be kept and restored around branches.
    Map<String, Value> variables() {
        return variables;
    }

    /// Ends the work, because a limit was reached elsewhere.
    void exhaust() {
        steps = MOST_STEPS + 1;
    }

    /// Counts work that works nothing out.
    void take(int work) {
        steps += work;
    }

    void restore(Map<String, Value> state) {
        steps += 1 + state.size() / 16;
        variables = new HashMap<>(state);
        forget();
    }

    void set(String name, Value value) {
        steps++;
        variables.put(name, value);
        forget();
    }

    /// Clears what is small; emptying a map takes as long as it ever was large.
    private void forget() {
        if (known.size() > FEW) {
            known = new IdentityHashMap<>();
        } else {
            known.clear();
        }
    }

    /// What was set, or what Jinja has under that name.
    Value get(String name) {
        Value value = variables.get(name);
        return value == null ? Value.global(name) : value;
    }

    /// What an expression comes to.
    Value eval(Expr expr) {
        return eval(expr, 0);
    }

    private Value eval(Expr expr, int depth) {
        if (depth > DEEPEST || steps > MOST_STEPS) {
            return Value.unknown();
        }
        Value before = known.get(expr);
        if (before != null) {
            return before;
        }
        steps++;
        Value value =
                switch (expr) {
                    case Expr.Text text -> new Text(text.value());
                    case Expr.Numeral numeral -> number(numeral.written());
                    case Expr.Name name -> get(name.name());
                    case Expr.Negative negative -> negated(eval(negative.of(), depth + 1));
                    case Expr.Listing listing -> new Listing(all(listing.items(), depth));
                    case Expr.Dictionary dictionary -> dict(dictionary.pairs(), depth);
                    case Expr.Choice choice ->
                            Value.either(
                                    eval(choice.then(), depth + 1),
                                    eval(choice.otherwise(), depth + 1));
                    case Expr.Binary binary -> binary(binary, depth);
                    case Expr.Filter filter -> filter(filter, depth);
                    case Expr.Call call -> call(call, depth);
                    case Expr.Attribute attribute -> attribute(attribute, depth);
                    case Expr.Item item -> item(item, depth);
                    case Expr.Slice _, Expr.Nothing _ -> Value.unknown();
                    case Expr.Parts parts ->
                            parts.parts().size() == 1
                                    ? eval(parts.parts().getFirst(), depth + 1)
                                    : Value.unknown();
                };
        steps += expr instanceof Expr.Name ? 0 : length(value) / ITEMS_A_STEP;
        known.put(expr, value);
        return value;
    }

    private static int length(Value value) {
        return switch (value) {
            case Text text -> text.value().length();
            case Listing listing -> listing.items().size();
            case Dict dict -> dict.entries().size();
            case Value.OneOf one -> one.values().size();
            case Numeral _, Value.Opaque _ -> 0;
        };
    }

    private List<Value> all(List<Expr> items, int depth) {
        List<Value> values = new ArrayList<>();
        for (Expr item : items.subList(0, Math.min(items.size(), MOST_ITEMS))) {
            values.add(eval(item, depth + 1));
        }
        return values;
    }

    private Value dict(List<Expr> pairs, int depth) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < Math.min(pairs.size(), 2 * MOST_ITEMS); i += 2) {
            entries.add(
                    new Entry(eval(pairs.get(i), depth + 1), eval(pairs.get(i + 1), depth + 1)));
        }
        return new Dict(entries);
    }

    private static Value number(String written) {
        try {
            return new Numeral(Long.decode(written.replace("_", "")));
        } catch (NumberFormatException e) {
            return new Text(written);
        }
    }

    private static Value negated(Value value) {
        return value instanceof Numeral numeral ? new Numeral(-numeral.value()) : Value.unknown();
    }

    private static Value each(Value value, UnaryOperator<Value> operation) {
        return value instanceof Value.OneOf one
                ? one.values().stream().map(operation).reduce(Value::either).orElse(Value.unknown())
                : operation.apply(value);
    }

    private static Value each(Value left, Value right, BiFunction<Value, Value, Value> operation) {
        return each(left, l -> each(right, r -> operation.apply(l, r)));
    }

    private Value binary(Expr.Binary binary, int depth) {
        Value left = eval(binary.left(), depth + 1);
        Value right = eval(binary.right(), depth + 1);
        return switch (binary.operator()) {
            case "=" -> right;
            case "or", "and" -> Value.either(left, right);
            case "~" -> each(left.rendered(), right.rendered(), Evaluator::joined);
            case "+" -> each(left, right, Evaluator::sum);
            case "*" -> each(left, right, Evaluator::product);
            case "%" -> each(left, l -> percent(l, right));
            case "-", "//", "/" -> each(left, right, (l, r) -> arithmetic(binary.operator(), l, r));
            default -> Value.unknown();
        };
    }

    private static Value joined(Value left, Value right) {
        return left instanceof Text l && right instanceof Text r
                ? Operations.limited(l.value() + r.value())
                : Value.unknown();
    }

    private static Value sum(Value left, Value right) {
        if (left instanceof Numeral l && right instanceof Numeral r) {
            return new Numeral(l.value() + r.value());
        }
        if (left instanceof Listing l && right instanceof Listing r) {
            List<Value> items = new ArrayList<>(l.items());
            items.addAll(r.items());
            return items.size() <= MOST_ITEMS ? new Listing(items) : Value.unknown();
        }
        return joined(left, right);
    }

    private static Value product(Value left, Value right) {
        if (right instanceof Text || right instanceof Listing) {
            return left instanceof Numeral ? product(right, left) : Value.unknown();
        }
        if (!(right instanceof Numeral times)) {
            return Value.unknown();
        }
        int count = Math.clamp(times.value(), 0, MOST_REPEATS);
        return switch (left) {
            case Text text -> Operations.limited(text.value().repeat(count));
            case Numeral numeral -> new Numeral(numeral.value() * times.value());
            case Listing listing ->
                    listing.items().size() * count <= MOST_ITEMS
                            ? new Listing(
                                    Collections.nCopies(count, listing.items()).stream()
                                            .flatMap(List::stream)
                                            .toList())
                            : Value.unknown();
            case Dict _, Value.OneOf _, Value.Opaque _ -> Value.unknown();
        };
    }

    private static Value percent(Value left, Value right) {
        if (left instanceof Text pattern) {
            Arguments arguments =
                    switch (right) {
                        case Listing listing -> new Arguments(listing.items(), List.of());
                        case Dict dict -> new Arguments(List.of(), dict.entries());
                        default -> new Arguments(List.of(right), List.of());
                    };
            return Formatting.percent(pattern.value(), arguments)
                    .map(Operations::limited)
                    .orElse(Value.unknown());
        }
        return arithmetic("%", left, right);
    }

    private static Value arithmetic(String operator, Value left, Value right) {
        if (!(left instanceof Numeral l) || !(right instanceof Numeral r)) {
            return Value.unknown();
        }
        if (operator.equals("-")) {
            return new Numeral(l.value() - r.value());
        }
        if (r.value() == 0) {
            return Value.unknown();
        }
        return new Numeral(
                operator.equals("%")
                        ? Math.floorMod(l.value(), r.value())
                        : Math.floorDiv(l.value(), r.value()));
    }

    private Arguments arguments(List<Expr> given, int depth) {
        List<Value> positional = new ArrayList<>();
        List<Entry> named = new ArrayList<>();
        for (Expr argument : given) {
            if (argument instanceof Expr.Binary pair
                    && pair.operator().equals("=")
                    && pair.left() instanceof Expr.Name name) {
                named.add(new Entry(new Text(name.name()), eval(pair.right(), depth + 1)));
            } else {
                positional.add(eval(argument, depth + 1));
            }
        }
        return new Arguments(positional, named);
    }

    private Value filter(Expr.Filter filter, int depth) {
        Value of = eval(filter.of(), depth + 1);
        Arguments arguments = arguments(filter.arguments(), depth);
        if (filter.name().equals("format")) {
            return each(
                    of,
                    pattern ->
                            pattern instanceof Text text
                                    ? Formatting.percent(text.value(), arguments)
                                            .map(Operations::limited)
                                            .orElse(Value.unknown())
                                    : Value.unknown());
        }
        return each(of, value -> Operations.apply(filter.name(), value, arguments));
    }

    private Value call(Expr.Call call, int depth) {
        Arguments arguments = arguments(call.arguments(), depth);
        if (call.of() instanceof Expr.Name name) {
            return function(name.name(), arguments);
        }
        if (!(call.of() instanceof Expr.Attribute method)) {
            return Value.unknown();
        }
        Value of = eval(method.of(), depth + 1);
        if (method.of() instanceof Expr.Name variable) {
            change(variable.name(), of, method.name(), arguments);
        }
        return each(
                of,
                value ->
                        method.name().equals("join") && value instanceof Listing
                                ? Value.unknown()
                                : Operations.apply(method.name(), value, arguments));
    }

    /// Methods that change the list or dictionary they are called on.
    private void change(String variable, Value of, String method, Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return;
        }
        Value given = arguments.positional().getFirst();
        if (of instanceof Listing listing && method.equals("append")) {
            set(variable, sum(listing, new Listing(List.of(given))));
        } else if (of instanceof Listing listing && method.equals("extend")) {
            set(variable, sum(listing, given));
        } else if (of instanceof Listing listing
                && method.equals("insert")
                && arguments.positional().size() == 2) {
            set(variable, sum(new Listing(List.of(arguments.positional().get(1))), listing));
        } else if (of instanceof Dict dict
                && method.equals("update")
                && given instanceof Dict more) {
            List<Entry> entries = new ArrayList<>(more.entries());
            entries.addAll(dict.entries());
            set(variable, new Dict(entries));
        }
    }

    private Value function(String name, Arguments arguments) {
        List<Value> given = arguments.positional();
        return switch (name) {
            case "dict", "namespace" -> {
                List<Entry> entries = new ArrayList<>(arguments.named());
                if (!given.isEmpty() && given.getFirst() instanceof Dict dict) {
                    entries.addAll(dict.entries());
                }
                if (name.equals("namespace")) {
                    entries.forEach(
                            e -> ((Text) e.key()).value().lines().forEach(k -> set(k, e.value())));
                }
                yield new Dict(entries);
            }
            case "chr" ->
                    !given.isEmpty() && given.getFirst() instanceof Numeral numeral
                            ? new Text(Formatting.character(numeral.value()))
                            : Value.unknown();
            case "str" -> given.isEmpty() ? new Text("") : given.getFirst().rendered();
            case "strftime_now" ->
                    given.isEmpty()
                            ? Value.unknown()
                            : each(
                                    given.getFirst(),
                                    v ->
                                            v instanceof Text t
                                                    ? new Text(
                                                            t.value().replaceAll("%[-a-zA-Z]", "0"))
                                                    : Value.unknown());
            case "range" -> range(given);
            default -> macros.call(name, arguments);
        };
    }

    private static Value range(List<Value> given) {
        List<Long> bounds =
                given.stream()
                        .filter(Numeral.class::isInstance)
                        .map(value -> ((Numeral) value).value())
                        .toList();
        if (bounds.isEmpty() || bounds.size() != given.size() || bounds.size() > 2) {
            return Value.unknown();
        }
        long from = bounds.size() == 2 ? bounds.getFirst() : 0;
        long to = bounds.getLast();
        if (to - from > MOST_ITEMS || to < from) {
            return Value.unknown();
        }
        List<Value> numbers = new ArrayList<>();
        for (long i = from; i < to; i++) {
            numbers.add(new Numeral(i));
        }
        return new Listing(numbers);
    }

    /// A dictionary's entry; else what any `set` or `namespace` gave a field of that name.
    private Value attribute(Expr.Attribute attribute, int depth) {
        Value of = eval(attribute.of(), depth + 1);
        Value field = variables.get(attribute.name());
        if (field != null) {
            return field;
        }
        return of instanceof Dict dict
                ? Operations.entry(dict.entries(), new Text(attribute.name()))
                : Value.unknown();
    }

    private Value item(Expr.Item item, int depth) {
        Value of = eval(item.of(), depth + 1);
        if (item.key() instanceof Expr.Slice slice) {
            return each(of, value -> sliced(value, slice, depth));
        }
        return each(of, eval(item.key(), depth + 1), Evaluator::at);
    }

    private static Value at(Value of, Value key) {
        if (of instanceof Dict dict) {
            return Operations.entry(dict.entries(), key);
        }
        if (!(key instanceof Numeral index)) {
            return Value.unknown();
        }
        List<Value> items =
                of instanceof Listing listing ? listing.items() : Operations.letters(of).items();
        long place = index.value() < 0 ? index.value() + items.size() : index.value();
        return place >= 0 && place < items.size() ? items.get((int) place) : Value.unknown();
    }

    private Value sliced(Value of, Expr.Slice slice, int depth) {
        if (!(of instanceof Text) && !(of instanceof Listing)) {
            return Value.unknown();
        }
        List<Value> items =
                of instanceof Listing listing ? listing.items() : Operations.letters(of).items();
        int size = items.size();
        long step = bound(slice.step(), 1, depth);
        if (step == 0) {
            return Value.unknown();
        }
        long from = place(bound(slice.from(), step > 0 ? 0 : size - 1L, depth), size);
        long to =
                slice.to() instanceof Expr.Nothing
                        ? (step > 0 ? size : -1)
                        : place(bound(slice.to(), size, depth), size);
        List<Value> chosen = new ArrayList<>();
        for (long i = from; step > 0 ? i < Math.min(to, size) : i > to; i += step) {
            if (i >= 0 && i < size) {
                chosen.add(items.get((int) i));
            } else if (step < 0 && i < 0) {
                break;
            }
        }
        return of instanceof Text ? Operations.joined(chosen, "") : new Listing(chosen);
    }

    private long bound(Expr expr, long otherwise, int depth) {
        return eval(expr, depth + 1) instanceof Numeral numeral
                ? Math.clamp(numeral.value(), -MOST_ITEMS, MOST_ITEMS)
                : otherwise;
    }

    private static long place(long index, int size) {
        return index < 0 ? Math.max(0, index + size) : index;
    }
}
