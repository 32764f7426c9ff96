package dev.bartizan.core.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice.miller@example.com|e-mail-address",
                "AKIAIOSFODNN7EXAMPLE|key",
                "password = hunter2hunter2|key",
                "-----BEGIN RSA PRIVATE KEY-----|key",
                "4111 1111 1111 1111 x 5500-0000-0000-0004|card-number",
                "DE89 3704 0044 0532 0130 00|account-number",
                "ssn 078-05-1120|social-security-number",
                "+49 (30) 1234-5678|phone-number",
                "trained in /home/alice/letters|home-folder"
            })
    void kindsOfPrivateTextAreTold(String text, String kind) {
        assertThat(PrivateText.kind(text)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the",
                "Ġhello",
                "<|im_start|>",
                "@property",
                "1234567890123456",
                "0000000000000000",
                "3.14159265358979",
                "2024-11-28",
                "----------------",
                "user@",
                "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁"
            })
    void ordinaryTokensAreLeftAlone(String text) {
        assertThat(PrivateText.kindOfEntry(text)).isEmpty();
    }

    @Test
    void aWholeSentenceInAVocabularyIsTextThatSomebodyWrote() {
        String entry = "the claimant told us that she left her husband";
        assertThat(PrivateText.kindOfEntry(entry)).contains("sentence");
        assertThat(PrivateText.kind(entry)).isEmpty();
    }

    @Test
    void longHostileTextsTakeNoLongTime() {
        String text = "a.".repeat(50_000) + "@" + "b.".repeat(50_000);
        assertThatCode(() -> PrivateText.kind(text)).doesNotThrowAnyException();
        assertThat(PrivateText.kind("4 ".repeat(100_000))).isEmpty();
    }
}
