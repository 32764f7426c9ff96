package dev.bartizan.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a system file says under a key: text, numbers, truth values, lists and maps of them,
/// immutable all the way down. A key without a value counts as absent.
public record Attributes(Map<String, Object> values) {
    /// No attributes.
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = copyMap(values);
    }

    private static Map<String, Object> copyMap(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), copyValue(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyValue(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copyMap(map);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.stream().filter(Objects::nonNull).forEach(item -> copy.add(copyValue(item)));
                yield Collections.unmodifiableList(copy);
            }
            default -> value;
        };
    }

    /// Whether the key is there.
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// A scalar as text.
    public Optional<String> text(String key) {
        Object value = values.get(key);
        return value == null || value instanceof Map || value instanceof List
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    /// A number.
    public Optional<Number> number(String key) {
        return values.get(key) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    /// Whether the key is there and true.
    public boolean isTrue(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /// A list of texts; a single scalar counts as a list of one; empty when the key is not there.
    public List<String> texts(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(item -> !(item instanceof Map))
                    .map(String::valueOf)
                    .toList();
        }
        return text(key).map(List::of).orElse(List.of());
    }

    /// The map under a key; empty when there is none.
    public Attributes map(String key) {
        return values.get(key) instanceof Map<?, ?> map ? new Attributes(copyMap(map)) : NONE;
    }
}
