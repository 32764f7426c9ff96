package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreatDiffTest {
    private static ThreatModel model(String yaml) {
        return ThreatModel.derive(Systems.parse(yaml), List.of());
    }

    private static ThreatDiff diff(String before, String after) {
        return ThreatDiff.between(model(before), model(after));
    }

    @Test
    void aModelComparedWithItselfIsQuiet() {
        assertThat(diff(Systems.CLAIMS_DESK, Systems.CLAIMS_DESK).isEmpty()).isTrue();
        assertThat(diff(Systems.CLAIMS_DESK, Systems.CLAIMS_DESK).markdown())
                .isEqualTo("No threat gained, lost or changed.\n");
    }

    @Test
    void renamingAndMovingTouchesNothing() {
        String renamed =
                Systems.CLAIMS_DESK
                        .replace(
                                "kind: llm,",
                                "kind: llm, name: \"Helper *one*\", layout: { x: 1, y: 2 },")
                        .replace("vpc", "cloud");
        assertThat(diff(Systems.CLAIMS_DESK, renamed).isEmpty()).isTrue();
    }

    @Test
    void everyChangeNamesTheEditThatDidIt() {
        String safer = Systems.CLAIMS_DESK.replace("approval: none", "approval: always");
        ThreatDiff diff = diff(Systems.CLAIMS_DESK, safer);
        assertThat(diff.lost())
                .anySatisfy(change -> {
                    assertThat(change.threat().rule())
                            .isEqualTo("BZ-untrusted-text-reaches-effect");
                    assertThat(change.because()).contains("no longer payout approval = none");
                });
        String unguarded =
                Systems.CLAIMS_DESK.replace("kind: guardrail, policy", "kind: monitoring, policy");
        assertThat(diff(Systems.CLAIMS_DESK, unguarded).changed())
                .anySatisfy(change -> {
                    assertThat(change.threat().rule()).isEqualTo("BZ-content-gives-orders");
                    assertThat(change.what()).isEqualTo("high, mitigated → high, applies");
                    assertThat(change.because())
                            .contains("control removed: output-filter (guardrail) at assistant");
                });
    }

    @Test
    void aNewFlowIsNamedWhereItOpensTheWay() {
        String closed =
                """
                bartizan: 1
                zones: { internet: untrusted, vpc: internal }
                elements:
                  caller: { kind: person, zone: internet }
                  helper: { kind: agent, zone: vpc, tools: [payout] }
                  payout: { kind: tool, zone: vpc, effect: money, approval: none }
                """;
        assertThat(diff(closed, closed + "flows: [ caller -> helper ]\n").gained())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.because()).isNotEmpty())
                .anySatisfy(change ->
                        assertThat(change.because()).contains("new flow caller -> helper"));
    }

    @Test
    void namesCannotBreakTheTable() {
        String hostile =
                Systems.CLAIMS_DESK.replace(
                        "kind: tool, effect", "kind: tool, name: \"a | b `c` <img> @all\", effect");
        String safer = hostile.replace("approval: none", "approval: always");
        assertThat(diff(hostile, safer).markdown())
                .contains("a \\| b \\`c\\` \\<img\\> \\@all")
                .doesNotContain("<img>");
    }
}
