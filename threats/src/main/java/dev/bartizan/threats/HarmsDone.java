package dev.bartizan.threats;

import dev.bartizan.core.Element;
import dev.bartizan.threats.rules.Harm;
import dev.bartizan.threats.rules.Harms;
import dev.bartizan.threats.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which harms outside go with threats of one system. Conditions are decided once an element.
final class HarmsDone {
    private static final String ATLAS = "atlas";

    private final Evaluator evaluator;
    private final Map<String, List<Harm>> byElement = new HashMap<>();

    HarmsDone(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// The harms of a threat of that rule at that element or the second one.
    List<Harm> of(Rule rule, Element at, Optional<Element> other) {
        List<String> letters = rule.mappings().getOrDefault("stride", List.of());
        List<Harm> found = new ArrayList<>(at(at));
        other.ifPresent(element -> found.addAll(at(element)));
        return found.stream()
                .distinct()
                .filter(harm -> letters.stream().anyMatch(harm.stride()::contains))
                .toList();
    }

    private List<Harm> at(Element element) {
        return byElement.computeIfAbsent(
                element.id(),
                _ ->
                        Harms.bundled().stream()
                                .filter(harm -> evaluator.decide(harm.when(), element).isTrue())
                                .toList());
    }

    /// A rule's reason, with who is harmed.
    static String why(Rule rule, List<Harm> harms) {
        StringBuilder text = new StringBuilder(rule.why());
        harms.forEach(harm -> text.append(' ').append(harm.says()));
        return text.toString();
    }

    /// A rule's mappings, with the harms.
    static Map<String, List<String>> mappings(Rule rule, List<Harm> harms) {
        if (harms.isEmpty()) {
            return rule.mappings();
        }
        Map<String, List<String>> mappings = new TreeMap<>(rule.mappings());
        List<String> atlas = new ArrayList<>(mappings.getOrDefault(ATLAS, List.of()));
        harms.stream().map(Harm::atlas).filter(id -> !atlas.contains(id)).forEach(atlas::add);
        mappings.put(ATLAS, atlas.stream().distinct().toList());
        return mappings;
    }
}
