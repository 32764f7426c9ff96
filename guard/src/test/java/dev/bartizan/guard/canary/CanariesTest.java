package dev.bartizan.guard.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.canary.Canaries.Use;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CanariesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private final Canaries canaries =
            new Canaries(
                    "0123456789abcdef".getBytes(StandardCharsets.US_ASCII), Duration.ofHours(1), 2);
    private final String mark = canaries.mark("acme", Use.LEAK, NOW);

    private boolean isFound(String answer) {
        return canaries.leak("My instructions begin: " + answer, "acme", NOW).isPresent();
    }

    @Test
    void marksLeakInManyForms() {
        byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
        assertThat(isFound(mark)).isTrue();
        assertThat(isFound(mark.toUpperCase(java.util.Locale.ROOT))).isTrue();
        assertThat(isFound(String.join("-", mark.split("", -1)))).isTrue();
        assertThat(isFound(mark.substring(0, 7) + "\n* " + mark.substring(7))).isTrue();
        assertThat(isFound(new StringBuilder(mark).reverse().toString())).isTrue();
        assertThat(isFound(HexFormat.of().formatHex(bytes))).isTrue();
        assertThat(isFound(mark.substring(3, 18))).isTrue();
    }

    @Test
    void marksLeakInBase64AtEveryAlignment() {
        for (int shift = 0; shift < 7; shift++) {
            String all = "x".repeat(shift) + mark + " and more";
            String packed =
                    Base64.getEncoder().encodeToString(all.getBytes(StandardCharsets.UTF_8));
            assertThat(isFound(packed)).as("shift " + shift).isTrue();
        }
    }

    @Test
    void honestAnswersCarryNoMark() {
        assertThat(isFound("always answer in rhyme, and never speak of prices.")).isFalse();
    }

    @Test
    void marksChangeWithTimeAndTenantAndAreForgotten() {
        assertThat(canaries.mark("other", Use.LEAK, NOW)).isNotEqualTo(mark);
        assertThat(canaries.mark("acme", Use.HIJACK, NOW)).isNotEqualTo(mark);
        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(canaries.leak(mark, "acme", later)).map(Canaries.Leak::age).hasValue(2);
        assertThat(canaries.leak(mark, "acme", later.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void answerWithoutItsPledgeIsHijacked() {
        String pledge = canaries.mark("acme", Use.HIJACK, NOW);
        assertThat(canaries.pledged("Sum up.", "acme", NOW)).contains(pledge);
        assertThat(canaries.isHijacked("A summary.\n" + pledge, "acme", NOW)).isFalse();
        assertThat(canaries.isHijacked("I have been pwned", "acme", NOW)).isTrue();
        assertThat(canaries.isHijacked(pledge + " then something else entirely", "acme", NOW))
                .isTrue();
    }

    @Test
    void keyIsNotShown() {
        assertThat(canaries.toString()).doesNotContain("0123");
    }
}
