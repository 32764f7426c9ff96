package dev.bartizan.threats.yaml;

import dev.bartizan.core.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A YAML value with its place.
public sealed interface YamlNode {
    /// Where it begins.
    Place place();

    /// A scalar.
    ///
    /// @param value `String`, `Long`, `Double`, `Boolean`, or null for YAML's null
    /// @param text as written, without quotes
    record Scalar(Place place, @Nullable Object value, String text) implements YamlNode {
        /// Whether it is text rather than a number, truth value or null.
        public boolean isText() {
            return value instanceof String;
        }
    }

    /// A list.
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A map, in the file's order, its keys distinct.
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The value of a key.
        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value);
        }

        /// The entry of a key.
        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
        }
    }

    /// A key and its value.
    record Entry(Scalar key, YamlNode value) {
        /// The key as written.
        public String name() {
            return key.text();
        }
    }

    /// The plain Java value: `Map`, `List`, `String`, `Long`, `Double`, `Boolean`; null becomes the
    /// empty text.
    default Object plain() {
        return switch (this) {
            case Scalar scalar -> scalar.value() == null ? "" : scalar.value();
            case Sequence sequence -> {
                List<Object> list = new ArrayList<>();
                sequence.items().forEach(item -> list.add(item.plain()));
                yield list;
            }
            case Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> map.put(entry.name(), entry.value().plain()));
                yield map;
            }
        };
    }

    /// What it is, for messages.
    default String shape() {
        return switch (this) {
            case Sequence _ -> "a list";
            case Mapping _ -> "a map";
            case Scalar scalar ->
                    switch (scalar.value()) {
                        case null -> "nothing";
                        case Boolean _ -> "a truth value";
                        case Number _ -> "a number";
                        default -> "text";
                    };
        };
    }
}
