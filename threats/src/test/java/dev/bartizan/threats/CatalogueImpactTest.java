package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.knowledge.CatalogueChange;
import dev.bartizan.knowledge.CatalogueEntry;
import dev.bartizan.threats.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueImpactTest {
    private static final ThreatModel DESK =
            ThreatModel.derive(Systems.parse(Systems.CLAIMS_DESK), List.of());

    private static CatalogueEntry technique(String id, String parent, String maturity) {
        List<String> parents = parent.isEmpty() ? List.of() : List.of(parent);
        String kind = parent.isEmpty() ? "technique" : "subtechnique";
        return new CatalogueEntry(
                "atlas", id, "Name", kind, parents, List.of(), maturity, "", "", List.of());
    }

    private static CatalogueImpact impact(CatalogueChange change, Set<String> testable) {
        return CatalogueImpact.of(
                List.of(change), Map.of("Desk", DESK), RuleBook.bundled(), testable);
    }

    @Test
    void aRiseInMaturityMovesPriorsAndAFallDoesNot() {
        CatalogueEntry evade = technique("AML.T0015", "", "realized");
        CatalogueImpact rise =
                impact(
                        new CatalogueChange.Matured(evade, "feasible"),
                        Set.of("linf-evasion-within-budget"));
        assertThat(rise.priorsThatMove()).isNotEmpty().isEqualTo(rise.touched());
        assertThat(rise.checksMissing()).isEmpty();
        CatalogueEntry fallen = technique("AML.T0015", "", "feasible");
        CatalogueImpact fall = impact(new CatalogueChange.Matured(fallen, "realized"), Set.of());
        assertThat(fall.priorsThatMove()).isEmpty();
        assertThat(fall.touched()).isNotEmpty();
    }

    @Test
    void whatNoRuleMapsToIsToBeWrittenAndTouchesTheThreatsOfItsParent() {
        CatalogueEntry news = technique("AML.T0015.007", "AML.T0015", "feasible");
        CatalogueImpact impact = impact(new CatalogueChange.Added(news), Set.of());
        assertThat(impact.rulesToWrite()).containsExactly(news);
        assertThat(impact.touched())
                .isNotEmpty()
                .allSatisfy(touched -> assertThat(touched.technique()).isEqualTo("AML.T0015.007"));
    }

    @Test
    void aTechniqueThatNoCheckSpeaksToIsNamedWithItsClaims() {
        CatalogueEntry leak = technique("AML.T0056", "", "demonstrated");
        CatalogueChange change = new CatalogueChange.Matured(leak, "feasible");
        assertThat(impact(change, Set.of()).checksMissing())
                .singleElement()
                .satisfies(missing -> assertThat(missing.claims()).contains("prompt-leaks"));
        assertThat(impact(change, Set.of("prompt-leaks")).checksMissing()).isEmpty();
    }

    @Test
    void mitigationsTouchNothing() {
        CatalogueEntry mitigation =
                new CatalogueEntry(
                        "atlas",
                        "AML.M0099",
                        "Name",
                        "mitigation",
                        List.of(),
                        List.of(),
                        "",
                        "",
                        "",
                        List.of("AML.T0015"));
        CatalogueImpact impact = impact(new CatalogueChange.Added(mitigation), Set.of());
        assertThat(impact.touched()).isEmpty();
        assertThat(impact.rulesToWrite()).isEmpty();
    }
}
