package dev.bartizan.threats;

import dev.bartizan.core.Flow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A second way that must reach the same element: strangers' text comes to the agent that private
/// data passes on its way out. Taking it away cuts as well as taking the first way away does.
final class JoinedWay {
    private final SystemGraph graph;
    private final Set<String> sources;
    private final Set<String> stopped;

    JoinedWay(SystemGraph graph, Set<String> sources, Set<String> stopped) {
        this.graph = graph;
        this.sources = sources;
        this.stopped = stopped;
    }

    private StagedGraph waysTo(Set<String> goals) {
        return new StagedGraph(graph, sources, List.of(), goals, stopped);
    }

    /// Those of the elements that it reaches.
    Set<String> reached(Set<String> elements) {
        Set<String> reached = new TreeSet<>(elements);
        Set<String> there = new HashSet<>(sources);
        waysTo(Set.of())
                .search(Set.of(), Set.of())
                .spots()
                .forEach(spot -> there.add(spot.element()));
        reached.retainAll(there);
        return reached;
    }

    /// The shortest way to the first of the meeting places on a way; none when that is a source.
    List<Flow> to(List<Flow> way, Set<String> places) {
        for (Flow flow : way) {
            for (String element : List.of(flow.from(), flow.to())) {
                if (places.contains(element)) {
                    return waysTo(Set.of(element))
                            .search(Set.of(), Set.of())
                            .shortest()
                            .orElse(List.of());
                }
            }
        }
        return List.of();
    }

    /// The smaller of a cut of the first way and a cut of this one; that of the first when they are
    /// equal. Cuts that take some from each are not looked for, so the answer is known to be the
    /// smallest only when it is a single place.
    StagedCut smaller(StagedCut first, StagedGraph ways, Set<String> places) {
        StagedGraph second = waysTo(ways.passed(places));
        StagedGraph.Search search = second.search(Set.of(), Set.of());
        boolean canBeCut = search.shortest().filter(way -> !way.isEmpty()).isPresent();
        StagedCut cut = first;
        if (canBeCut) {
            StagedCut other = StagedCut.of(second, search.shortest().orElseThrow());
            boolean isSmaller = other.size() > 0 && other.size() < first.size();
            boolean isCut = search.targets().stream().noneMatch(sources::contains);
            cut = isSmaller && isCut ? other : first;
        }
        return new StagedCut(cut.elements(), cut.flows(), cut.size() <= 1);
    }
}
