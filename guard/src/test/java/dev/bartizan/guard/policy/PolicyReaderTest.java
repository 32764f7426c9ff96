package dev.bartizan.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.policy.GuardPolicy.Mode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PolicyReaderTest {
    static final String FULL =
            """
            guard: 1
            mode: enforce
            texts:
              injection: block
              personal-data: tokenise
              secrets: redact
              hidden-text: warn
              types: { IP_ADDRESS: allow }
              exempt:
                - { text: test@corp.example, owner: ana, until: 2026-12-31, reason: the test mailbox }
            tools:
              default: judge
              rule-of-two: ask
              rules:
                - tool: mail/send
                  when: args.to.endsWith("@corp.example") && size(args.body) < 2000
                - tool: pay
                  verdict: ask
                  max-calls: 2
                  max-amount: 500
                  schema:
                    type: object
                    required: [to, amount]
                    properties: { amount: { type: number, maximum: 300 } }
                - { tool: "shell*", verdict: block }
            for:
              - route: /v1/internal/*
                principal: ops-*
                texts: { injection: warn }
            """;

    static GuardPolicy parse(String text) {
        return PolicyReader.parse("policy.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKeyIsRead() {
        GuardPolicy policy = parse(FULL);
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        GuardPolicy.Scope general = policy.scope("/v1/chat", "bob");
        assertThat(general.texts().on("override", "x", LocalDate.of(2026, 11, 28)))
                .isEqualTo(Action.BLOCK);
        assertThat(general.tools().rules()).hasSize(3);
        GuardPolicy.Scope ops = policy.scope("/v1/internal/a", "ops-1");
        assertThat(ops.texts().on("override", "x", LocalDate.of(2026, 11, 28)))
                .isEqualTo(Action.WARN);
        assertThat(policy.digest())
                .isEqualTo(parse(FULL).digest())
                .isNotEqualTo(parse("guard: 1").digest());
    }

    @Test
    void emptyPolicyIsTheDefaults() {
        GuardPolicy.Scope scope = parse("guard: 1").scope("", "");
        assertThat(scope.texts().on("override", "", LocalDate.EPOCH)).isEqualTo(Action.WARN);
        assertThat(scope.texts().on("EMAIL_ADDRESS", "", LocalDate.EPOCH)).isEqualTo(Action.ALLOW);
    }

    @Test
    void exemptionEndsWithItsDay() {
        GuardPolicy.TextRules texts = parse(FULL).scope("", "").texts();
        assertThat(texts.on("EMAIL_ADDRESS", "test@corp.example", LocalDate.of(2026, 12, 31)))
                .isEqualTo(Action.ALLOW);
        assertThat(texts.on("EMAIL_ADDRESS", "test@corp.example", LocalDate.of(2027, 1, 1)))
                .isEqualTo(Action.TOKENISE);
    }

    @Test
    void mistakesAreToldWithPlaceAndNearestKey() {
        String bad =
                "guard: 1\ntext: { injection: block }\ntools:\n  defualt: ask\n  rules:\n    - { verdict: maybe }\n";
        assertThatThrownBy(() -> parse(bad))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("policy.yaml:2:1: Unknown key \"text\"")
                .hasMessageContaining("Did you mean \"texts\"?")
                .hasMessageContaining("policy.yaml:4:3: Unknown key \"defualt\"")
                .hasMessageContaining("needs the key \"tool\"")
                .hasMessageContaining("Unknown value \"maybe\"");
    }

    @Test
    void conditionsAndSchemasAreCheckedWhenRead() {
        String bad =
                "guard: 1\ntools: { rules: [ { tool: a, when: \"args.to.endswith('x')\" }, { tool: b, schema: { oneOf: [] } },"
                        + " { tool: c, pin: abc } ] }";
        assertThatThrownBy(() -> parse(bad))
                .hasMessageContaining("endswith")
                .hasMessageContaining("oneOf")
                .hasMessageContaining("sha256");
    }

    @Test
    void keywordsOfASchemaTakeWhatTheyTake() {
        for (String wrong :
                new String[] {
                    "type: strnig",
                    "maxLength: long",
                    "minimum: { a: 1 }",
                    "required: to",
                    "enum: red",
                    "additionalProperties: { type: string }",
                    "pattern: 7"
                }) {
            String bad =
                    "guard: 1\ntools: { rules: [ { tool: a, schema: { properties: { to: { "
                            + wrong
                            + " } } } } ] }";
            assertThatThrownBy(() -> parse(bad))
                    .as(wrong)
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf(':')) + "\" takes ");
        }
    }

    @Test
    void exemptionNeedsAnOwnerAndADay() {
        assertThatThrownBy(() -> parse("guard: 1\ntexts: { exempt: [ { text: a } ] }"))
                .hasMessageContaining("owner")
                .hasMessageContaining("until");
    }

    @Test
    void brokenFilesAreRefusedNotCrashedOn() {
        Random random = new Random(5);
        byte[] good = FULL.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) "{}[]:-&*!|>'\"%@\t\n x\u0000\u00ff".charAt(random.nextInt(21));
            }
            try {
                assertThat(PolicyReader.parse("f.yaml", bytes).scopes()).isNotEmpty();
            } catch (UserError error) {
                assertThat(error.what()).isNotBlank();
            }
        }
    }

    @Test
    void deepFilesAreRefused() {
        for (String deep :
                new String[] {
                    "[".repeat(5_000), "guard: &a [*a]", "- ".repeat(4_000), "a: {".repeat(3_000)
                }) {
            assertThatThrownBy(() -> parse(deep)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void conditionsDecide() {
        var mapper = JsonMapper.builder().build();
        var args = mapper.readTree("{\"to\":[\"a@corp.example\"],\"n\":5,\"m\":{\"k\":\"é\"}}");
        assertThat(Predicate.parse("args.n >= 5 && !(args.n == 6)").holds(args)).isTrue();
        assertThat(Predicate.parse("'a@corp.example' in args.to").holds(args)).isTrue();
        assertThat(Predicate.parse("args.m[\"k\"] == 'é' && size(args.m.k) == 1").holds(args))
                .isTrue();
        assertThat(Predicate.parse("args.to[0].matches('^[a-z]+@corp[.]example$')").holds(args))
                .isTrue();
        assertThat(Predicate.parse("has(args.cc)").holds(args)).isFalse();
        assertThat(Predicate.parse("args.cc != 'x'").holds(args)).isFalse();
        assertThat(Predicate.parse("!(args.cc == 'x')").holds(args)).isFalse();
        assertThat(Predicate.parse("!has(args.cc) || args.cc == 'b'").holds(args)).isTrue();
        assertThat(Predicate.parse("args.n in [1, 5]").holds(args)).isTrue();
    }

    @Test
    void conditionsReadNumbersBeyondAllBounds() {
        var args = JsonMapper.shared().readTree("{\"n\":" + "9".repeat(400) + ",\"m\":1e999}");
        assertThat(Predicate.parse("args.n < 300").holds(args)).isFalse();
        assertThat(Predicate.parse("args.n > 300 && args.m > 300").holds(args)).isTrue();
        assertThat(Predicate.parse("args.n in [1, 5]").holds(args)).isFalse();
    }
}
