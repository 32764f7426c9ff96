package dev.bartizan.guard.policy;

import com.google.re2j.PatternSyntaxException;
import dev.bartizan.core.JsonNumbers;
import dev.bartizan.guard.regex.Expression;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A JSON Schema for arguments, in the keywords that policies need (JSON Schema 2020-12,
/// Validation): `type`, `enum`, `const`, `required`, `properties`, `additionalProperties` (true or
/// false), `items`, `pattern` (RE2 syntax), `minLength`, `maxLength`, `minimum`, `maximum`,
/// `minItems`, `maxItems`. A schema with another keyword is refused, so that none is silently left
/// out.
public final class ArgumentSchema {
    private static final int MAX_DEPTH = 16;
    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object", "null");

    /// What may stand behind each keyword.
    private static final Map<String, Form> KEYWORDS =
            Map.ofEntries(
                    Map.entry(
                            "type", new Form("a type or a list of types", ArgumentSchema::isType)),
                    Map.entry("enum", new Form("a list", JsonNode::isArray)),
                    Map.entry("const", new Form("a value", _ -> true)),
                    Map.entry("required", new Form("a list of names", ArgumentSchema::areNames)),
                    Map.entry("properties", new Form("a map", JsonNode::isObject)),
                    Map.entry(
                            "additionalProperties", new Form("true or false", JsonNode::isBoolean)),
                    Map.entry("items", new Form("a schema", JsonNode::isObject)),
                    Map.entry("pattern", new Form("a text", JsonNode::isString)),
                    Map.entry("minLength", new Form("a number", JsonNode::isNumber)),
                    Map.entry("maxLength", new Form("a number", JsonNode::isNumber)),
                    Map.entry("minimum", new Form("a number", JsonNode::isNumber)),
                    Map.entry("maximum", new Form("a number", JsonNode::isNumber)),
                    Map.entry("minItems", new Form("a number", JsonNode::isNumber)),
                    Map.entry("maxItems", new Form("a number", JsonNode::isNumber)),
                    Map.entry("description", new Form("a text", JsonNode::isString)),
                    Map.entry("title", new Form("a text", JsonNode::isString)));

    /// What a keyword takes.
    ///
    /// @param words for people
    /// @param fits whether a value is of that form
    private record Form(String words, Predicate<JsonNode> fits) {}

    private final JsonNode schema;

    private ArgumentSchema(JsonNode schema) {
        this.schema = schema;
    }

    /// Checks and takes a schema.
    ///
    /// @throws IllegalArgumentException when it has a keyword that is not understood, or one with a
    ///   value that it does not take
    public static ArgumentSchema of(JsonNode schema) {
        check(schema, 0);
        return new ArgumentSchema(schema);
    }

    private static void check(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a schema is a map, nested at most 16 deep");
        }
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            Form form = KEYWORDS.get(entry.getKey());
            if (form == null) {
                throw new IllegalArgumentException(
                        "the schema keyword \"" + entry.getKey() + "\" is not understood");
            }
            if (!form.fits().test(entry.getValue())) {
                throw new IllegalArgumentException(
                        "the schema keyword \"" + entry.getKey() + "\" takes " + form.words());
            }
        }
        if (schema.has("pattern")) {
            compiled(schema.path("pattern").asString(""));
        }
        schema.path("properties").forEach(child -> check(child, depth + 1));
        if (schema.has("items")) {
            check(schema.path("items"), depth + 1);
        }
    }

    private static boolean isType(JsonNode types) {
        if (types.isArray()) {
            return types.valueStream().allMatch(type -> TYPES.contains(type.asString("")));
        }
        return TYPES.contains(types.asString(""));
    }

    private static boolean areNames(JsonNode names) {
        return names.isArray() && names.valueStream().allMatch(JsonNode::isString);
    }

    private static void compiled(String pattern) {
        try {
            Expression.of(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the schema has a `pattern` that is not RE2: " + e.getMessage(), e);
        }
    }

    /// What is wrong with the arguments; empty when nothing is.
    public Optional<String> problem(JsonNode arguments) {
        return problem(schema, arguments, "arguments");
    }

    /// What is wrong with a value that is called so; empty when nothing is.
    Optional<String> problem(JsonNode value, String name) {
        return problem(schema, value, name);
    }

    private static Optional<String> problem(JsonNode schema, JsonNode value, String at) {
        if (schema.has("type") && !hasType(schema.path("type"), value)) {
            return Optional.of("`" + at + "` is not of the type " + schema.path("type"));
        }
        if (schema.has("const") && !isSame(schema.path("const"), value)) {
            return Optional.of("`" + at + "` is not the one allowed value");
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            return Optional.of("`" + at + "` is none of the allowed values");
        }
        return value.isString() || value.isNumber()
                ? limits(schema, value, at)
                : parts(schema, value, at);
    }

    private static boolean hasType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (hasType(type, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asString("")) {
            case "string" -> value.isString();
            case "integer" -> isWhole(value);
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || (value.isNumber() && JsonNumbers.nearest(value) % 1 == 0);
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (isSame(one, value)) {
                return true;
            }
        }
        return false;
    }

    /// Equal; numbers by value, so that 5 is 5.0.
    private static boolean isSame(JsonNode one, JsonNode other) {
        return (one.isNumber() && JsonNumbers.nearest(one) == JsonNumbers.nearest(other))
                || one.equals(other);
    }

    private static Optional<String> limits(JsonNode schema, JsonNode value, String at) {
        String text = value.asString("");
        double size =
                value.isNumber()
                        ? JsonNumbers.nearest(value)
                        : text.codePointCount(0, text.length());
        String low = value.isNumber() ? "minimum" : "minLength";
        String high = value.isNumber() ? "maximum" : "maxLength";
        if (schema.has(low) && size < JsonNumbers.nearest(schema.path(low))) {
            return Optional.of("`" + at + "` is under " + low + " " + schema.path(low));
        }
        if (schema.has(high) && size > JsonNumbers.nearest(schema.path(high))) {
            return Optional.of("`" + at + "` is over " + high + " " + schema.path(high));
        }
        boolean misses =
                schema.has("pattern")
                        && value.isString()
                        && !Expression.of(schema.path("pattern").asString("")).isIn(text);
        return misses
                ? Optional.of("`" + at + "` does not match " + schema.path("pattern"))
                : Optional.empty();
    }

    private static Optional<String> parts(JsonNode schema, JsonNode value, String at) {
        for (JsonNode required : schema.path("required")) {
            if (value.isObject() && !value.has(required.asString(""))) {
                return Optional.of("`" + at + "` lacks `" + required.asString("") + "`");
            }
        }
        boolean isClosed =
                schema.path("additionalProperties").isBoolean()
                        && !schema.path("additionalProperties").asBoolean();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode inner = schema.path("properties").path(entry.getKey());
            if (inner.isMissingNode() && isClosed) {
                return Optional.of("`" + at + "` may not have `" + entry.getKey() + "`");
            }
            Optional<String> wrong =
                    inner.isMissingNode()
                            ? Optional.empty()
                            : problem(inner, entry.getValue(), at + "." + entry.getKey());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return value.isArray() ? items(schema, value, at) : Optional.empty();
    }

    private static Optional<String> items(JsonNode schema, JsonNode value, String at) {
        if (value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            return Optional.of("`" + at + "` has " + value.size() + " entries");
        }
        int index = 0;
        for (JsonNode item : value) {
            Optional<String> wrong =
                    schema.has("items")
                            ? problem(schema.path("items"), item, at + "[" + index++ + "]")
                            : Optional.empty();
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }
}
