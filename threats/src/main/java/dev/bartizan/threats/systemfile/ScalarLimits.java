package dev.bartizan.threats.systemfile;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Limits of a schema on numbers and texts; each answer is the rest of a sentence that begins with
/// the value.
final class ScalarLimits {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private ScalarLimits() {}

    static Optional<String> number(double value, JsonNode schema) {
        if (schema.has("minimum") && value < schema.get("minimum").asDouble()) {
            return Optional.of("must be at least " + schema.get("minimum").asString() + ".");
        }
        if (schema.has("maximum") && value > schema.get("maximum").asDouble()) {
            return Optional.of("must be at most " + schema.get("maximum").asString() + ".");
        }
        if (schema.has("exclusiveMinimum") && value <= schema.get("exclusiveMinimum").asDouble()) {
            return Optional.of("must be over " + schema.get("exclusiveMinimum").asString() + ".");
        }
        if (schema.has("exclusiveMaximum") && value >= schema.get("exclusiveMaximum").asDouble()) {
            return Optional.of("must be below " + schema.get("exclusiveMaximum").asString() + ".");
        }
        return Optional.empty();
    }

    static Optional<String> text(String value, JsonNode schema) {
        int length = value.codePointCount(0, value.length());
        if (length < schema.path("minLength").asInt(0)) {
            return Optional.of("is too short.");
        }
        if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return Optional.of("is too long: " + length + " characters.");
        }
        if (schema.has("pattern") && !finds(schema.get("pattern").asString(), value)) {
            return Optional.of(
                    schema.path("examples").isEmpty()
                            ? "has the wrong form. It must match "
                                    + schema.get("pattern").asString()
                                    + "."
                            : "has the wrong form. Write it like \""
                                    + schema.get("examples").get(0).asString()
                                    + "\".");
        }
        return Optional.empty();
    }

    static boolean finds(String pattern, String text) {
        return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }
}
