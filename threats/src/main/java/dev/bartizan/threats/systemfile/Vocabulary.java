package dev.bartizan.threats.systemfile;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.facts.ModelFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What rules can ask about: the facts that a system file can yield with their possible values, the
/// relations and the kinds of control; and the facts that fact sources read off files, such as
/// `model.custom-operator`.
public final class Vocabulary {
    private static final Set<String> DERIVED =
            Set.of(
                    "zone.trust",
                    "controlled-by-outsiders",
                    "reachable-from-untrusted",
                    "flow-in.kind",
                    "flow-out.kind",
                    "flow-in.carries",
                    "flow-out.carries",
                    "artifact.can-hold-code");

    /// What fact sources read beside {@link ModelFact}.
    private static final Set<String> READ =
            Set.of(
                    "onnx.custom-operator",
                    "onnx.inputs",
                    "onnx.outputs",
                    "onnx.opset",
                    "onnx.producer",
                    "onnx.external-data",
                    "endpoint.simulated",
                    "endpoint.scheme",
                    "guardrail.policy",
                    "artifact.format",
                    "artifact.path");

    private static final Set<String> SINGLE =
            Set.of("kind", "zone.trust", "artifact.can-hold-code");

    private final Map<String, Set<String>> facts = new HashMap<>();
    private final Set<String> single = new HashSet<>();
    private final Set<String> relations = new HashSet<>();
    private final Set<String> controlKinds;

    private Vocabulary(JsonNode root) {
        JsonNode element = root.at("/$defs/element/properties");
        element.properties().forEach(entry -> collect(entry.getKey(), entry.getValue()));
        for (ModelFact fact : ModelFact.values()) {
            facts.computeIfAbsent(fact.key(), _ -> new HashSet<>()).addAll(fact.words());
        }
        controlKinds = Set.copyOf(Words.of(root.at("/$defs/control/properties/kind/enum")));
    }

    /// The vocabulary of the schema with these fragments.
    public static Vocabulary of(List<SchemaFragment> fragments) {
        return new Vocabulary(SystemSchema.of(fragments).root());
    }

    private void collect(String name, JsonNode schema) {
        Set<String> values = facts.computeIfAbsent(name, _ -> new HashSet<>());
        String type = schema.path("type").asString("");
        if (type.equals("boolean") || (type.equals("string") && schema.has("enum"))) {
            single.add(name);
        }
        if (schema.has("x-element")) {
            relations.add(name);
        }
        collectValues(schema, values);
        schema.path("anyOf").forEach(branch -> collectValues(branch, values));
        schema.path("properties")
                .properties()
                .forEach(entry -> collect(name + "." + entry.getKey(), entry.getValue()));
    }

    private static void collectValues(JsonNode schema, Set<String> values) {
        values.addAll(Words.of(schema.path("enum")));
        values.addAll(Words.of(schema.path("items").path("enum")));
        if (schema.path("type").asString("").equals("boolean")) {
            values.addAll(Set.of("true", "false"));
        }
    }

    /// Whether a fact of that name can be known.
    public boolean knows(String fact) {
        return facts.containsKey(fact) || DERIVED.contains(fact) || READ.contains(fact);
    }

    /// Whether an element can have only one value of it.
    public boolean isSingle(String fact) {
        return SINGLE.contains(fact) || single.contains(fact);
    }

    /// The values it can have; none when it is free.
    public Set<String> values(String fact) {
        return Set.copyOf(facts.getOrDefault(fact, Set.of()));
    }

    /// The keys that name other elements.
    public Set<String> relations() {
        return Set.copyOf(relations);
    }

    /// The kinds of control.
    public Set<String> controlKinds() {
        return controlKinds;
    }
}
