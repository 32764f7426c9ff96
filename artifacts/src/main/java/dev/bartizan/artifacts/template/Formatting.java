package dev.bartizan.artifacts.template;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python's two ways to format text: `%` and `str.format` (Python library reference, "printf-style
/// String Formatting", "Format String Syntax"), as far as names are built with them.
final class Formatting {
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\(([^()]*+)\\))?[-+ #0]*+[0-9]*+(?:\\.[0-9]++)?+([a-zA-Z%])");
    private static final Pattern BRACES =
            Pattern.compile(
                    "\\{([^{}!:\\[.]*+)(?:\\[[^]{}]*+]|\\.\\w++)*+(?:![rsa])?(?::([^{}]*+))?}");
    private static final int LAST_CODE_POINT = 0x10ffff;

    private Formatting() {}

    /// Arguments of a call or the right side of `%`.
    ///
    /// @param positional in their order
    /// @param named with their names
    record Arguments(List<Value> positional, List<Value.Entry> named) {
        Optional<Value> get(String name) {
            return named.stream()
                    .filter(entry ->
                            entry.key() instanceof Value.Text key && key.value().equals(name))
                    .map(Value.Entry::value)
                    .findFirst();
        }
    }

    /// `pattern % values`; empty when a part is unknown.
    static Optional<String> percent(String pattern, Arguments values) {
        Matcher directive = PERCENT.matcher(pattern);
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (directive.find()) {
            if (directive.group(2).equals("%")) {
                directive.appendReplacement(out, "%");
                continue;
            }
            Optional<Value> value =
                    directive.group(1) != null
                            ? values.get(directive.group(1))
                            : at(values.positional(), next++);
            Optional<String> text = value.flatMap(v -> written(v, directive.group(2)));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            directive.appendReplacement(out, Matcher.quoteReplacement(text.get()));
        }
        return Optional.of(directive.appendTail(out).toString());
    }

    /// `pattern.format(values)`; empty when a part is unknown.
    static Optional<String> braces(String pattern, Arguments values) {
        Matcher field = BRACES.matcher(pattern.replace("{{", "\u0001").replace("}}", "\u0002"));
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (field.find()) {
            String name = field.group(1);
            Optional<Value> value =
                    name.isEmpty()
                            ? at(values.positional(), next++)
                            : name.matches("[0-9]{1,4}")
                                    ? at(values.positional(), Integer.parseInt(name))
                                    : values.get(name);
            String kind = field.group(2) == null ? "" : field.group(2);
            String type = kind.isEmpty() ? "s" : kind.substring(kind.length() - 1);
            Optional<String> text = value.flatMap(v -> written(v, type));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            field.appendReplacement(out, Matcher.quoteReplacement(text.get()));
        }
        return Optional.of(
                field.appendTail(out).toString().replace('\u0001', '{').replace('\u0002', '}'));
    }

    private static Optional<Value> at(List<Value> values, int index) {
        return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
    }

    private static Optional<String> written(Value value, String type) {
        if (value instanceof Value.Numeral numeral) {
            return Optional.of(
                    switch (type) {
                        case "c" -> character(numeral.value());
                        case "x" -> Long.toHexString(numeral.value());
                        case "o" -> Long.toOctalString(numeral.value());
                        default -> String.valueOf(numeral.value());
                    });
        }
        return value.rendered().texts().stream().findFirst();
    }

    /// The character of a number; empty when there is none.
    static String character(long number) {
        return number >= 0 && number <= LAST_CODE_POINT ? Character.toString((int) number) : "";
    }
}
