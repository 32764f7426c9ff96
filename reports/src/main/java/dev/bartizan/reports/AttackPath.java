package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Standing;
import dev.bartizan.core.Zone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A way from what is not trusted to a confirmed weakness, and where to cut it.
///
/// @param threat the confirmed threat it leads to
/// @param flows from the entry to the element; never empty
/// @param cut the one flow whose removal keeps every untrusted element from the weakness; empty
///   when no single flow does
/// @param saves how many confirmed threats that cut puts out of reach
public record AttackPath(AssessedThreat threat, List<Flow> flows, Optional<Flow> cut, int saves) {
    public AttackPath {
        flows = List.copyOf(flows);
    }

    /// Ids of the elements along the path, the entry first.
    public List<String> elements() {
        List<String> elements = new ArrayList<>();
        elements.add(flows.getFirst().from());
        flows.forEach(flow -> elements.add(flow.to()));
        return elements;
    }

    /// The path to the worst confirmed threat that can be reached; the rule's witness path when it
    /// has one, else the shortest from an untrusted element.
    public static Optional<AttackPath> worst(Assessment assessment) {
        List<AssessedThreat> confirmed =
                assessment.standing(Standing.CONFIRMED).stream()
                        .sorted(Overview.WORST_FIRST)
                        .toList();
        Set<String> entries = entries(assessment);
        for (AssessedThreat threat : confirmed) {
            List<Flow> flows = flowsTo(assessment.system(), threat, entries);
            if (!flows.isEmpty()) {
                return Optional.of(cutting(assessment.system(), threat, flows, entries, confirmed));
            }
        }
        return Optional.empty();
    }

    private static Set<String> entries(Assessment assessment) {
        AiSystem system = assessment.system();
        return system.elements().values().stream()
                .filter(element -> isUntrusted(system, element))
                .map(Element::id)
                .collect(Collectors.toSet());
    }

    private static boolean isUntrusted(AiSystem system, Element element) {
        return system.trustOf(element) == Zone.Trust.UNTRUSTED;
    }

    private static List<Flow> flowsTo(AiSystem system, AssessedThreat threat, Set<String> entries) {
        if (!threat.threat().path().isEmpty()) {
            return threat.threat().path();
        }
        return shortest(system, entries, threat.threat().at(), Optional.empty());
    }

    private static AttackPath cutting(
            AiSystem system,
            AssessedThreat threat,
            List<Flow> flows,
            Set<String> entries,
            List<AssessedThreat> confirmed) {
        Map<Flow, Integer> saves = new HashMap<>();
        for (Flow flow : flows) {
            if (!system.flows().contains(flow) || isReachable(system, entries, threat, flow)) {
                continue;
            }
            int saved = 0;
            for (AssessedThreat other : confirmed) {
                if (!isReachable(system, entries, other, flow)
                        && !entries.contains(other.threat().at())) {
                    saved++;
                }
            }
            saves.put(flow, saved);
        }
        Optional<Flow> cut =
                flows.stream()
                        .filter(saves::containsKey)
                        .max(
                                Comparator.comparingInt((Flow flow) -> saves.getOrDefault(flow, 0))
                                        .thenComparingInt(flow -> -flows.indexOf(flow)));
        return new AttackPath(
                threat, flows, cut, cut.map(flow -> saves.getOrDefault(flow, 0)).orElse(0));
    }

    private static boolean isReachable(
            AiSystem system, Set<String> entries, AssessedThreat threat, Flow without) {
        String at = threat.threat().at();
        return entries.contains(at)
                || !shortest(system, entries, at, Optional.of(without)).isEmpty();
    }

    /// Breadth first, in the file's order of flows, so that the same file gives the same path.
    private static List<Flow> shortest(
            AiSystem system, Set<String> entries, String goal, Optional<Flow> without) {
        Map<String, List<Flow>> leaving = new HashMap<>();
        for (Flow flow : system.flows()) {
            if (without.filter(flow::equals).isEmpty()) {
                leaving.computeIfAbsent(flow.from(), _ -> new ArrayList<>()).add(flow);
            }
        }
        Map<String, Flow> reachedBy = new HashMap<>();
        Set<String> seen = new HashSet<>(entries);
        Deque<String> queue = new ArrayDeque<>();
        system.elements().keySet().stream().filter(entries::contains).forEach(queue::add);
        while (!queue.isEmpty() && !seen.contains(goal)) {
            for (Flow flow : leaving.getOrDefault(queue.remove(), List.of())) {
                if (seen.add(flow.to())) {
                    reachedBy.put(flow.to(), flow);
                    queue.add(flow.to());
                }
            }
        }
        List<Flow> path = new ArrayList<>();
        for (Flow flow = reachedBy.get(goal); flow != null; flow = reachedBy.get(flow.from())) {
            path.add(flow);
        }
        Collections.reverse(path);
        return path;
    }
}
