package dev.bartizan.threats.systemfile;

import dev.bartizan.core.ElementKind;
import dev.bartizan.core.SchemaFragment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema (draft 2020-12) of the system file, put together from the base and the fragments
/// that modules contribute. A fragment for a key of the base replaces it: the module that reads a
/// key knows it best.
///
/// Beyond the standard, `x-element`, `x-zone` and `x-principal` mark texts that name something of
/// the same file.
public final class SystemSchema {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "$schema",
                    "$id",
                    "$ref",
                    "$defs",
                    "$comment",
                    "title",
                    "description",
                    "examples",
                    "default",
                    "deprecated",
                    "format",
                    "type",
                    "enum",
                    "const",
                    "properties",
                    "patternProperties",
                    "additionalProperties",
                    "propertyNames",
                    "required",
                    "minProperties",
                    "maxProperties",
                    "items",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "anyOf",
                    "oneOf",
                    "allOf",
                    "x-element",
                    "x-zone",
                    "x-principal");

    private final ObjectNode root;

    private SystemSchema(ObjectNode root) {
        this.root = root;
    }

    /// The schema with these fragments, whatever order they come in.
    ///
    /// @throws IllegalArgumentException when two fragments disagree about a key, or one is not a
    ///   JSON Schema of the keywords that the reader understands; a bug of the module
    public static SystemSchema of(List<SchemaFragment> fragments) {
        ObjectNode root = base();
        ArrayNode kinds = (ArrayNode) root.at("/$defs/element/properties/kind/enum");
        kindWords().forEach(kinds::add);
        Set<String> added = new TreeSet<>();
        fragments.stream()
                .sorted(
                        Comparator.comparing(SchemaFragment::place)
                                .thenComparing(SchemaFragment::key)
                                .thenComparing(SchemaFragment::schema))
                .forEach(fragment -> add(root, fragment, added));
        return new SystemSchema(root);
    }

    /// Every name an element's kind may have, aliases too.
    static List<String> kindWords() {
        return Arrays.stream(ElementKind.values())
                .flatMap(kind ->
                        java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(kind.word()), kind.aliases().stream()))
                .sorted()
                .toList();
    }

    private static ObjectNode base() {
        try (InputStream in = SystemSchema.class.getResourceAsStream("system.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("system.schema.json is missing from the jar");
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode root, SchemaFragment fragment, Set<String> added) {
        JsonNode schema = parse(fragment);
        String path =
                switch (fragment.place()) {
                    case ELEMENT -> "/$defs/element/properties";
                    case CONTROL -> "/$defs/control/properties";
                    case CHECK -> "/properties/checks/properties";
                };
        ObjectNode properties = (ObjectNode) root.at(path);
        boolean isNew = added.add(path + "/" + fragment.key());
        if (!isNew && !schema.equals(properties.get(fragment.key()))) {
            throw new IllegalArgumentException(
                    "Two modules describe \"" + fragment.key() + "\" differently");
        }
        properties.set(fragment.key(), schema);
    }

    private static JsonNode parse(SchemaFragment fragment) {
        try {
            JsonNode schema = JSON.readTree(fragment.schema());
            requireUnderstood(schema, fragment.key());
            return schema;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The schema of \"" + fragment.key() + "\" is not JSON", e);
        }
    }

    private static void requireUnderstood(JsonNode schema, String where) {
        if (schema.isBoolean()) {
            return;
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException("A schema is an object: " + where);
        }
        schema.properties()
                .forEach(keyword -> {
                    if (!UNDERSTOOD.contains(keyword.getKey())) {
                        throw new IllegalArgumentException(
                                "The reader does not know the schema keyword \""
                                        + keyword.getKey()
                                        + "\" at "
                                        + where);
                    }
                    requireUnderstoodBelow(keyword.getKey(), keyword.getValue(), where);
                });
    }

    private static void requireUnderstoodBelow(String keyword, JsonNode value, String where) {
        switch (keyword) {
            case "properties", "patternProperties", "$defs" ->
                    value.properties()
                            .forEach(entry ->
                                    requireUnderstood(
                                            entry.getValue(), where + "/" + entry.getKey()));
            case "additionalProperties", "propertyNames", "items" ->
                    requireUnderstood(value, where + "/" + keyword);
            case "enum", "const" -> requireScalars(value, where);
            case "anyOf", "oneOf", "allOf" ->
                    value.forEach(branch -> requireUnderstood(branch, where + "/" + keyword));
            default -> {}
        }
    }

    private static void requireScalars(JsonNode value, String where) {
        boolean isPlain =
                value.isArray()
                        ? value.valueStream().allMatch(JsonNode::isValueNode)
                        : value.isValueNode();
        if (!isPlain) {
            throw new IllegalArgumentException("A choice among maps or lists at " + where);
        }
    }

    /// The schema as JSON text, indented, the same for the same fragments.
    public String text() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// The schema as a tree; not to be changed.
    JsonNode root() {
        return root;
    }
}
