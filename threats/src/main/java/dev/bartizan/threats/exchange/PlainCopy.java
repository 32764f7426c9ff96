package dev.bartizan.threats.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies plain values of another tool without empty ones, to a depth that a system file bears.
final class PlainCopy {
    private static final int MAX_DEPTH = 24;

    private PlainCopy() {}

    static Map<String, Object> of(Map<String, Object> map, Draft draft) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object kept = copy(value, 0, draft);
            if (kept != null) {
                copy.put(key, kept);
            }
        });
        return copy;
    }

    private static @Nullable Object copy(@Nullable Object value, int depth, Draft draft) {
        if (depth > MAX_DEPTH) {
            draft.lose("What is nested deeper than " + MAX_DEPTH + " levels was left out.");
            return null;
        }
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Object kept = copy(entry.getValue(), depth + 1, draft);
                    if (kept != null) {
                        copy.put(String.valueOf(entry.getKey()), kept);
                    }
                }
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                for (Object item : list) {
                    Object kept = copy(item, depth + 1, draft);
                    if (kept != null) {
                        copy.add(kept);
                    }
                }
                yield copy;
            }
            default -> value;
        };
    }
}
