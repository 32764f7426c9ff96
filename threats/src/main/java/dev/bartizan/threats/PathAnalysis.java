package dev.bartizan.threats;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Control;
import dev.bartizan.core.Element;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.rules.Condition;
import dev.bartizan.threats.rules.PathQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Answers questions about paths: the shortest way, everything that can be reached, and the
/// smallest set of elements and flows that cuts every way.
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
        List<Set<String>> gates = new ArrayList<>();
        question.through().forEach(condition -> gates.add(satisfying(condition, stopped)));
        Optional<JoinedWay> joined =
                question.joinedBy()
                        .filter(_ -> !gates.isEmpty())
                        .map(from -> new JoinedWay(graph, satisfying(from, stopped), stopped));
        joined.ifPresent(way -> gates.set(0, way.reached(gates.getFirst())));
        StagedGraph staged =
                new StagedGraph(
                        graph,
                        satisfying(question.from(), stopped),
                        gates,
                        satisfying(question.to(), stopped),
                        stopped);
        StagedGraph.Search found = staged.search(Set.of(), Set.of());
        if (found.targets().isEmpty()) {
            return Optional.empty();
        }
        List<Flow> shortest = found.shortest().orElseThrow();
        StagedCut cut = StagedCut.of(staged, shortest);
        List<Flow> joins = joined.map(way -> way.to(shortest, gates.getFirst())).orElse(List.of());
        if (joined.isPresent()) {
            cut = joined.get().smaller(cut, staged, gates.getFirst());
        }
        return Optional.of(
                new Crossing(
                        question.id(),
                        question.title(),
                        found.targets(),
                        shortest,
                        joins,
                        cut.elements(),
                        cut.flows(),
                        cut.isSmallest(),
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
}
