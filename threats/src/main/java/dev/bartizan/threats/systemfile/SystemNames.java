package dev.bartizan.threats.systemfile;

import dev.bartizan.core.Nearest;
import dev.bartizan.threats.systemfile.SchemaWalk.Reference;
import dev.bartizan.threats.yaml.Problems;
import dev.bartizan.threats.yaml.YamlNode;
import dev.bartizan.threats.yaml.YamlNode.Mapping;
import dev.bartizan.threats.yaml.YamlNode.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names that a system file defines, and whether what refers to them means one of them.
///
/// @param elements ids of the elements
/// @param zones ids of the zones
/// @param principals names of the test users of all elements
record SystemNames(Set<String> elements, Set<String> zones, Set<String> principals) {
    static SystemNames of(Mapping root) {
        Set<String> principals = new LinkedHashSet<>();
        if (root.get("elements").orElse(null) instanceof Mapping elements) {
            elements.entries().stream()
                    .filter(entry -> entry.value() instanceof Mapping)
                    .map(entry -> ((Mapping) entry.value()).get("principals"))
                    .flatMap(java.util.Optional::stream)
                    .forEach(users -> principals.addAll(keys(users)));
        }
        return new SystemNames(
                root.get("elements").map(SystemNames::keys).orElse(Set.of()),
                root.get("zones").map(SystemNames::keys).orElse(Set.of()),
                principals);
    }

    private static Set<String> keys(YamlNode node) {
        Set<String> keys = new LinkedHashSet<>();
        if (node instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> keys.add(entry.name()));
        }
        return keys;
    }

    void check(List<Reference> references, Problems problems) {
        for (Reference reference : references) {
            switch (reference.to()) {
                case "x-element" -> checkElement(reference.word(), reference.key(), problems);
                case "x-zone" -> check(reference, "zone", zones, problems);
                case "x-principal" -> {
                    // A simulation knows principals of its own, so a file may list none.
                    if (!principals.isEmpty()) {
                        check(reference, "principal", principals, problems);
                    }
                }
                default -> throw new IllegalStateException(reference.to());
            }
        }
    }

    /// Reports a word that is no element's id.
    void checkElement(Scalar word, String key, Problems problems) {
        checkElement(word.text(), word, key, problems);
    }

    /// Reports an id, part of a word, that is no element's.
    void checkElement(String id, Scalar word, String key, Problems problems) {
        if (!elements.contains(id)) {
            problems.add(
                    word.place(),
                    id,
                    "\"" + Words.clip(key) + "\" names no element: \"" + Words.clip(id) + "\".",
                    Nearest.sentence(id, elements));
        }
    }

    private static void check(
            Reference reference, String noun, Set<String> known, Problems problems) {
        String word = reference.word().text();
        if (!known.contains(word)) {
            problems.add(
                    reference.word().place(),
                    word,
                    "Unknown " + noun + " \"" + Words.clip(word) + "\".",
                    known.isEmpty()
                            ? "The file defines no " + noun + "s."
                            : Nearest.sentence(word, known));
        }
    }
}
