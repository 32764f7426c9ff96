package dev.bartizan.artifacts.python;

import java.util.List;
import java.util.stream.Collectors;

/// What an expression is, as far as its source tells.
public sealed interface Value {
    /// Stands in a text for what is known only when the program runs.
    char HOLE = '\uFFFC';

    /// A text, holes in it where it is not known.
    record Text(String text) implements Value {}

    /// Longest text that is put together.
    int LONGEST_TEXT = 1 << 16;

    /// A list or tuple of values; what it holds of lists is their words as one text.
    record Items(List<Value> items) implements Value {
        public Items {
            items = items.stream().map(Items::flat).toList();
        }

        private static Value flat(Value value) {
            return value instanceof Items inner ? new Text(inner.joined()) : value;
        }
    }

    /// Nothing is known of it.
    static Value unknown() {
        return new Text(String.valueOf(HOLE));
    }

    /// The words as one text.
    default String joined() {
        return switch (this) {
            case Text text -> text.text();
            case Items items -> joined(items.items(), " ");
        };
    }

    /// Values as one text; a hole when that is too long.
    static String joined(List<Value> values, String between) {
        long length = values.stream().mapToLong(value -> value.joined().length() + 1L).sum();
        return length > LONGEST_TEXT
                ? String.valueOf(HOLE)
                : values.stream().map(Value::joined).collect(Collectors.joining(between));
    }

    /// Whether all of it is known.
    default boolean isKnown() {
        return joined().indexOf(HOLE) < 0;
    }
}
