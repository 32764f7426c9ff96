package dev.bartizan.threats.systemfile;

import dev.bartizan.core.Nearest;
import dev.bartizan.core.Place;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Entry;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Scalar;
import dev.bartizan.threats.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Holds YAML values against a JSON Schema, so that every error has its place. Understands the
/// keywords that {@link SystemSchema} lets through; a test holds its verdicts against an
/// independent validator.
final class SchemaWalk {
    /// A text that names something of the same file.
    ///
    /// @param to `x-element`, `x-zone` or `x-principal`
    record Reference(String to, Scalar word, String key) {}

    private static final String ENTRY = "[]";
    private static final Set<String> SPEAKING_KEYS = Set.of("kind", "environment");
    private static final List<String> REFERENCES = List.of("x-element", "x-zone", "x-principal");

    private final JsonNode root;
    private final Problems problems = new Problems();
    private final List<Reference> references = new ArrayList<>();

    private SchemaWalk(JsonNode root) {
        this.root = root;
    }

    /// Holds the document against the schema.
    static SchemaWalk of(SystemSchema schema, YamlNode document) {
        SchemaWalk walk = new SchemaWalk(schema.root());
        walk.check(document, schema.root(), "");
        return walk;
    }

    Problems problems() {
        return problems;
    }

    List<Reference> references() {
        return references;
    }

    private void check(YamlNode node, JsonNode schema, String key) {
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                problems.add(node.place(), key, "\"" + key + "\" is not allowed here.", "");
            }
            return;
        }
        if (schema.has("$ref")) {
            check(node, resolve(schema.get("$ref").asString()), key);
        }
        if (schema.has("type") && !hasType(node, schema.get("type"))) {
            reportShape(node, words(schema.get("type")), key);
            return;
        }
        boolean isChoice = schema.has("enum") || schema.has("const");
        if (isChoice && !(node instanceof Scalar)) {
            reportShape(node, List.of("string"), key);
            return;
        }
        switch (node) {
            case Scalar scalar -> checkScalar(scalar, schema, key);
            case Sequence sequence -> checkSequence(sequence, schema, key);
            case Mapping mapping -> checkMapping(mapping, schema, key);
        }
        schema.path("allOf").forEach(branch -> check(node, branch, key));
        if (schema.has("anyOf")) {
            checkAlternatives(node, schema.get("anyOf"), key, false);
        }
        if (schema.has("oneOf")) {
            checkAlternatives(node, schema.get("oneOf"), key, true);
        }
    }

    private JsonNode resolve(String reference) {
        JsonNode target = root.at(reference.substring(1));
        if (target.isMissingNode()) {
            throw new IllegalStateException("The schema has no " + reference);
        }
        return target;
    }

    private void reportShape(YamlNode node, Collection<String> types, String key) {
        String wanted =
                String.join(" or ", types.stream().map(SchemaWalk::shapeOf).distinct().toList());
        boolean isQuotable =
                types.contains("string")
                        && node instanceof Scalar scalar
                        && (scalar.value() instanceof Number
                                || (types.size() == 1 && scalar.value() != null));
        String mend = "";
        if (isQuotable && node instanceof Scalar scalar) {
            mend = "Put quotes around it: \"" + clip(scalar.text()) + "\".";
        } else if (node instanceof Scalar scalar && scalar.value() == null) {
            mend = "Give it a value, or remove the key.";
        }
        problems.add(
                node.place(),
                key,
                name(key) + " must be " + wanted + ", not " + node.shape() + ".",
                mend);
    }

    private static String shapeOf(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a map";
            default -> "nothing";
        };
    }

    private static boolean hasType(YamlNode node, JsonNode types) {
        return words(types).stream().anyMatch(type -> isOfType(node, type));
    }

    private static boolean isOfType(YamlNode node, String type) {
        return switch (node) {
            case Sequence _ -> type.equals("array");
            case Mapping _ -> type.equals("object");
            case Scalar scalar ->
                    switch (scalar.value()) {
                        case null -> type.equals("null");
                        case Boolean _ -> type.equals("boolean");
                        case Long _ -> type.equals("integer") || type.equals("number");
                        case Double number ->
                                type.equals("number")
                                        || (type.equals("integer") && number % 1 == 0);
                        default -> type.equals("string");
                    };
        };
    }

    private void checkScalar(Scalar scalar, JsonNode schema, String key) {
        if (schema.has("enum") && !isAmong(scalar, schema.get("enum"))) {
            reportChoice(scalar, words(schema.get("enum")), key);
        }
        if (schema.has("const") && !matches(scalar, schema.get("const"))) {
            reportChoice(scalar, List.of(schema.get("const").asString()), key);
        }
        if (scalar.value() instanceof Number number) {
            ScalarLimits.number(number.doubleValue(), schema)
                    .ifPresent(why -> report(scalar.place(), key, name(key) + " " + why));
        }
        if (scalar.value() instanceof String text) {
            ScalarLimits.text(text, schema)
                    .ifPresent(why ->
                            report(scalar.place(), key, "\"" + clip(bared(text)) + "\" " + why));
            REFERENCES.stream()
                    .filter(schema::has)
                    .forEach(to -> references.add(new Reference(to, scalar, bare(key))));
        }
    }

    /// An address without what may be secret in it: the log-in and the query.
    private static String bared(String text) {
        return text.replaceAll("(://)[^/?#]*@", "$1…@")
                .replaceAll("(://(?:(?!://)[^?])*+)\\?.*", "$1?…");
    }

    private void report(Place place, String key, String message) {
        problems.add(place, key, message, "");
    }

    private void reportChoice(Scalar scalar, Collection<String> choices, String key) {
        String bad = "\"" + clip(scalar.text()) + "\"";
        String nearest = Nearest.sentence(scalar.text(), choices);
        problems.add(
                scalar.place(),
                scalar.text(),
                SPEAKING_KEYS.contains(bare(key))
                        ? "Unknown " + bare(key) + " " + bad + "."
                        : "Unknown value " + bad + " for \"" + clip(bare(key)) + "\".",
                nearest.isEmpty()
                        ? "\"bartizan threats schema\" lists the " + choices.size() + " choices."
                        : nearest);
    }

    private void checkSequence(Sequence sequence, JsonNode schema, String key) {
        int size = sequence.items().size();
        if (size < schema.path("minItems").asInt(0)) {
            report(sequence.place(), key, name(key) + " has too few entries: " + size + ".");
        }
        if (size > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            report(sequence.place(), key, name(key) + " has too many entries: " + size + ".");
        }
        if (schema.path("uniqueItems").asBoolean(false)) {
            Set<Object> seen = new LinkedHashSet<>();
            sequence.items().stream()
                    .filter(item -> !seen.add(item.plain()))
                    .forEach(item -> report(item.place(), key, name(key) + " has an entry twice."));
        }
        if (schema.has("items")) {
            sequence.items().forEach(item -> check(item, schema.get("items"), key + ENTRY));
        }
    }

    private void checkMapping(Mapping mapping, JsonNode schema, String key) {
        for (JsonNode required : schema.path("required")) {
            if (mapping.get(required.asString()).isEmpty()) {
                report(
                        mapping.place(),
                        required.asString(),
                        (key.isEmpty() ? "The file" : name(key))
                                + " needs the key \""
                                + required.asString()
                                + "\".");
            }
        }
        int size = mapping.entries().size();
        if (size < schema.path("minProperties").asInt(0)) {
            report(mapping.place(), key, name(key) + " is empty.");
        }
        if (size > schema.path("maxProperties").asInt(Integer.MAX_VALUE)) {
            report(mapping.place(), key, name(key) + " has too many keys: " + size + ".");
        }
        mapping.entries().forEach(entry -> checkEntry(entry, schema, key));
    }

    private void checkEntry(Entry entry, JsonNode schema, String key) {
        if (schema.has("propertyNames")) {
            JsonNode names = schema.get("propertyNames");
            ScalarLimits.text(entry.name(), names)
                    .ifPresent(why ->
                            report(
                                    entry.key().place(),
                                    entry.name(),
                                    "\"" + clip(entry.name()) + "\" " + why));
        }
        boolean isKnown = false;
        JsonNode property = schema.path("properties").path(entry.name());
        if (!property.isMissingNode()) {
            isKnown = true;
            check(entry.value(), property, entry.name());
        }
        for (var pattern : schema.path("patternProperties").properties()) {
            if (ScalarLimits.finds(pattern.getKey(), entry.name())) {
                isKnown = true;
                check(entry.value(), pattern.getValue(), entry.name());
            }
        }
        if (isKnown || !schema.has("additionalProperties")) {
            return;
        }
        JsonNode others = schema.get("additionalProperties");
        if (others.isBoolean() && !others.asBoolean()) {
            reportUnknownKey(entry, Words.keys(schema), key);
        } else {
            check(entry.value(), others, entry.name());
        }
    }

    private void reportUnknownKey(Entry entry, Collection<String> known, String key) {
        String where = key.isEmpty() ? "" : " in \"" + clip(bare(key)) + "\"";
        problems.add(
                entry.key().place(),
                entry.name(),
                "Unknown key \"" + clip(entry.name()) + "\"" + where + ".",
                Nearest.sentence(entry.name(), known));
    }

    private void checkAlternatives(YamlNode node, JsonNode branches, String key, boolean isOne) {
        List<SchemaWalk> tried = new ArrayList<>();
        for (JsonNode branch : branches) {
            SchemaWalk walk = new SchemaWalk(root);
            walk.check(node, branch, key);
            tried.add(walk);
        }
        List<SchemaWalk> good = tried.stream().filter(walk -> walk.problems.isEmpty()).toList();
        if (!good.isEmpty() && !(isOne && good.size() > 1)) {
            references.addAll(good.get(0).references);
            return;
        }
        if (good.size() > 1) {
            report(node.place(), key, name(key) + " fits more than one form.");
            return;
        }
        reportNoAlternative(node, branches, tried, key);
    }

    private void reportNoAlternative(
            YamlNode node, JsonNode branches, List<SchemaWalk> tried, String key) {
        List<Integer> fitting = new ArrayList<>();
        Set<String> types = new LinkedHashSet<>();
        for (int i = 0; i < branches.size(); i++) {
            JsonNode type = branches.get(i).path("type");
            types.addAll(words(type));
            if (type.isMissingNode() || hasType(node, type)) {
                fitting.add(i);
            }
        }
        if (fitting.isEmpty()) {
            reportShape(node, types, key);
            return;
        }
        Optional<Integer> best = bestBranch(node, branches, fitting);
        if (best.isEmpty() && node instanceof Mapping mapping) {
            Set<String> known = new LinkedHashSet<>();
            fitting.forEach(i -> known.addAll(Words.keys(branches.get(i))));
            mapping.entries().forEach(entry -> reportUnknownKey(entry, known, key));
            if (mapping.entries().isEmpty()) {
                problems.add(mapping.place(), key, name(key) + " is empty.", Words.oneOf(known));
            }
            return;
        }
        SchemaWalk chosen = tried.get(best.orElse(fitting.get(0)));
        problems.addAll(chosen.problems);
        references.addAll(chosen.references);
    }

    /// The form that knows most of the map's keys; none when no form knows any.
    private static Optional<Integer> bestBranch(
            YamlNode node, JsonNode branches, List<Integer> fitting) {
        if (!(node instanceof Mapping mapping) || fitting.size() == 1) {
            return Optional.of(fitting.get(0));
        }
        long most = 0;
        Optional<Integer> best = Optional.empty();
        for (int i : fitting) {
            Set<String> known = Words.keys(branches.get(i));
            long score = mapping.entries().stream().filter(e -> known.contains(e.name())).count();
            if (score > most) {
                most = score;
                best = Optional.of(i);
            }
        }
        return best;
    }

    private static boolean isAmong(Scalar scalar, JsonNode choices) {
        for (JsonNode choice : choices) {
            if (matches(scalar, choice)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Scalar scalar, JsonNode choice) {
        return switch (scalar.value()) {
            case null -> choice.isNull();
            case Boolean truth -> choice.isBoolean() && choice.asBoolean() == truth;
            case Number number -> choice.isNumber() && choice.asDouble() == number.doubleValue();
            case String text -> choice.isString() && choice.asString().equals(text);
            default -> false;
        };
    }

    private static List<String> words(JsonNode node) {
        return Words.of(node);
    }

    private static String name(String key) {
        if (key.isEmpty()) {
            return "The file";
        }
        String quoted = "\"" + clip(bare(key)) + "\"";
        return key.endsWith(ENTRY) ? "An entry of " + quoted : quoted;
    }

    private static String bare(String key) {
        return key.endsWith(ENTRY) ? bare(key.substring(0, key.length() - ENTRY.length())) : key;
    }

    private static String clip(String text) {
        return Words.clip(text);
    }
}
