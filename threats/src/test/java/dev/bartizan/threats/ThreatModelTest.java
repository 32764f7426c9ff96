package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Threat;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThreatModelTest {
    private final AiSystem desk = Systems.parse(Systems.CLAIMS_DESK);
    private final ThreatModel model = ThreatModel.derive(desk, List.of());

    private Threat threat(String rule, String at) {
        return model.threats().stream()
                .filter(threat -> threat.rule().equals(rule) && threat.at().equals(at))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + rule + " at " + at));
    }

    @Test
    void claimsDeskGetsTheThreatsOfItsGoldenFile() throws IOException {
        String text =
                model.threats().stream()
                        .map(threat ->
                                threat.severity().word()
                                        + " "
                                        + threat.id()
                                        + " "
                                        + threat.rule()
                                        + " "
                                        + threat.roles()
                                        + " "
                                        + threat.applicability().getClass().getSimpleName())
                        .collect(Collectors.joining("\n", "", "\n"));
        Goldens.check("claims-desk-threats.txt", text);
    }

    @Test
    void everyThreatOfTheClaimsDeskExplainsItselfAsInItsGoldenFile() throws IOException {
        String text =
                model.threats().stream()
                        .map(threat -> model.explain(threat.id()).orElseThrow())
                        .map(why -> String.join("\n", why.lines()) + "\n")
                        .collect(Collectors.joining("\n"));
        Goldens.check("claims-desk-explained.txt", text);
    }

    @Test
    void aPickleCanRunCodeAndOnnxCannot() {
        assertThat(threat("BZ-code-runs-on-load", "checkpoint").confirmedBy())
                .containsExactly(new Claim("code-runs-on-load"));
        assertThat(model.threats())
                .noneMatch(t ->
                        t.rule().equals("BZ-code-runs-on-load") && t.at().equals("fraud-model"));
    }

    @Test
    void whatWasReadOutweighsWhatTheNamePromises() {
        Fact read =
                new Fact(
                        "fraud-model",
                        "artifact.can-hold-code",
                        "true",
                        "read by artifacts",
                        false);
        assertThat(ThreatModel.derive(desk, List.of(read)).threats())
                .anySatisfy(threat -> {
                    assertThat(threat.rule()).isEqualTo("BZ-code-runs-on-load");
                    assertThat(threat.at()).isEqualTo("fraud-model");
                    assertThat(threat.applicability().facts()).contains(read);
                });
    }

    @Test
    void everyProtocolIsAThreatWithItsOwnClaimAndTolerance() {
        List<Threat> broken =
                model.threats().stream()
                        .filter(t -> t.rule().equals("BZ-protocol-broken"))
                        .toList();
        assertThat(broken).hasSize(2);
        Threat secret =
                broken.stream()
                        .filter(t -> "no-foreign-data".equals(t.roles().get("protocol")))
                        .findFirst()
                        .orElseThrow();
        assertThat(secret.at()).isEqualTo("assistant");
        assertThat(secret.confirmedBy())
                .containsExactly(new Claim("protocol-broken/no-foreign-data"));
        assertThat(secret.refutedBy()).isEqualTo(secret.confirmedBy());
        assertThat(secret.tolerance()).isEqualTo(0.02);
    }

    @Test
    void aGuardrailMitigatesAndAPartialOneDoesNot() {
        assertThat(threat("BZ-user-overrides-instructions", "assistant").applicability())
                .isInstanceOfSatisfying(
                        Applicability.Mitigated.class,
                        mitigated ->
                                assertThat(mitigated.controls()).containsExactly("output-filter"));
        AiSystem partial =
                Systems.parse(
                        Systems.CLAIMS_DESK.replace(
                                "kind: guardrail,", "kind: guardrail, strength: partial,"));
        assertThat(ThreatModel.derive(partial, List.of()).threats())
                .filteredOn(t -> t.rule().equals("BZ-user-overrides-instructions"))
                .extracting(Threat::applicability)
                .allSatisfy(
                        outcome -> assertThat(outcome).isInstanceOf(Applicability.Applies.class));
    }

    @Test
    void anUnknownFactIsNamed() {
        AiSystem system = Systems.parse("elements: { g: { kind: guardrail } }");
        assertThat(ThreatModel.derive(system, List.of()).notApplicable())
                .filteredOn(threat -> threat.rule().equals("BZ-guardrail-one-way"))
                .extracting(
                        threat -> ((Applicability.DoesNotApply) threat.applicability()).reason())
                .containsExactly("Nothing is known of direction");
    }

    @Test
    void cyclesOfFlowsEndNoSearch() {
        AiSystem system =
                Systems.parse(
                        """
                        elements: { u: { kind: person }, a: { kind: agent, delegates-to: [b] }, b: { kind: agent, delegates-to: [a] } }
                        flows: [ u -> a -> b -> a, b -> b ]
                        """);
        assertThat(ThreatModel.derive(system, List.of()).threats())
                .anyMatch(t -> t.rule().equals("BZ-prompt-spreads") && t.at().equals("b"));
    }
}
