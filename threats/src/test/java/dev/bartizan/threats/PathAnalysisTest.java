package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Flow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathAnalysisTest {
    private static Optional<Crossing> crossing(String yaml, String question) {
        AiSystem system = Systems.parse(yaml);
        return ThreatModel.derive(system, List.of()).crossings().stream()
                .filter(crossing -> crossing.question().equals(question))
                .findFirst();
    }

    private static final String TWO_WAYS =
            """
            zones: { internet: untrusted }
            elements:
              web:    { kind: web-application, zone: internet }
              mail:   { kind: tool, zone: internet }
              reader: { kind: llm }
              worker: { kind: agent, tools: [pay, ship], delegates-to: [] }
              pay:    { kind: tool, effect: money }
              ship:   { kind: tool, effect: physical }
            flows: [ web -> reader, mail -> reader, reader -> worker ]
            """;

    @Test
    void theShortestWayAndTheSmallestCutAreFound() {
        Crossing crossing = crossing(TWO_WAYS, "untrusted-content-to-effect").orElseThrow();
        assertThat(crossing.targets()).containsExactly("pay", "ship");
        assertThat(crossing.shortest())
                .extracting(Flow::to)
                .containsExactly("reader", "worker", "pay");
        assertThat(crossing.cutSize()).isEqualTo(1);
        assertThat(crossing.cutElements()).containsExactly("reader");
    }

    @Test
    void aControlAtTheCutClosesEveryWay() {
        String guarded = TWO_WAYS + "controls: [ { at: reader, kind: content-separation } ]\n";
        assertThat(crossing(guarded, "untrusted-content-to-effect")).isEmpty();
        String elsewhere = TWO_WAYS + "controls: [ { at: pay, kind: human-approval } ]\n";
        assertThat(crossing(elsewhere, "untrusted-content-to-effect").orElseThrow().targets())
                .containsExactly("ship");
    }

    @Test
    void theWayMustPassWhatTheQuestionNames() {
        String direct =
                """
                zones: { internet: untrusted }
                elements:
                  web: { kind: web-application, zone: internet }
                  shop: { kind: web-application }
                  pay: { kind: tool, effect: money }
                flows: [ web -> shop -> pay ]
                """;
        assertThat(crossing(direct, "untrusted-content-to-effect")).isEmpty();
    }

    /// Holds the cut of random networks against trying every set of edges.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noSmallerCutExists(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            int nodes = 3 + random.nextInt(4);
            List<int[]> edges = new ArrayList<>();
            for (int i = 0; i < 3 + random.nextInt(8); i++) {
                edges.add(new int[] {random.nextInt(nodes), random.nextInt(nodes)});
            }
            MinCut network = new MinCut();
            for (int i = 0; i < nodes; i++) {
                network.node();
            }
            edges.forEach(edge -> network.edge(edge[0], edge[1], 1));
            List<Integer> cut = network.between(0, nodes - 1);
            assertThat(isCut(edges, nodes, cut)).isTrue();
            assertThat(cut).hasSize(smallest(edges, nodes));
        }
    }

    private static boolean isCut(List<int[]> edges, int nodes, List<Integer> cut) {
        BitSet reached = new BitSet();
        reached.set(0);
        for (int round = 0; round < nodes; round++) {
            for (int i = 0; i < edges.size(); i++) {
                if (!cut.contains(2 * i) && reached.get(edges.get(i)[0])) {
                    reached.set(edges.get(i)[1]);
                }
            }
        }
        return !reached.get(nodes - 1);
    }

    private static int smallest(List<int[]> edges, int nodes) {
        int best = edges.size();
        for (int set = 0; set < 1 << edges.size(); set++) {
            List<Integer> cut = new ArrayList<>();
            for (int i = 0; i < edges.size(); i++) {
                if ((set >> i & 1) == 1) {
                    cut.add(2 * i);
                }
            }
            if (cut.size() < best && isCut(edges, nodes, cut)) {
                best = cut.size();
            }
        }
        return best;
    }
}
