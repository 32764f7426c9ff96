package dev.bartizan.threats;

import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A graph of flows with elements that a way must pass, in their order: a way enters the next stage
/// where it comes to an element of the next gate, one stage for each element it comes to. Ways end
/// at a sink after the last gate. Flows from one element to another count as one.
final class StagedGraph {
    private final SystemGraph graph;
    private final Set<String> sources;
    private final List<Set<String>> gates;
    private final Set<String> sinks;
    private final Set<String> stopped;

    StagedGraph(
            SystemGraph graph,
            Set<String> sources,
            List<Set<String>> gates,
            Set<String> sinks,
            Set<String> stopped) {
        this.graph = graph;
        this.sources = sources;
        this.gates = List.copyOf(gates);
        this.sinks = sinks;
        this.stopped = stopped;
    }

    /// An element at a stage: how many gates were passed.
    record Spot(String element, int stage) {}

    /// A way from one element to another, whatever flows there are.
    record Edge(String from, String to) {
        static Edge of(Flow flow) {
            return new Edge(flow.from(), flow.to());
        }
    }

    private Spot enter(String element, int stage) {
        boolean isAtGate = stage < gates.size() && gates.get(stage).contains(element);
        return new Spot(element, isAtGate ? stage + 1 : stage);
    }

    /// Whether ways must pass anything.
    boolean hasGates() {
        return !gates.isEmpty();
    }

    /// Those of the elements that some way passes at the first gate.
    Set<String> passed(Set<String> elements) {
        StagedGraph before = new StagedGraph(graph, sources, List.of(), elements, stopped);
        Set<String> passed = new HashSet<>();
        for (String element : before.search(Set.of(), Set.of()).targets()) {
            StagedGraph after =
                    new StagedGraph(
                            graph, Set.of(element), gates.subList(1, gates.size()), sinks, stopped);
            if (!after.search(Set.of(), Set.of()).targets().isEmpty()) {
                passed.add(element);
            }
        }
        return passed;
    }

    /// Whether an element starts ways.
    boolean isSource(String element) {
        return sources.contains(element);
    }

    /// What can be reached when these elements and edges are taken away; sources stay, but for
    /// those that would be reached again.
    Search search(Set<String> withoutElements, Set<Edge> withoutEdges) {
        Search search = new Search();
        for (String source : sources) {
            search.add(enter(source, 0), Optional.empty(), Optional.empty());
        }
        for (int i = 0; i < search.order.size(); i++) {
            Spot here = search.order.get(i);
            for (Flow flow : graph.leaving(here.element())) {
                String to = flow.to();
                if (!stopped.contains(to)
                        && !withoutElements.contains(to)
                        && !withoutEdges.contains(Edge.of(flow))) {
                    search.add(enter(to, here.stage()), Optional.of(here), Optional.of(flow));
                }
            }
        }
        return search;
    }

    /// The spots that follow a spot, with the flow to each; parallel flows once.
    Map<Spot, Flow> following(Spot here) {
        Map<Spot, Flow> next = new LinkedHashMap<>();
        for (Flow flow : graph.leaving(here.element())) {
            if (!stopped.contains(flow.to())) {
                next.putIfAbsent(enter(flow.to(), here.stage()), flow);
            }
        }
        return next;
    }

    /// A breadth-first search over spots.
    final class Search {
        private final List<Spot> order = new ArrayList<>();
        private final Set<Spot> seen = new HashSet<>();
        private final Map<Spot, Spot> origin = new HashMap<>();
        private final Map<Spot, Flow> step = new HashMap<>();

        private void add(Spot spot, Optional<Spot> from, Optional<Flow> by) {
            if (seen.add(spot)) {
                order.add(spot);
                from.ifPresent(before -> origin.put(spot, before));
                by.ifPresent(flow -> step.put(spot, flow));
            }
        }

        /// The spots in the order they were reached, nearest first.
        List<Spot> spots() {
            return order;
        }

        /// Whether a way starts here.
        boolean isStart(Spot spot) {
            return !step.containsKey(spot);
        }

        /// Whether a way ends here; it has at least one flow.
        boolean isTarget(Spot spot) {
            return spot.stage() == gates.size() && sinks.contains(spot.element()) && !isStart(spot);
        }

        /// The elements that ways end at, by id.
        List<String> targets() {
            return order.stream()
                    .filter(this::isTarget)
                    .map(Spot::element)
                    .distinct()
                    .sorted()
                    .toList();
        }

        /// A shortest way.
        Optional<List<Flow>> shortest() {
            return order.stream().filter(this::isTarget).findFirst().map(this::wayTo);
        }

        private List<Flow> wayTo(Spot end) {
            List<Flow> path = new ArrayList<>();
            Spot here = end;
            Flow flow = step.get(here);
            while (flow != null) {
                path.add(flow);
                here = origin.getOrDefault(here, here);
                flow = step.get(here);
            }
            return path.reversed();
        }
    }
}
