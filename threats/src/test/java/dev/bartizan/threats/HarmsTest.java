package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Threat;
import dev.bartizan.knowledge.Catalogues;
import dev.bartizan.threats.rules.Harm;
import dev.bartizan.threats.rules.Harms;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarmsTest {
    private static Threat evasion(String decides) {
        String yaml =
                """
                zones: { internet: untrusted }
                elements:
                  caller: { kind: person, zone: internet }
                  api: { kind: inference-service, exposes: public, decides: %s }
                flows: [ caller -> api ]
                """
                        .formatted(decides);
        return ThreatModel.derive(Systems.parse(yaml), List.of()).threats().stream()
                .filter(threat -> threat.rule().equals("BZ-decision-can-be-evaded"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsHarmedFollowsFromWhatIsDecided() {
        assertThat(evasion("money").mappings().get("atlas"))
                .contains("AML.T0015", "AML.T0048.000")
                .doesNotContain("AML.T0048.003");
        assertThat(evasion("money").why()).endsWith("Somebody loses money.");
        assertThat(evasion("health").mappings().get("atlas")).contains("AML.T0048.003");
    }

    @Test
    void aHarmChangesNoId() {
        assertThat(evasion("money").id()).isEqualTo(evasion("health").id());
    }

    @Test
    void everyHarmIsInTheCatalogue() {
        assertThat(Harms.bundled())
                .extracting(Harm::atlas)
                .allSatisfy(id -> assertThat(Catalogues.bundled().entry("atlas", id)).isPresent());
    }
}
