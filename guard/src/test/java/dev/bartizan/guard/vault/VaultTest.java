package dev.bartizan.guard.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.guard.Detection;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class VaultTest {
    private static final int ROUNDS = 400;
    private static final String LETTERS = "abcXYZ 0123456789-+@.äßд中😀<>[]\n";

    @Test
    void whatGoesInComesOutInWhateverChunks() {
        Random random = new Random(11);
        Vault vault = new Vault();
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random, 200);
            List<Detection> spans = spans(random, text);
            String hidden = vault.anonymise(text, spans);
            assertThat(chunked(vault.restorer(), hidden, random))
                    .as("round " + round)
                    .isEqualTo(text);
        }
    }

    @Test
    void noPartOfASpanStays() {
        Random random = new Random(12);
        for (int round = 0; round < ROUNDS; round++) {
            String text = "x ".repeat(random.nextInt(9)) + "K7719302-QX44-" + round + "ZZ" + " end";
            int from = text.indexOf('K');
            int to = text.indexOf(" end");
            List<Detection> halves =
                    List.of(
                            new Detection("A", from, from + 9, 1, ""),
                            new Detection("B", from + 4, to, 1, ""));
            String hidden = new Vault().anonymise(text, halves);
            assertThat(hidden).doesNotContain("K7719302").doesNotContain("QX44-" + round + "ZZ");
        }
    }

    @Test
    void sameValueSameTokenWithinASessionOnly() {
        Vault vault = new Vault();
        String text = "call +49 170 5550101 or +49 170 5550101";
        List<Detection> spans =
                List.of(
                        new Detection("PHONE_NUMBER", 5, 20, 1, ""),
                        new Detection("PHONE_NUMBER", 24, 39, 1, ""));
        String hidden = vault.anonymise(text, spans);
        assertThat(hidden.substring(5, 20))
                .isEqualTo(hidden.substring(24, 39))
                .matches("\\+\\d\\d \\d{3} \\d{7}");
        assertThat(new Vault().anonymise(text, spans)).isNotEqualTo(hidden);
    }

    @Test
    void textWithoutTokensPassesAtOnce() {
        Vault vault = new Vault();
        vault.anonymise("secret-value-1234567", List.of(new Detection("X", 0, 20, 1, "")));
        assertThat(vault.restorer().next("Good morning, ")).hasSizeGreaterThan(12);
    }

    @Test
    void fullVaultRedacts() {
        Vault vault = new Vault();
        for (int i = 0; i < Vault.MAX_VALUES; i++) {
            vault.keep("value " + i, "token-" + i + "-" + i);
        }
        assertThat(
                        vault.anonymise(
                                "secret-value-1234567", List.of(new Detection("X", 0, 20, 1, ""))))
                .isEqualTo("[X]");
    }

    @Test
    void sealedVaultOpensWithItsKeyOnly() {
        Vault vault = new Vault();
        String hidden =
                vault.anonymise(
                        "IBAN DE89370400440532013000",
                        List.of(new Detection("IBAN", 5, 27, 1, "")));
        byte[] sealed = SealedVault.seal(vault, key());
        SecretKey right = key();
        byte[] again = SealedVault.seal(vault, right);
        assertThat(SealedVault.open(again, right).restore(hidden))
                .contains("DE89370400440532013000");
        assertThat(new String(again, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("DE8937");
        assertThatThrownBy(() -> SealedVault.open(sealed, right))
                .isInstanceOf(SealedVault.Unopened.class);
        again[again.length - 1] ^= 1;
        assertThatThrownBy(() -> SealedVault.open(again, right))
                .isInstanceOf(SealedVault.Unopened.class);
    }

    private static SecretKey key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    private static String chunked(Restorer restorer, String text, Random random) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            out.append(restorer.next(text.substring(at, end)));
            at = end;
        }
        return out.append(restorer.end()).toString();
    }

    private static String text(Random random, int most) {
        int[] points = LETTERS.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            out.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return out.toString();
    }

    private static List<Detection> spans(Random random, String text) {
        int length = text.codePointCount(0, text.length());
        List<Detection> spans = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int start = random.nextInt(length);
            int end = Math.min(length, start + random.nextInt(30));
            spans.add(new Detection("T" + random.nextInt(3), start, end, 1, ""));
        }
        return spans;
    }
}
