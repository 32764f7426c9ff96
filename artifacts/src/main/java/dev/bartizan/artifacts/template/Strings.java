package dev.bartizan.artifacts.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Works out strings that a template puts together, so that a name cannot hide in pieces.
final class Strings {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 60;

    private final Map<String, Expr> variables = new HashMap<>();

    void set(String name, Expr value) {
        variables.put(name, value);
    }

    Optional<String> fold(Expr expr) {
        return fold(expr, 0).filter(text -> text.length() <= LONGEST);
    }

    private Optional<String> fold(Expr expr, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return switch (expr) {
            case Expr.Text text -> Optional.of(text.value());
            case Expr.Numeral numeral -> Optional.of(numeral.written());
            case Expr.Name name ->
                    Optional.ofNullable(variables.get(name.name()))
                            .filter(value -> !value.equals(expr))
                            .flatMap(value -> fold(value, depth + 1));
            case Expr.Binary binary -> binary(binary, depth);
            case Expr.Filter filter -> filter(filter, depth);
            case Expr.Call call -> call(call, depth);
            case Expr.Attribute attribute ->
                    Optional.ofNullable(variables.get(attribute.name()))
                            .filter(value -> !value.equals(expr))
                            .flatMap(value -> fold(value, depth + 1));
            case Expr.Item item -> item(item, depth);
            case Expr.Parts parts ->
                    parts.parts().size() == 1
                            ? fold(parts.parts().getFirst(), depth + 1)
                            : Optional.empty();
        };
    }

    private Optional<String> binary(Expr.Binary binary, int depth) {
        if (binary.operator().equals("=")) {
            return fold(binary.right(), depth + 1);
        }
        if (binary.operator().equals("%")) {
            return fold(binary.left(), depth + 1)
                    .flatMap(pattern -> format(pattern, items(binary.right()), depth));
        }
        if (!binary.operator().equals("+") && !binary.operator().equals("~")) {
            return Optional.empty();
        }
        Optional<String> left = fold(binary.left(), depth + 1);
        Optional<String> right = fold(binary.right(), depth + 1);
        return left.flatMap(l -> right.map(r -> l + r)).filter(text -> text.length() <= LONGEST);
    }

    private List<Expr> items(Expr expr) {
        Expr value =
                expr instanceof Expr.Name name ? variables.getOrDefault(name.name(), expr) : expr;
        return value instanceof Expr.Parts parts ? parts.parts() : List.of(value);
    }

    private Optional<String> format(String pattern, List<Expr> values, int depth) {
        String result = pattern;
        for (Expr value : values) {
            Optional<String> text = fold(value, depth + 1);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            boolean isCharacter = result.matches("(?s)[^%{]*%c.*");
            String part = isCharacter ? character(text.get()) : text.get();
            result =
                    result.replaceFirst(
                            "%[a-z]|\\{[0-9]*(:c)?\\}",
                            java.util.regex.Matcher.quoteReplacement(part));
        }
        return Optional.of(result);
    }

    private static String character(String number) {
        return number.matches("[0-9]{1,6}") && Character.isValidCodePoint(Integer.parseInt(number))
                ? Character.toString(Integer.parseInt(number))
                : number;
    }

    private Optional<String> joined(List<Expr> parts, String separator, int depth) {
        List<String> texts = new ArrayList<>();
        for (Expr part : parts) {
            Optional<String> text = fold(part, depth + 1);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(String.join(separator, texts));
    }

    /// An element of a list that is written out.
    private Optional<String> item(Expr.Item item, int depth) {
        List<Expr> all = items(item.of());
        Optional<String> key = fold(item.key(), depth + 1).filter(k -> k.matches("[0-9]{1,4}"));
        return key.map(Integer::parseInt)
                .filter(index -> index < all.size() && item.of() instanceof Expr.Parts)
                .flatMap(index -> fold(all.get(index), depth + 1));
    }

    private Optional<String> filter(Expr.Filter filter, int depth) {
        if (filter.of() instanceof Expr.Parts parts && !parts.parts().isEmpty()) {
            if (filter.name().equals("first")) {
                return fold(parts.parts().getFirst(), depth + 1);
            }
            if (filter.name().equals("last")) {
                return fold(parts.parts().getLast(), depth + 1);
            }
        }
        if (filter.name().equals("join")) {
            String separator =
                    filter.arguments().isEmpty()
                            ? ""
                            : fold(filter.arguments().getFirst(), depth + 1).orElse("");
            return joined(items(filter.of()), separator, depth);
        }
        if (filter.name().equals("format")) {
            return fold(filter.of(), depth + 1).flatMap(p -> format(p, filter.arguments(), depth));
        }
        return fold(filter.of(), depth + 1)
                .flatMap(text -> apply(filter.name(), text, filter.arguments(), depth));
    }

    private Optional<String> call(Expr.Call call, int depth) {
        if (call.of() instanceof Expr.Name name
                && name.name().equals("chr")
                && call.arguments().size() == 1) {
            return fold(call.arguments().getFirst(), depth + 1).map(Strings::character);
        }
        if (!(call.of() instanceof Expr.Attribute method)) {
            return Optional.empty();
        }
        Optional<String> of = fold(method.of(), depth + 1);
        if (of.isEmpty()) {
            return Optional.empty();
        }
        return switch (method.name()) {
            case "join" ->
                    call.arguments().isEmpty()
                            ? Optional.empty()
                            : joined(items(call.arguments().getFirst()), of.get(), depth);
            case "format" -> format(of.get(), call.arguments(), depth);
            default -> apply(method.name(), of.get(), call.arguments(), depth);
        };
    }

    private Optional<String> apply(String name, String text, List<Expr> arguments, int depth) {
        return switch (name) {
            case "lower", "casefold" -> Optional.of(text.toLowerCase(Locale.ROOT));
            case "upper" -> Optional.of(text.toUpperCase(Locale.ROOT));
            case "trim", "strip", "string", "safe", "e", "escape" -> Optional.of(text.strip());
            case "reverse" -> Optional.of(new StringBuilder(text).reverse().toString());
            case "replace" ->
                    arguments.size() < 2
                            ? Optional.empty()
                            : fold(arguments.get(0), depth + 1)
                                    .filter(old -> !old.isEmpty())
                                    .flatMap(old ->
                                            fold(arguments.get(1), depth + 1)
                                                    .map(by -> text.replace(old, by)));
            default -> Optional.empty();
        };
    }
}
