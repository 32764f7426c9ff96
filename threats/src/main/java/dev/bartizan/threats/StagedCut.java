package dev.bartizan.threats;

import dev.bartizan.core.Flow;
import dev.bartizan.threats.StagedGraph.Edge;
import dev.bartizan.threats.StagedGraph.Search;
import dev.bartizan.threats.StagedGraph.Spot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The smallest set of elements and flows that cuts every way of a staged graph. Sources are never
/// cut: they are not ours.
///
/// Without gates it is a minimum cut [1], with a node of capacity one for each element. With gates
/// an element has a node at each stage, and a minimum cut may pay for it twice; finding the true
/// minimum is then hard. So the cut is first freed of what it does not need, then a bounded search
/// [2] looks for a smaller one: every cut meets the shortest way, so one of the places on it is
/// taken away, and the search goes on with the next shortest way.
///
/// 1. {@link MinCut}.
/// 2. R. G. Downey and M. R. Fellows, "Parameterized Complexity" (1999), bounded search trees.
///
/// @param elements ids of elements, by id
/// @param flows one for each pair of elements whose flows are to be closed
/// @param isSmallest whether it is known that no smaller one exists
record StagedCut(List<String> elements, List<Flow> flows, boolean isSmallest) {
    /// Spots that searches for a smaller cut may visit, in all.
    private static final long MAX_VISITS = 60_000;

    private static final int CLOSED = 1;

    StagedCut {
        elements = List.copyOf(elements);
        flows = List.copyOf(flows);
    }

    /// How many places it takes.
    int size() {
        return elements.size() + flows.size();
    }

    /// Finds it.
    ///
    /// @param shortest a shortest way of the graph
    static StagedCut of(StagedGraph graph, List<Flow> shortest) {
        Search whole = graph.search(Set.of(), Set.of());
        Places least = minimum(graph, whole);
        if (!graph.hasGates()) {
            return least.asCut(true);
        }
        Bounded bounded = new Bounded(graph);
        Places cut = bounded.needed(least);
        for (int size = 1; size < cut.size(); size++) {
            Optional<Places> smaller = bounded.find(Places.NONE, shortest, size);
            if (smaller.isPresent()) {
                return smaller.get().asCut(true);
            }
            if (bounded.isExhausted()) {
                return cut.asCut(false);
            }
        }
        return cut.asCut(true);
    }

    /// Places taken away.
    private record Places(Set<String> elements, Map<Edge, Flow> flows) {
        static final Places NONE = new Places(Set.of(), Map.of());

        int size() {
            return elements.size() + flows.size();
        }

        Places with(String element) {
            Set<String> more = new TreeSet<>(elements);
            more.add(element);
            return new Places(more, flows);
        }

        Places with(Flow flow) {
            Map<Edge, Flow> more = new LinkedHashMap<>(flows);
            more.put(Edge.of(flow), flow);
            return new Places(elements, more);
        }

        Places without(String element) {
            Set<String> fewer = new TreeSet<>(elements);
            fewer.remove(element);
            return new Places(fewer, flows);
        }

        Places without(Edge edge) {
            Map<Edge, Flow> fewer = new LinkedHashMap<>(flows);
            fewer.remove(edge);
            return new Places(elements, fewer);
        }

        Search search(StagedGraph graph) {
            return graph.search(elements, flows.keySet());
        }

        StagedCut asCut(boolean isSmallest) {
            List<Flow> sorted =
                    flows.values().stream()
                            .sorted(Comparator.comparing(Flow::from).thenComparing(Flow::to))
                            .toList();
            return new StagedCut(List.copyOf(new TreeSet<>(elements)), sorted, isSmallest);
        }
    }

    private static Places minimum(StagedGraph graph, Search whole) {
        MinCut network = new MinCut();
        Map<Spot, int[]> nodes = new HashMap<>();
        Map<Integer, String> elementOf = new HashMap<>();
        Map<Integer, Flow> flowOf = new HashMap<>();
        int source = network.node();
        int sink = network.node();
        for (Spot spot : whole.spots()) {
            int in = network.node();
            int out = network.node();
            nodes.put(spot, new int[] {in, out});
            boolean isFixed = graph.isSource(spot.element());
            int edge = network.edge(in, out, isFixed ? MinCut.UNCUTTABLE : CLOSED);
            elementOf.put(edge, spot.element());
            if (whole.isStart(spot)) {
                network.edge(source, in, MinCut.UNCUTTABLE);
            }
            if (whole.isTarget(spot)) {
                network.edge(out, sink, MinCut.UNCUTTABLE);
            }
        }
        for (Spot spot : whole.spots()) {
            int[] from = nodes.getOrDefault(spot, new int[2]);
            graph.following(spot)
                    .forEach((next, flow) -> {
                        int[] to = nodes.get(next);
                        if (to != null) {
                            flowOf.put(network.edge(from[1], to[0], CLOSED), flow);
                        }
                    });
        }
        Set<String> elements = new TreeSet<>();
        Map<Edge, Flow> flows = new LinkedHashMap<>();
        for (int edge : network.between(source, sink)) {
            String element = elementOf.get(edge);
            Flow flow = flowOf.get(edge);
            if (element != null) {
                elements.add(element);
            } else if (flow != null) {
                flows.put(Edge.of(flow), flow);
            }
        }
        return new Places(elements, flows);
    }

    /// The bounded search tree.
    private static final class Bounded {
        private final StagedGraph graph;
        private long visits;

        Bounded(StagedGraph graph) {
            this.graph = graph;
        }

        boolean isExhausted() {
            return visits > MAX_VISITS;
        }

        /// The same cut without places that it does not need, as far as the bound allows.
        Places needed(Places cut) {
            Places left = cut;
            for (String element : cut.elements()) {
                left = fewer(left, left.without(element));
            }
            for (Edge edge : new LinkedHashSet<>(cut.flows().keySet())) {
                left = fewer(left, left.without(edge));
            }
            return left;
        }

        private Places fewer(Places now, Places without) {
            if (isExhausted() || without.size() == 0) {
                return now;
            }
            Search left = without.search(graph);
            visits += left.spots().size();
            return left.targets().isEmpty() ? without : now;
        }

        /// A cut that takes away these places and at most so many more.
        Optional<Places> find(Places taken, List<Flow> way, int more) {
            if (more == 0 || isExhausted()) {
                return Optional.empty();
            }
            for (Flow flow : way) {
                Optional<Places> found = go(taken.with(flow), more - 1);
                if (found.isEmpty() && !graph.isSource(flow.to())) {
                    found = go(taken.with(flow.to()), more - 1);
                }
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private Optional<Places> go(Places taken, int more) {
            Search left = taken.search(graph);
            visits += left.spots().size();
            Optional<List<Flow>> way = left.shortest();
            return way.isEmpty() ? Optional.of(taken) : find(taken, way.get(), more);
        }
    }
}
