package dev.bartizan.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.UserError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EvidenceJsonTest {
    private static Evidence evidence(String summary) {
        return new Evidence(
                "",
                new Claim("prompt-leaks"),
                "assistant",
                new Evidence.Source.Manual("red team"),
                new Outcome.NotApplicable("no prompt"),
                summary,
                Optional.empty(),
                Digest.of(""),
                Long.MIN_VALUE,
                Instant.MIN,
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Instant.MAX,
                true,
                List.of(),
                List.of());
    }

    @Test
    void allThatIsWrittenReadsBack() {
        GeneratedEvidence generated = new GeneratedEvidence(1);
        Set<Class<?>> outcomes = new HashSet<>();
        Set<Class<?>> sources = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Evidence evidence = generated.next();
            outcomes.add(evidence.outcome().getClass());
            sources.add(evidence.source().getClass());
            String text = Jcs.write(EvidenceJson.write(evidence));
            assertThat(EvidenceJson.parse(text)).isEqualTo(evidence);
            assertThat(Jcs.write(EvidenceJson.write(EvidenceJson.parse(text)))).isEqualTo(text);
        }
        assertThat(outcomes).hasSize(Outcome.class.getPermittedSubclasses().length);
        assertThat(sources).hasSize(Evidence.Source.class.getPermittedSubclasses().length);
    }

    @Test
    void extremeTimesAndSeedsReadBack() {
        Evidence evidence = EvidenceJson.withId(evidence("x"));
        assertThat(EvidenceJson.parse(Jcs.write(EvidenceJson.write(evidence)))).isEqualTo(evidence);
    }

    @Test
    void idDependsOnEverythingElseAndNotOnItself() {
        Evidence one = EvidenceJson.withId(evidence("x"));
        assertThat(one.id()).matches("E-[0-9a-f]{16}");
        assertThat(EvidenceJson.withId(one)).isEqualTo(one);
        assertThat(EvidenceJson.withId(evidence("y")).id()).isNotEqualTo(one.id());
    }

    @Test
    void loneSurrogatesBecomeReplacementCharacters() {
        Evidence evidence = EvidenceJson.withId(evidence("a\ud800b\udc00\ud83d\ude00"));
        String text = Jcs.write(EvidenceJson.write(evidence));
        assertThat(EvidenceJson.parse(text).summary()).isEqualTo("a\ufffdb\ufffd\ud83d\ude00");
    }

    @Test
    void missingAndUnknownKeysAreRefused() {
        ObjectNode whole = EvidenceJson.write(new GeneratedEvidence(3).next());
        for (String key : List.copyOf(whole.propertyNames())) {
            ObjectNode less = whole.deepCopy();
            less.remove(key);
            if (key.equals("target")) {
                assertThat(EvidenceJson.read(less).target()).isEmpty();
            } else {
                assertThatThrownBy(() -> EvidenceJson.read(less))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("\"" + key + "\"");
            }
        }
        assertThatThrownBy(() -> EvidenceJson.read(whole.deepCopy().put("extra", 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"extra\"");
    }

    @Test
    void impossibleValuesAreRefused() {
        ObjectNode whole = EvidenceJson.write(EvidenceJson.withId(evidence("x")));
        for (String[] change :
                new String[][] {
                    {"claim", "No Claim"},
                    {"parameters", "abc"},
                    {"seed", "1.5"},
                    {"seed", "99999999999999999999"},
                    {"started", "yesterday"},
                    {"took", "long"}
                }) {
            assertThatThrownBy(() -> EvidenceJson.read(whole.deepCopy().put(change[0], change[1])))
                    .as(change[0])
                    .isInstanceOf(UserError.class);
        }
    }

    @Test
    void duplicateKeysTrailingTextAndDeepNestingAreRefused() {
        String text = Jcs.write(EvidenceJson.write(EvidenceJson.withId(evidence("x"))));
        String twice = text.replace("{\"claim\"", "{\"claim\":\"a-b-c\",\"claim\"");
        for (String bad : List.of(twice, text + "{}", text + "x", "", "[".repeat(100_000))) {
            assertThatThrownBy(() -> EvidenceJson.parse(bad)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void brokenTextGivesAUserErrorOrEvidenceAndNothingElse() {
        Random random = new Random(9);
        GeneratedEvidence generated = new GeneratedEvidence(9);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = Jcs.bytes(EvidenceJson.write(generated.next()));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            Throwable thrown = catchThrowable(() -> EvidenceJson.parse(text));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(UserError.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
    }
}
