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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Methods of strings, lists and dictionaries and filters of Jinja (template designer
/// documentation, "List of Builtin Filters"), as far as a template can build names with them.
final class Operations {
    private static final int LONGEST = 1 << 12;
    private static final int MOST_ITEMS = 1_000;

    private Operations() {}

    /// A filter or method on a value that is no alternative.
    static Value apply(String name, Value of, Arguments arguments) {
        return switch (of) {
            case Text text -> onText(name, text.value(), arguments);
            case Numeral numeral -> onNumber(name, numeral);
            case Listing listing -> onList(name, listing.items(), arguments);
            case Dict dict -> onDict(name, dict.entries(), arguments);
            case Value.Opaque _, Value.OneOf _ -> onObject(name, of, arguments);
        };
    }

    private static Value onObject(String name, Value of, Arguments arguments) {
        return switch (name) {
            case "string", "trim", "safe", "escape", "e" -> of.rendered();
            case "default", "d" -> first(arguments);
            case "list" -> letters(of.rendered());
            default -> Value.unknown();
        };
    }

    private static Value onNumber(String name, Numeral numeral) {
        return switch (name) {
            case "string" -> numeral.rendered();
            case "int", "abs", "round", "float" -> numeral;
            default -> Value.unknown();
        };
    }

    private static Value onText(String name, String text, Arguments arguments) {
        return switch (name) {
            case "lower", "casefold" -> new Text(text.toLowerCase(Locale.ROOT));
            case "upper" -> new Text(text.toUpperCase(Locale.ROOT));
            case "capitalize", "title" -> new Text(capital(text));
            case "swapcase" -> new Text(swapped(text));
            case "string",
                    "safe",
                    "e",
                    "escape",
                    "forceescape",
                    "default",
                    "d",
                    "center",
                    "indent",
                    "wordwrap",
                    "urlencode",
                    "encode",
                    "decode",
                    "pprint" ->
                    new Text(text);
            case "striptags" -> new Text(Markup.stripped(text));
            case "unescape" -> new Text(Markup.plain(text));
            case "truncate" -> new Text(cut(text, arguments));
            case "ljust", "rjust", "zfill", "expandtabs" -> new Text(text);
            case "translate" ->
                    first(arguments) instanceof Dict dict
                            ? limited(translated(text, dict))
                            : Value.unknown();
            case "trim", "strip" -> new Text(stripped(text, letters(arguments), true, true));
            case "lstrip" -> new Text(stripped(text, letters(arguments), true, false));
            case "rstrip" -> new Text(stripped(text, letters(arguments), false, true));
            case "reverse" -> new Text(new StringBuilder(text).reverse().toString());
            case "length", "count" -> new Numeral(text.length());
            case "int" ->
                    text.matches("[0-9]{1,9}") ? new Numeral(Long.parseLong(text)) : new Numeral(0);
            case "list", "unique" -> letters(new Text(text));
            case "sort" -> new Listing(sorted(letters(new Text(text)).items()));
            case "first" -> text.isEmpty() ? Value.unknown() : new Text(text.substring(0, 1));
            case "last" ->
                    text.isEmpty() ? Value.unknown() : new Text(text.substring(text.length() - 1));
            case "replace" -> replaced(text, arguments);
            case "removeprefix", "removesuffix" -> removed(name, text, arguments);
            case "split", "rsplit", "partition", "rpartition" -> split(text, arguments);
            case "splitlines" ->
                    new Listing(text.lines().map(line -> (Value) new Text(line)).toList());
            case "join" -> join(arguments.positional(), text);
            case "format" -> text(Formatting.braces(text, arguments));
            case "format_map" ->
                    first(arguments) instanceof Dict dict
                            ? text(
                                    Formatting.braces(
                                            text, new Arguments(List.of(), dict.entries())))
                            : Value.unknown();
            default -> Value.unknown();
        };
    }

    private static Value onList(String name, List<Value> items, Arguments arguments) {
        return switch (name) {
            case "join" ->
                    joined(
                            items,
                            arguments.positional().isEmpty()
                                    ? ""
                                    : first(arguments).texts().stream().findFirst().orElse(""));
            case "sum" -> joined(items, "");
            case "first" -> items.isEmpty() ? Value.unknown() : items.getFirst();
            case "last" -> items.isEmpty() ? Value.unknown() : items.getLast();
            case "pop" -> item(items, arguments);
            case "random", "min", "max" ->
                    items.stream().reduce(Value::either).orElse(Value.unknown());
            case "list", "unique", "copy", "tuple", "tojson" -> new Listing(items);
            case "reverse" -> new Listing(reversed(items));
            case "sort" -> new Listing(sorted(items));
            case "length", "count" -> new Numeral(items.size());
            case "map" -> mapped(items, arguments);
            case "batch", "slice" -> new Listing(List.of(new Listing(items)));
            case "select", "reject", "selectattr", "rejectattr" ->
                    items.isEmpty()
                            ? new Value.Opaque(
                                    "<generator object select_or_reject at 0x7f0000000000>")
                            : new Listing(items);
            default -> Value.unknown();
        };
    }

    private static Value onDict(String name, List<Entry> entries, Arguments arguments) {
        return switch (name) {
            case "keys", "list" -> new Listing(entries.stream().map(Entry::key).toList());
            case "values" -> new Listing(entries.stream().map(Entry::value).toList());
            case "items", "dictsort" ->
                    new Listing(
                            entries.stream()
                                    .map(e -> (Value) new Listing(List.of(e.key(), e.value())))
                                    .toList());
            case "join" -> onList(name, entries.stream().map(Entry::key).toList(), arguments);
            case "first" -> entries.isEmpty() ? Value.unknown() : entries.getFirst().key();
            case "last" -> entries.isEmpty() ? Value.unknown() : entries.getLast().key();
            case "get", "pop" -> entry(entries, first(arguments));
            case "length", "count" -> new Numeral(entries.size());
            case "copy" -> new Dict(entries);
            default -> Value.unknown();
        };
    }

    static Value entry(List<Entry> entries, Value key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst()
                .orElse(Value.unknown());
    }

    private static Value mapped(List<Value> items, Arguments arguments) {
        if (!(first(arguments) instanceof Text filter)) {
            return arguments.get("attribute").isPresent() ? Value.unknown() : new Listing(items);
        }
        Arguments rest =
                new Arguments(
                        arguments.positional().subList(1, arguments.positional().size()),
                        arguments.named());
        return new Listing(items.stream().map(item -> apply(filter.value(), item, rest)).toList());
    }

    private static Value item(List<Value> items, Arguments arguments) {
        int index = first(arguments) instanceof Numeral n ? (int) n.value() : items.size() - 1;
        return index >= 0 && index < items.size() ? items.get(index) : Value.unknown();
    }

    private static Value join(List<Value> arguments, String separator) {
        if (arguments.isEmpty()) {
            return Value.unknown();
        }
        return switch (arguments.getFirst()) {
            case Listing listing -> joined(listing.items(), separator);
            case Dict dict -> joined(dict.entries().stream().map(Entry::key).toList(), separator);
            case Text text -> joined(letters(text).items(), separator);
            case Numeral _, Value.Opaque _, Value.OneOf _ -> Value.unknown();
        };
    }

    /// Alternatives among the items: the first of each.
    static Value joined(List<Value> items, String separator) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            List<String> text = items.get(i).rendered().texts();
            if (text.isEmpty() || all.length() > LONGEST) {
                return Value.unknown();
            }
            all.append(i == 0 ? "" : separator).append(text.getFirst());
        }
        return limited(all.toString());
    }

    static Value limited(String text) {
        return text.length() <= LONGEST ? new Text(text) : Value.unknown();
    }

    private static Value text(Optional<String> text) {
        return text.map(Operations::limited).orElse(Value.unknown());
    }

    static Listing letters(Value value) {
        return new Listing(
                value.texts().stream().findFirst().stream()
                        .flatMap(text -> text.codePoints().limit(MOST_ITEMS).boxed())
                        .map(c -> (Value) new Text(Character.toString(c)))
                        .toList());
    }

    private static String letters(Arguments arguments) {
        return first(arguments).texts().stream().findFirst().orElse(" \t\r\n");
    }

    private static Value first(Arguments arguments) {
        return arguments.positional().isEmpty()
                ? Value.unknown()
                : arguments.positional().getFirst();
    }

    private static List<Value> reversed(List<Value> items) {
        List<Value> copy = new ArrayList<>(items);
        Collections.reverse(copy);
        return copy;
    }

    private static List<Value> sorted(List<Value> items) {
        return items.stream()
                .sorted(
                        java.util.Comparator.comparing(
                                item -> item.rendered().texts().stream().findFirst().orElse("")))
                .toList();
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String swapped(String text) {
        return text.codePoints()
                .map(c ->
                        Character.isUpperCase(c)
                                ? Character.toLowerCase(c)
                                : Character.toUpperCase(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String stripped(String text, String letters, boolean atStart, boolean atEnd) {
        int from = 0;
        int to = text.length();
        while (atStart && from < to && letters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (atEnd && to > from && letters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /// `truncate(length, killwords, end, leeway)`.
    private static String cut(String text, Arguments arguments) {
        int length =
                first(arguments) instanceof Numeral n ? Math.clamp(n.value(), 0, LONGEST) : 255;
        Value end =
                arguments.positional().size() > 2
                        ? arguments.positional().get(2)
                        : arguments.get("end").orElse(new Text("..."));
        String mark = end.texts().stream().findFirst().orElse("");
        int kept = Math.max(0, length - mark.length());
        return text.length() <= length ? text : text.substring(0, kept) + mark;
    }

    /// `str.translate` with a dictionary of numbers or letters.
    private static String translated(String text, Dict dict) {
        Map<Value, Value> by = new HashMap<>();
        dict.entries().forEach(entry -> by.putIfAbsent(entry.key(), entry.value()));
        return text.codePoints()
                .mapToObj(c -> {
                    Value other =
                            by.getOrDefault(
                                    new Numeral(c),
                                    by.getOrDefault(
                                            new Text(Character.toString(c)), Value.unknown()));
                    return switch (other) {
                        case Text to -> to.value();
                        case Numeral to -> Formatting.character(to.value());
                        default -> Character.toString(c);
                    };
                })
                .collect(Collectors.joining());
    }

    private static Value replaced(String text, Arguments arguments) {
        List<Value> given = arguments.positional();
        if (given.size() < 2
                || !(given.get(0) instanceof Text(String old))
                || old.isEmpty()
                || !(given.get(1) instanceof Text(String by))) {
            return Value.unknown();
        }
        StringBuilder all = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
            all.append(text, from, at).append(by);
            from = at + old.length();
            if (all.length() > LONGEST) {
                return Value.unknown();
            }
        }
        return limited(all.append(text, from, text.length()).toString());
    }

    private static Value removed(String name, String text, Arguments arguments) {
        String part = first(arguments).texts().stream().findFirst().orElse("");
        boolean isPrefix = name.equals("removeprefix");
        if (isPrefix ? text.startsWith(part) : text.endsWith(part)) {
            return new Text(
                    isPrefix
                            ? text.substring(part.length())
                            : text.substring(0, text.length() - part.length()));
        }
        return new Text(text);
    }

    private static Value split(String text, Arguments arguments) {
        String separator = first(arguments).texts().stream().findFirst().orElse(" ");
        return separator.isEmpty()
                ? Value.unknown()
                : new Listing(
                        List.of(text.split(java.util.regex.Pattern.quote(separator), MOST_ITEMS))
                                .stream()
                                .map(part -> (Value) new Text(part))
                                .toList());
    }
}
