package dev.bartizan.threats.systemfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Decision;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Flow;
import dev.bartizan.core.Oracle;
import dev.bartizan.core.Place;
import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.Zone;
import dev.bartizan.threats.Systems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SystemFilesTest {
    @Test
    void theWholeGrammarIsRead() {
        AiSystem system = Systems.parse(Systems.CLAIMS_DESK);
        assertThat(system.name()).isEqualTo("Claims desk");
        assertThat(system.environment()).isEqualTo("staging");
        assertThat(system.profile().texts("sector")).containsExactly("insurance");
        assertThat(system.zones()).containsEntry("vpc", new Zone("vpc", Zone.Trust.INTERNAL));
        assertThat(system.elements().keySet())
                .containsExactly(
                        "claimant",
                        "intake-api",
                        "fraud-model",
                        "checkpoint",
                        "claims-history",
                        "claim-letters",
                        "assistant",
                        "payout");
        assertThat(system.element("claimant").orElseThrow().kind()).isEqualTo(ElementKind.END_USER);
        assertThat(system.element("claimant").orElseThrow().place())
                .isEqualTo(new Place("system.yaml", 7, 3));
        assertThat(system.artifact(system.element("fraud-model").orElseThrow()).orElseThrow())
                .endsWithRaw(Path.of("models/fraud.onnx"));
        assertThat(system.flows())
                .containsExactly(
                        new Flow(
                                "claimant",
                                "intake-api",
                                List.of("claim"),
                                new Place("system.yaml", 18, 5)),
                        new Flow(
                                "claimant",
                                "assistant",
                                List.of("prompt"),
                                new Place("system.yaml", 19, 5)));
        assertThat(system.controls().get(0).attributes().text("policy"))
                .contains("guard/policy.yaml");
        assertThat(system.protocols().get(0).oracle())
                .contains(new Oracle.SeededSecret("bob", "claim-letters", "alice"));
        assertThat(system.protocols().get(1).oracle())
                .contains(new Oracle.NeverCalls("payout", Optional.of("approved")));
        assertThat(system.protocols().get(0).tolerance()).isEqualTo(0.02);
        assertThat(system.decisions().get(0).action()).isEqualTo(Decision.Action.ACCEPT);
        assertThat(system.decisions().get(0).until()).isEqualTo(LocalDate.of(2027, 3, 31));
    }

    @Test
    void everythingHasADefault() {
        AiSystem system = Systems.parse("elements: { a: { kind: llm } }");
        assertThat(system.name()).isEqualTo("system");
        assertThat(system.environment()).isEqualTo("production");
        assertThat(system.allowsEffects()).isFalse();
        assertThat(system.element("a").orElseThrow().label()).isEqualTo("a");
        assertThat(system.element("a").orElseThrow().zone()).isEmpty();
    }

    @Test
    void aChainIsOneFlowAStep() {
        AiSystem system =
                Systems.parse(
                        """
                        elements: { a: { kind: llm }, b: { kind: llm }, c: { kind: llm } }
                        flows: [ a -> b -> c, "c->a": x ]
                        """);
        assertThat(system.flows())
                .extracting(flow -> flow.from() + flow.to() + flow.carries())
                .containsExactly("ab[]", "bc[]", "ca[x]");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreFine() {
        AiSystem system = Systems.parse("\uFEFFsystem: Ü\r\nelements:\r\n  a: { kind: llm }\r\n");
        assertThat(system.name()).isEqualTo("Ü");
        assertThat(system.element("a").orElseThrow().place().line()).isEqualTo(3);
    }

    @Test
    void anchorsAndAliasesAreFollowed() {
        AiSystem system = Systems.parse("elements:\n  a: &m { kind: llm, name: Twin }\n  b: *m\n");
        assertThat(system.element("b").orElseThrow().label()).isEqualTo("Twin");
    }

    @Test
    void controlsWithoutIdGetOneOfTheirOwn() {
        AiSystem system =
                Systems.parse(
                        """
                        elements: { a: { kind: llm } }
                        controls: [ { at: a, kind: guardrail }, { at: a, kind: guardrail } ]
                        """);
        assertThat(system.controls())
                .extracting(dev.bartizan.core.Control::id)
                .containsExactly("guardrail-at-a", "guardrail-at-a-2");
    }

    @Test
    void parametersOfChecksKeepTheirOrder() {
        List<String> checks = IntStream.range(0, 9).mapToObj(i -> "check" + i * 7919 % 23).toList();
        SystemSchema schema =
                SystemSchema.of(
                        checks.stream()
                                .map(check ->
                                        new SchemaFragment(
                                                SchemaFragment.Place.CHECK,
                                                check,
                                                "{\"type\": \"object\"}"))
                                .toList());
        String file =
                "elements: { a: { kind: llm } }\nchecks: { "
                        + String.join(": { tries: 1 }, ", checks)
                        + ": { tries: 1 } }";
        AiSystem system =
                SystemFiles.parse(Path.of("s.yaml"), file.getBytes(StandardCharsets.UTF_8), schema);
        assertThat(system.checkParameters().keySet()).containsExactlyElementsOf(checks);
    }

    @Test
    void keysOfModulesAreReadAndTheirErrorsPlaced() {
        List<SchemaFragment> fragments =
                List.of(
                        new SchemaFragment(
                                SchemaFragment.Place.CHECK,
                                "evasion",
                                """
                                {"type": "object", "additionalProperties": false,
                                 "properties": {"max-cost": {"type": "number", "minimum": 0}}}
                                """),
                        new SchemaFragment(
                                SchemaFragment.Place.ELEMENT, "colour", "{\"enum\": [\"red\"]}"));
        SystemSchema schema = SystemSchema.of(fragments);
        String good =
                "elements: { a: { kind: llm, colour: red } }\nchecks: { evasion: { max-cost: 200 } }";
        AiSystem system =
                SystemFiles.parse(Path.of("s.yaml"), good.getBytes(StandardCharsets.UTF_8), schema);
        assertThat(
                        system.checkParameters()
                                .getOrDefault("evasion", Attributes.NONE)
                                .number("max-cost"))
                .contains(200L);
        String bad =
                "elements: { a: { kind: llm, colour: rad } }\nchecks: { evasion: { max-cost: -1 } }";
        SystemFileErrors errors =
                org.assertj.core.api.Assertions.catchThrowableOfType(
                        SystemFileErrors.class,
                        () ->
                                SystemFiles.parse(
                                        Path.of("s.yaml"),
                                        bad.getBytes(StandardCharsets.UTF_8),
                                        schema));
        assertThat(errors)
                .hasMessage(
                        """
                        s.yaml:1:37: Unknown value "rad" for "colour". Did you mean "red"?
                        s.yaml:2:32: "max-cost" must be at least 0.\
                        """);
    }
}
