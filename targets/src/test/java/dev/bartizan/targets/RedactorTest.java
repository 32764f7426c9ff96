package dev.bartizan.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String SECRET = "tok-Alice+5f0e/1d";

    private static String redacted(String text) {
        Redactor redactor = new Redactor();
        redactor.hide(SECRET);
        return redactor.redact(text);
    }

    @Test
    void secretIsTakenOutInEveryCase() {
        assertThat(redacted("a " + SECRET + " b")).isEqualTo("a [redacted] b");
        assertThat(redacted(SECRET.toUpperCase(Locale.ROOT))).isEqualTo("[redacted]");
        assertThat(redacted("İ" + SECRET.toUpperCase(Locale.ROOT))).isEqualTo("İ[redacted]");
    }

    @Test
    void secretIsTakenOutEncoded() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(redacted(HexFormat.of().formatHex(bytes))).isEqualTo("[redacted]");
        assertThat(redacted("tok-Alice%2B5f0e%2F1d")).isEqualTo("[redacted]");
    }

    @Test
    void secretIsTakenOutOfBase64WhereverItStands() {
        for (String before : new String[] {"", "u", "us", "user:"}) {
            byte[] bytes = (before + SECRET + "\n").getBytes(StandardCharsets.UTF_8);
            String kept = redacted("Basic " + Base64.getEncoder().encodeToString(bytes));
            String rest = kept.replace("Basic ", "").replace("[redacted]", "");
            assertThat(kept).contains("[redacted]");
            assertThat(rest.length()).as(kept).isLessThan(12);
        }
    }

    @Test
    void secretThatIsCutOffAtTheEndIsTakenOut() {
        assertThat(redacted("token=" + SECRET.substring(0, 9))).isEqualTo("token=[redacted]");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(80, 'a', 'z').forEach(text::appendCodePoint);
            assertThat(redacted(text.toString())).isEqualTo(text.toString());
        }
    }

    @Test
    void shortSecretsAreLeftAlone() {
        Redactor redactor = new Redactor();
        redactor.hide("abc");
        assertThat(redactor.redact("abcabc")).isEqualTo("abcabc");
    }
}
