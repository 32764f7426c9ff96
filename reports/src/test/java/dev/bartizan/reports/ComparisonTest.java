package dev.bartizan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Coverage;
import dev.bartizan.core.Severity;
import dev.bartizan.core.Standing;
import dev.bartizan.reports.ComparableAssessment.ComparableThreat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void sameAssessmentHasNoChange() {
        ComparableAssessment same = ComparableAssessment.of(Fixture.assessment());
        Comparison comparison = Comparison.between(same, same);

        assertThat(comparison.unchanged()).hasSize(same.threats().size());
        assertThat(comparison.appeared()).isEmpty();
        assertThat(comparison.changed()).isEmpty();
        assertThat(comparison.gone()).isEmpty();
        assertThat(comparison.coverageCaution()).isEmpty();
    }

    @Test
    void everyThreatIsNewUnchangedChangedOrGone() {
        ComparableAssessment before =
                assessment(List.of("a", "b"), untested("T-1"), cleared("T-2"), untested("T-3"));
        ComparableAssessment now =
                assessment(List.of("b", "c"), untested("T-1"), untested("T-2"), cleared("T-4"));
        Comparison comparison = Comparison.between(before, now);

        assertThat(comparison.stateOf("T-1")).isEqualTo(Comparison.State.UNCHANGED);
        assertThat(comparison.stateOf("T-2")).isEqualTo(Comparison.State.CHANGED);
        assertThat(comparison.stateOf("T-3")).isEqualTo(Comparison.State.GONE);
        assertThat(comparison.stateOf("T-4")).isEqualTo(Comparison.State.NEW);
        assertThat(comparison.removedElements()).containsExactly("a");
        assertThat(comparison.addedElements()).containsExactly("c");
    }

    @Test
    void loweredSeverityIsAChange() {
        ComparableThreat high = threat("T-1", Severity.HIGH, Standing.UNTESTED, true, false);
        ComparableThreat low = threat("T-1", Severity.LOW, Standing.UNTESTED, true, false);

        assertThat(
                        Comparison.between(assessment(List.of(), high), assessment(List.of(), low))
                                .changed())
                .hasSize(1);
    }

    @Test
    void riseThatComesOnlyFromADeletedElementIsSaid() {
        Comparison comparison =
                Comparison.between(
                        assessment(List.of("a", "b"), cleared("T-1"), untested("T-2")),
                        assessment(List.of("a"), cleared("T-1")));

        assertThat(comparison.coverageCaution())
                .hasValueSatisfying(caution ->
                        assertThat(caution)
                                .contains("50\u00a0% to 100\u00a0%", "only because 1 threat")
                                .contains("1 element", "it would be 50\u00a0%"));
    }

    @Test
    void riseThatIsPartlyEarnedSaysSo() {
        Comparison comparison =
                Comparison.between(
                        assessment(List.of(), untested("T-1"), untested("T-2"), cleared("T-3")),
                        assessment(List.of(), cleared("T-1"), cleared("T-3")));

        assertThat(comparison.coverageCaution())
                .hasValueSatisfying(caution -> assertThat(caution).contains("in part", "66"));
    }

    @Test
    void riseThatIsEarnedNeedsNoCaution() {
        Comparison comparison =
                Comparison.between(
                        assessment(List.of(), untested("T-1"), cleared("T-2")),
                        assessment(List.of(), cleared("T-1"), cleared("T-2")));

        assertThat(comparison.coverageCaution()).isEmpty();
    }

    @Test
    void threatThatAMereDeclarationTakesOutOfTheCountVanished() {
        ComparableThreat mitigated = threat("T-2", Severity.HIGH, Standing.DECLARED, false, false);
        Comparison comparison =
                Comparison.between(
                        assessment(List.of(), cleared("T-1"), untested("T-2")),
                        assessment(List.of(), cleared("T-1"), mitigated));

        assertThat(comparison.coverageCaution())
                .hasValueSatisfying(caution -> assertThat(caution).contains("only because"));
    }

    @Test
    void deletingNeverRaisesCoverageUnsaid() {
        Random random = new Random(20261124);
        for (int round = 0; round < 2000; round++) {
            List<ComparableThreat> all = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                all.add(random.nextBoolean() ? cleared("T-" + i) : untested("T-" + i));
            }
            List<ComparableThreat> kept = new ArrayList<>(all);
            kept.removeIf(_ -> random.nextInt(3) == 0);
            ComparableAssessment before = assessment(List.of(), all);
            ComparableAssessment now = assessment(List.of(), kept);
            boolean hasRisen = now.coverage().adequateShare() > before.coverage().adequateShare();

            assertThat(Comparison.between(before, now).coverageCaution().isPresent())
                    .as("round " + round)
                    .isEqualTo(hasRisen);
        }
    }

    private static ComparableThreat untested(String id) {
        return threat(id, Severity.HIGH, Standing.UNTESTED, true, false);
    }

    private static ComparableThreat cleared(String id) {
        return threat(id, Severity.HIGH, Standing.CLEARED, true, true);
    }

    private static ComparableThreat threat(
            String id, Severity severity, Standing standing, boolean applies, boolean isAdequate) {
        return new ComparableThreat(
                id, "rule", "title", "at", severity, standing, applies, isAdequate);
    }

    private static ComparableAssessment assessment(
            List<String> elements, ComparableThreat... threats) {
        return assessment(elements, Arrays.asList(threats));
    }

    private static ComparableAssessment assessment(
            List<String> elements, List<ComparableThreat> threats) {
        List<ComparableThreat> counted =
                threats.stream().filter(ComparableThreat::applies).toList();
        int adequate = (int) counted.stream().filter(ComparableThreat::isAdequate).count();
        return new ComparableAssessment(
                "system",
                Fixture.AT,
                elements,
                threats,
                new Coverage(counted.size(), adequate, 1, 1, Optional.empty()));
    }
}
