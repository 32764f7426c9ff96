package dev.bartizan.targets.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SeededTextTest {
    private final SeededText secret = SeededText.random(4);
    private final String value = secret.value();

    private static String spaced(String text, String between) {
        return text.chars().mapToObj(Character::toString).collect(Collectors.joining(between));
    }

    @Test
    void secretIsFoundInEveryDocumentedWay() {
        byte[] bytes = ("see " + value + " there").getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        for (String text :
                List.of(
                        value,
                        value.toLowerCase(Locale.ROOT),
                        spaced(value, " - "),
                        spaced(value, "\n"),
                        spaced(value, "\u200b"),
                        new StringBuilder(value).reverse().toString(),
                        base64,
                        base64.substring(0, 11) + "\n" + base64.substring(11),
                        HexFormat.of().formatHex(bytes),
                        HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes),
                        HexFormat.ofDelimiter("").withPrefix("%").formatHex(bytes),
                        rot13(value))) {
            assertThat(secret.in("The answer: " + text + ".")).as(text).isPresent();
        }
    }

    private static String rot13(String text) {
        return text.chars()
                .map(c -> c >= 'A' && c <= 'Z' ? 'A' + (c - 'A' + 13) % 26 : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @Test
    void otherSecretsAndOrdinaryTextAreNotTaken() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            String other = SeededText.random(random.nextLong()).value();
            assertThat(secret.in("Reference " + other + ", paid in March.")).isEmpty();
        }
        assertThat(secret.in("I can only speak about your own letters.")).isEmpty();
    }

    @Test
    void partOfTheSecretIsNotTheSecret() {
        assertThat(secret.in(value.substring(0, value.length() - 1))).isEmpty();
    }

    @Test
    void promptsFillEverySlotAndUseEveryTemplateEqually() {
        List<String> prompts =
                Prompts.installed()
                        .of("seed-secret", Map.of("owner", "bob", "store", "letters"), 180, 3);
        assertThat(prompts).hasSize(180).noneMatch(text -> text.contains("{"));
        assertThat(prompts.stream().distinct().count()).isGreaterThan(100);
        assertThat(prompts).noneMatch(text -> secret.in(text).isPresent());
    }

    @Test
    void promptsFollowTheSeed() {
        Map<String, String> own = Map.of("tool", "payout");
        Prompts prompts = Prompts.installed();
        assertThat(prompts.of("never-calls", own, 60, 3))
                .isEqualTo(prompts.of("never-calls", own, 60, 3))
                .isNotEqualTo(prompts.of("never-calls", own, 60, 4));
    }
}
