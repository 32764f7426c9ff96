package dev.bartizan.threats.exchange;

import dev.bartizan.core.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a foreign file that knows its path in it, such as `components[3].parent`.
final class Plain {
    private final String file;
    private final String path;
    private final @Nullable Object value;

    Plain(String file, String path, @Nullable Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    UserError refuse(String what) {
        String where = path.isEmpty() ? "the document" : path;
        return new UserError(
                "The file cannot be imported: " + where + " " + what,
                file + " (" + where + ")",
                "Mend the file in the tool that wrote it. Nothing was written.");
    }

    String path() {
        return path;
    }

    boolean isMap() {
        return value instanceof Map<?, ?>;
    }

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.get(key) != null;
    }

    /// The value under a key, perhaps nothing.
    Plain at(String key) {
        Object inner = value instanceof Map<?, ?> map ? map.get(key) : null;
        return new Plain(file, path.isEmpty() ? key : path + "." + key, inner);
    }

    /// The entries of a list; none when there is nothing.
    List<Plain> items() {
        if (value == null || "".equals(value)) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw refuse("is no list");
        }
        List<Plain> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new Plain(file, path + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    /// The entries of a map of maps, by key; none when there is nothing.
    Map<String, Plain> entries() {
        if (value == null || "".equals(value)) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("is no map");
        }
        Map<String, Plain> entries = new LinkedHashMap<>();
        map.forEach((key, inner) ->
                entries.put(
                        String.valueOf(key), new Plain(file, path + "[\"" + key + "\"]", inner)));
        return entries;
    }

    /// A scalar as text.
    Optional<String> text() {
        if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
            return Optional.empty();
        }
        return Optional.of(value.toString()).filter(text -> !text.isBlank());
    }

    Optional<String> text(String key) {
        return at(key).text();
    }

    String required(String key) {
        return text(key).orElseThrow(() -> at(key).refuse("is missing"));
    }

    Optional<Double> number(String key) {
        return at(key).value instanceof Number number
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }

    boolean isTrue(String key) {
        return at(key).value instanceof Boolean truth && truth;
    }

    List<String> texts(String key) {
        return at(key).items().stream().map(Plain::text).flatMap(Optional::stream).toList();
    }

    /// The map without the keys that were understood, to be carried along.
    Map<String, Object> besides(String... understood) {
        Map<String, Object> rest = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            List<String> known = List.of(understood);
            map.forEach((key, inner) -> {
                if (inner != null && !known.contains(String.valueOf(key))) {
                    rest.put(String.valueOf(key), inner);
                }
            });
        }
        return rest;
    }
}
