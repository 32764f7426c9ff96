package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.rules.Condition.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Where data goes: the declared flows, and those that relations imply (an assistant that reads a
/// corpus gets its content). Neighbours are kept in the order of their ids, so that answers do not
/// depend on the order of the file.
final class SystemGraph {
    private final Map<String, List<Flow>> out = new HashMap<>();
    private final Map<String, List<Flow>> in = new HashMap<>();
    private final Map<String, List<Flow>> declaredOut = new HashMap<>();
    private final Map<String, List<Flow>> declaredIn = new HashMap<>();

    private SystemGraph() {}

    static SystemGraph of(AiSystem system) {
        SystemGraph graph = new SystemGraph();
        for (Flow flow : system.flows()) {
            graph.add(flow);
            graph.declaredOut.computeIfAbsent(flow.from(), _ -> new ArrayList<>()).add(flow);
            graph.declaredIn.computeIfAbsent(flow.to(), _ -> new ArrayList<>()).add(flow);
        }
        for (Element element : system.elements().values()) {
            for (String relation : Relations.names()) {
                for (String other : Relations.of(element, relation)) {
                    graph.addImplied(element, relation, other);
                }
            }
        }
        graph.out.values().forEach(flows -> flows.sort(BY_FAR_END));
        graph.in.values().forEach(flows -> flows.sort(BY_NEAR_END));
        graph.declaredOut.values().forEach(flows -> flows.sort(BY_FAR_END));
        graph.declaredIn.values().forEach(flows -> flows.sort(BY_NEAR_END));
        return graph;
    }

    private static final Comparator<Flow> BY_FAR_END =
            Comparator.comparing(Flow::to).thenComparing(flow -> String.join(",", flow.carries()));
    private static final Comparator<Flow> BY_NEAR_END =
            Comparator.comparing(Flow::from)
                    .thenComparing(flow -> String.join(",", flow.carries()));

    private void addImplied(Element element, String relation, String other) {
        Flow forth = new Flow(element.id(), other, List.of(relation), element.place());
        Flow back = new Flow(other, element.id(), List.of(relation), element.place());
        switch (Relations.dataWay(relation)) {
            case IN -> add(back);
            case OUT -> add(forth);
            case BOTH -> {
                add(forth);
                add(back);
            }
            case NONE -> {}
        }
    }

    private void add(Flow flow) {
        out.computeIfAbsent(flow.from(), _ -> new ArrayList<>()).add(flow);
        in.computeIfAbsent(flow.to(), _ -> new ArrayList<>()).add(flow);
    }

    /// The declared flows that leave an element, or come to it.
    List<Flow> declaredAt(String element, Way way) {
        return (way == Way.TO ? declaredOut : declaredIn).getOrDefault(element, List.of());
    }

    /// The flows that leave an element, declared and implied.
    List<Flow> leaving(String element) {
        return out.getOrDefault(element, List.of());
    }

    /// A shortest path from one of the sources to every element that can be reached, sources too
    /// (their path is empty). Cost: elements and flows, once.
    Paths pathsFrom(Collection<String> sources) {
        return search(sources, true);
    }

    /// A shortest path to one of the targets from every element that can reach one, targets too.
    Paths pathsTo(Collection<String> targets) {
        return search(targets, false);
    }

    private Paths search(Collection<String> starts, boolean isForward) {
        Map<String, Flow> step = new HashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> queue = new ArrayDeque<>(new TreeSet<>(starts));
        seen.addAll(queue);
        while (!queue.isEmpty()) {
            String here = queue.remove();
            Map<String, List<Flow>> edges = isForward ? out : in;
            for (Flow flow : edges.getOrDefault(here, List.of())) {
                String next = isForward ? flow.to() : flow.from();
                if (seen.add(next)) {
                    step.put(next, flow);
                    queue.add(next);
                }
            }
        }
        return new Paths(step, seen, isForward);
    }
}
