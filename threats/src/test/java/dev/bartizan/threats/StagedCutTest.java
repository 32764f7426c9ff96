package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Flow;
import dev.bartizan.threats.StagedGraph.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds cuts of random graphs with and without gates against trying every set of places.
class StagedCutTest {
    private static final int ROUNDS = 80;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theCutCutsAndNoSmallerOneDoes(int gates) {
        Random random = new Random(100 + gates);
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Case example = Case.of(random, gates);
            Optional<List<Flow>> way = example.graph().search(Set.of(), Set.of()).shortest();
            if (way.isEmpty()) {
                continue;
            }
            found++;
            StagedCut cut = StagedCut.of(example.graph(), way.get());
            Set<Edge> edges = new HashSet<>();
            cut.flows().forEach(flow -> edges.add(Edge.of(flow)));
            assertThat(example.graph().search(Set.copyOf(cut.elements()), edges).targets())
                    .as("%s", example)
                    .isEmpty();
            assertThat(cut.isSmallest()).isTrue();
            int size = cut.elements().size() + cut.flows().size();
            assertThat(size).as("%s", example).isEqualTo(example.smallest(size));
        }
        assertThat(found).isGreaterThan(ROUNDS / 8);
    }

    /// A random graph and the places where it may be cut.
    private record Case(StagedGraph graph, String yaml, List<Object> places) {
        static Case of(Random random, int gates) {
            int size = 4 + random.nextInt(4);
            Set<String> flows = new LinkedHashSet<>();
            for (int i = 0; i < 5 + random.nextInt(8); i++) {
                flows.add("e" + random.nextInt(size) + " -> e" + random.nextInt(size));
            }
            StringBuilder yaml = new StringBuilder("elements:\n");
            for (int i = 0; i < size; i++) {
                yaml.append("  e").append(i).append(": { kind: tool }\n");
            }
            yaml.append("flows: ").append(flows).append('\n');
            AiSystem system = Systems.parse(yaml.toString());
            List<Set<String>> through = new ArrayList<>();
            for (int i = 0; i < gates; i++) {
                through.add(some(random, size));
            }
            Set<String> sources = Set.of("e0");
            StagedGraph graph =
                    new StagedGraph(
                            SystemGraph.of(system), sources, through, some(random, size), Set.of());
            List<Object> places = new ArrayList<>(system.elements().keySet());
            places.removeAll(sources);
            system.flows().forEach(flow -> places.add(Edge.of(flow)));
            return new Case(graph, yaml.toString(), List.copyOf(new LinkedHashSet<>(places)));
        }

        private static Set<String> some(Random random, int size) {
            Set<String> some = new TreeSet<>();
            for (int i = 0; i < 2; i++) {
                some.add("e" + random.nextInt(size));
            }
            return some;
        }

        /// The size of the smallest cut, when it is below the limit; else the limit.
        int smallest(int limit) {
            for (int size = 1; size < limit; size++) {
                if (isCutBy(new ArrayList<>(), 0, size)) {
                    return size;
                }
            }
            return limit;
        }

        private boolean isCutBy(List<Object> taken, int from, int more) {
            if (more == 0) {
                return isCut(taken);
            }
            for (int i = from; i < places.size(); i++) {
                taken.add(places.get(i));
                boolean isCut = isCutBy(taken, i + 1, more - 1);
                taken.removeLast();
                if (isCut) {
                    return true;
                }
            }
            return false;
        }

        private boolean isCut(Collection<Object> taken) {
            Set<String> elements = new HashSet<>();
            Set<Edge> edges = new HashSet<>();
            for (Object place : taken) {
                if (place instanceof String element) {
                    elements.add(element);
                } else if (place instanceof Edge edge) {
                    edges.add(edge);
                }
            }
            return graph.search(elements, edges).targets().isEmpty();
        }
    }
}
