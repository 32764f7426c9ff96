package dev.bartizan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Flow;
import dev.bartizan.core.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttackPathTest {
    private static final int NODES = 6;

    @Test
    void pathLeadsFromTheUntrustedToTheWorstConfirmed() {
        AttackPath path = AttackPath.worst(Fixture.assessment()).orElseThrow();

        assertThat(path.elements()).containsExactly("claimant", "intake-api", "scorer");
        assertThat(path.cutInWords()).isEqualTo("cut it at intake-api → scorer");
    }

    @Test
    void nothingConfirmedHasNoPath() {
        assertThat(AttackPath.worst(TestSystems.bare(5, 9, 2))).isEmpty();
    }

    @Test
    void shortestWayIsAsShortAsTryingEverythingFinds() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            List<Flow> flows = flows(random);
            List<Flow> way = new FlowNetwork(flows).shortest(Set.of("n0"), "n5");

            assertThat(way.size()).as("round " + round).isEqualTo(distance(flows));
            for (int i = 1; i < way.size(); i++) {
                assertThat(way.get(i).from()).isEqualTo(way.get(i - 1).to());
            }
        }
    }

    @Test
    void cutIsAsSmallAsTryingEverythingFindsAndCuts() {
        Random random = new Random(6);
        for (int round = 0; round < 2000; round++) {
            List<Flow> flows = flows(random);
            FlowNetwork network = new FlowNetwork(flows);
            int fewest = fewest(flows);
            List<Flow> cut = network.smallestCut(Set.of("n0"), "n5", 3);

            if (fewest > 3) {
                assertThat(cut).as("round " + round).isEmpty();
                continue;
            }
            assertThat(cut).as("round " + round + " " + flows).hasSize(fewest);
            assertThat(network.without(cut).shortest(Set.of("n0"), "n5")).isEmpty();
        }
    }

    @Test
    void anEntryCannotBeCutOff() {
        FlowNetwork network = new FlowNetwork(List.of(flow(0, 1), flow(1, 0)));

        assertThat(network.smallestCut(Set.of("n0", "n1"), "n1", 3)).isEmpty();
        assertThat(network.shortest(Set.of("n0", "n1"), "n1")).isEmpty();
    }

    private static List<Flow> flows(Random random) {
        List<Flow> flows = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            flows.add(flow(random.nextInt(NODES), random.nextInt(NODES)));
        }
        return flows;
    }

    private static Flow flow(int from, int to) {
        return new Flow("n" + from, "n" + to, List.of(), Place.NOWHERE);
    }

    private static int distance(List<Flow> flows) {
        Set<String> reached = new HashSet<>(Set.of("n0"));
        for (int steps = 0; steps <= NODES; steps++) {
            if (reached.contains("n5")) {
                return steps;
            }
            Set<String> more = new HashSet<>();
            for (Flow flow : flows) {
                if (reached.contains(flow.from())) {
                    more.add(flow.to());
                }
            }
            reached.addAll(more);
        }
        return 0;
    }

    /// Tries every set of connections.
    private static int fewest(List<Flow> flows) {
        List<List<String>> pairs =
                new ArrayList<>(
                        new LinkedHashSet<>(
                                flows.stream()
                                        .map(flow -> List.of(flow.from(), flow.to()))
                                        .toList()));
        int fewest = pairs.size();
        for (int set = 0; set < 1 << pairs.size(); set++) {
            int removed = set;
            List<Flow> rest =
                    flows.stream()
                            .filter(flow ->
                                    (removed >> pairs.indexOf(List.of(flow.from(), flow.to())) & 1)
                                            == 0)
                            .toList();
            if (Integer.bitCount(set) < fewest && distance(rest) == 0) {
                fewest = Integer.bitCount(set);
            }
        }
        return fewest;
    }
}
