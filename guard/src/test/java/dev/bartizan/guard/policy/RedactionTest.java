package dev.bartizan.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Judgement;
import dev.bartizan.guard.Kind;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.Verdict;
import dev.bartizan.guard.policy.PolicyGuard.Outcome;
import dev.bartizan.guard.policy.PolicyGuard.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a policy takes out of a text.
final class RedactionTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-28T10:00:00Z"));
    private static final Guard GUARD = Guard.shipped();
    private static final Request ANYBODY = new Request("", "");
    private static final String POLICY =
            "guard: 1\ntexts: { secrets: redact, personal-data: tokenise, hidden-text: redact }\n";
    private static final List<String> TYPES =
            List.of("SECRET", "EMAIL_ADDRESS", "PERSON", "invisible-characters");

    @Test
    void secretsFollowTheTopicOfSecrets() {
        String secret = "x9Kq2LmZ7vRt4WyB8nPc3DfG6hJs";
        Outcome outcome = guard().judge(Part.of(Kind.USER, "api_token = " + secret), ANYBODY);
        assertThat(outcome.action()).isEqualTo(Action.REDACT);
        assertThat(outcome.text()).contains("[SECRET]").doesNotContain(secret);
    }

    /// Every character of the text is another one, so that any that stays shows.
    @Test
    void noPartOfASpanStays() {
        Random random = new Random(20261128);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            int points = 1 + random.nextInt(60);
            for (int i = 0; i < points; i++) {
                text.appendCodePoint((i % 3 == 0 ? 0x20000 : 0x4E00) + i);
            }
            List<Detection> spans = spans(random, points);
            Judgement judgement = new Judgement(Verdict.ALLOW, 0, List.of()).and(spans);
            Part part = Part.of(Kind.USER, text.toString());
            String left = guard().judge(part, ANYBODY, judgement).text();
            for (Detection span : spans) {
                int from = text.offsetByCodePoints(0, span.start());
                int to = text.offsetByCodePoints(from, span.end() - span.start());
                text.substring(from, to)
                        .codePoints()
                        .forEach(point ->
                                assertThat(left).doesNotContain(Character.toString(point)));
            }
        }
    }

    @Test
    void whatNoSpanCoversStaysAsItIs() {
        Judgement judgement =
                new Judgement(
                        Verdict.ALLOW, 0, List.of(new Detection("SECRET", 2, 4, 0.9, "test")));
        Outcome outcome =
                guard().judge(
                                Part.of(Kind.USER, "a\uD83D\uDE00bc\uD83D\uDE00d"),
                                ANYBODY,
                                judgement);
        assertThat(outcome.text()).isEqualTo("a\uD83D\uDE00[SECRET]\uD83D\uDE00d");
    }

    private static List<Detection> spans(Random random, int points) {
        List<Detection> spans = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(points);
            int end = start + random.nextInt(points - start + 1);
            String type = TYPES.get(random.nextInt(TYPES.size()));
            spans.add(new Detection(type, start, end, 0.9, "test"));
        }
        return spans;
    }

    private static PolicyGuard guard() {
        return new PolicyGuard(GUARD, PolicyReaderTest.parse(POLICY), CLOCK);
    }
}
