package dev.bartizan.artifacts.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is known of a value without rendering the template.
sealed interface Value {
    /// Most alternatives kept of one value.
    int MOST_CHOICES = 8;

    /// A string.
    record Text(String value) implements Value {}

    /// A whole number; truths are 0 and 1.
    record Numeral(long value) implements Value {}

    /// A list or tuple.
    record Listing(List<Value> items) implements Value {}

    /// A dictionary.
    record Dict(List<Entry> entries) implements Value {}

    /// One of several values, by a condition that nobody knows.
    record OneOf(List<Value> values) implements Value {}

    /// An object of Jinja or Python of which only its rendering as text is known; empty when not
    /// even that.
    record Opaque(String shown) implements Value {
        private static final Opaque UNKNOWN = new Opaque("");
    }

    /// Of which nothing is known.
    static Value unknown() {
        return Opaque.UNKNOWN;
    }

    /// One entry of a dictionary.
    record Entry(Value key, Value value) {}

    /// The alternatives.
    default List<Value> alternatives() {
        return this instanceof OneOf one ? one.values() : List.of(this);
    }

    /// The strings it may be.
    default List<String> texts() {
        return alternatives().stream()
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).value())
                .toList();
    }

    /// One of two.
    static Value either(Value first, Value second) {
        List<Value> all = new ArrayList<>(first.alternatives());
        for (Value value : second.alternatives()) {
            if (all.size() < MOST_CHOICES && !all.contains(value)) {
                all.add(value);
            }
        }
        return all.size() == 1 ? all.getFirst() : new OneOf(List.copyOf(all));
    }

    /// How it is written when it is rendered; unknown when that is.
    default Value rendered() {
        return switch (this) {
            case Text text -> text;
            case Numeral numeral -> new Text(String.valueOf(numeral.value()));
            case Opaque opaque -> opaque.shown().isEmpty() ? unknown() : new Text(opaque.shown());
            case OneOf one ->
                    one.values().stream()
                            .map(Value::rendered)
                            .reduce(Value::either)
                            .orElse(unknown());
            case Listing _, Dict _ -> unknown();
        };
    }

    /// What Jinja's own functions and Python's constants look like as text; letters for names are
    /// taken from there.
    static Value global(String name) {
        return switch (name) {
            case "lipsum" -> new Opaque("<function generate_lorem_ipsum at 0x7f0000000000>");
            case "cycler", "joiner", "namespace" ->
                    new Opaque(
                            "<class 'jinja2.utils."
                                    + name.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + name.substring(1)
                                    + "'>");
            case "dict", "range" -> new Opaque("<class '" + name + "'>");
            case "self" -> new Opaque("<TemplateReference None>");
            case "none", "None" -> new Opaque("None");
            case "true", "True" -> new Opaque("True");
            case "false", "False" -> new Opaque("False");
            default -> unknown();
        };
    }
}
