package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.rules.Condition;
import dev.bartizan.threats.rules.PathQuestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Answers questions about paths: the shortest way, everything that can be reached, and the
/// smallest set of elements and flows that cuts every way. An element that must be passed makes two
/// layers of the network: before it was passed, and after.
final class PathAnalysis {
    private final AiSystem system;
    private final SystemGraph graph;
    private final Evaluator evaluator;

    PathAnalysis(AiSystem system, SystemGraph graph, Evaluator evaluator) {
        this.system = system;
        this.graph = graph;
        this.evaluator = evaluator;
    }

    /// The answers that are yes, in the order of the questions.
    List<Crossing> answer(List<PathQuestion> questions) {
        return questions.stream().map(this::answer).flatMap(Optional::stream).toList();
    }

    private Optional<Crossing> answer(PathQuestion question) {
        Set<String> stopped = new HashSet<>();
        for (Control control : system.controls()) {
            if (question.stoppedBy().contains(control.kind()) && Safeguards.isFull(control)) {
                stopped.add(control.at());
            }
        }
        Layers layers = new Layers(question, stopped);
        List<String> targets = layers.reachedTargets();
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        Cut cut = layers.cut();
        return Optional.of(
                new Crossing(
                        question.id(),
                        question.title(),
                        targets,
                        layers.shortest(),
                        cut.elements(),
                        cut.flows(),
                        question.stoppedBy(),
                        question.mend()));
    }

    private Set<String> satisfying(Condition condition, Set<String> stopped) {
        Set<String> ids = new TreeSet<>();
        for (Element element : system.elements().values()) {
            if (!stopped.contains(element.id()) && evaluator.decide(condition, element).isTrue()) {
                ids.add(element.id());
            }
        }
        return ids;
    }

    private record Cut(List<String> elements, List<Flow> flows) {}

    /// A place: an element, before or after the element that must be passed.
    private record Spot(String element, boolean isAfter) {}

    private final class Layers {
        private final Set<String> sources;
        private final Set<String> gates;
        private final Set<String> sinks;
        private final boolean isGated;
        private final Set<String> stopped;
        private final Map<Spot, Spot> origin = new HashMap<>();
        private final Map<Spot, Flow> step = new HashMap<>();
        private final List<Spot> order = new ArrayList<>();

        Layers(PathQuestion question, Set<String> stopped) {
            this.stopped = stopped;
            isGated = question.through().isPresent();
            sources = satisfying(question.from(), stopped);
            gates =
                    question.through()
                            .map(condition -> satisfying(condition, stopped))
                            .orElse(Set.of());
            sinks = satisfying(question.to(), stopped);
            search();
        }

        private Spot enter(String element, boolean wasAfter) {
            return new Spot(element, wasAfter || !isGated || gates.contains(element));
        }

        private void search() {
            for (String source : sources) {
                add(enter(source, false));
            }
            for (int i = 0; i < order.size(); i++) {
                Spot here = order.get(i);
                for (Flow flow : graph.leaving(here.element())) {
                    Spot there = enter(flow.to(), here.isAfter());
                    if (!stopped.contains(flow.to()) && add(there)) {
                        origin.put(there, here);
                        step.put(there, flow);
                    }
                }
            }
        }

        private final Set<Spot> seen = new HashSet<>();

        private boolean add(Spot spot) {
            if (seen.add(spot)) {
                order.add(spot);
                return true;
            }
            return false;
        }

        private boolean isTarget(Spot spot) {
            return spot.isAfter() && sinks.contains(spot.element()) && step.containsKey(spot);
        }

        List<String> reachedTargets() {
            return order.stream()
                    .filter(this::isTarget)
                    .map(Spot::element)
                    .distinct()
                    .sorted()
                    .toList();
        }

        List<Flow> shortest() {
            Spot end = order.stream().filter(this::isTarget).findFirst().orElseThrow();
            List<Flow> path = new ArrayList<>();
            for (Spot here = end; step.containsKey(here); here = originOf(here)) {
                path.add(stepTo(here));
            }
            return path.reversed();
        }

        private Spot originOf(Spot spot) {
            return Optional.ofNullable(origin.get(spot)).orElseThrow();
        }

        private Flow stepTo(Spot spot) {
            return Optional.ofNullable(step.get(spot)).orElseThrow();
        }

        /// Each spot becomes two nodes with an edge of capacity one between them; sources may not
        /// be cut (they are not ours), targets may (a control stands there). Both layers of an
        /// element share nothing, so a cut may name an element once for each layer; it is reported
        /// once.
        Cut cut() {
            MinCut network = new MinCut();
            Map<Spot, int[]> nodes = new HashMap<>();
            Map<Integer, String> elementOf = new HashMap<>();
            Map<Integer, Flow> flowOf = new TreeMap<>();
            int source = network.node();
            int sink = network.node();
            for (Spot spot : order) {
                int in = network.node();
                int out = network.node();
                nodes.put(spot, new int[] {in, out});
                boolean isSource = !step.containsKey(spot);
                int edge = network.edge(in, out, isSource ? MinCut.UNCUTTABLE : 1);
                elementOf.put(edge, spot.element());
                if (isSource) {
                    network.edge(source, in, MinCut.UNCUTTABLE);
                }
                if (isTarget(spot)) {
                    network.edge(out, sink, MinCut.UNCUTTABLE);
                }
            }
            for (Spot spot : order) {
                for (Flow flow : graph.leaving(spot.element())) {
                    int[] to = nodes.get(enter(flow.to(), spot.isAfter()));
                    int[] from = nodes.get(spot);
                    if (to != null && from != null) {
                        flowOf.put(network.edge(from[1], to[0], 1), flow);
                    }
                }
            }
            List<String> elements = new ArrayList<>();
            List<Flow> flows = new ArrayList<>();
            for (int edge : network.between(source, sink)) {
                String element = elementOf.get(edge);
                Flow flow = flowOf.get(edge);
                if (element != null && !elements.contains(element)) {
                    elements.add(element);
                } else if (flow != null) {
                    flows.add(flow);
                }
            }
            elements.sort(Comparator.naturalOrder());
            return new Cut(elements, flows);
        }
    }
}
