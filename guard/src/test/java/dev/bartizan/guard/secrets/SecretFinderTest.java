package dev.bartizan.guard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.training.MadeSecrets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SecretFinderTest {
    @Test
    void importedRuleFindsItsSecretWithItsPlace() {
        List<SecretRule> rules =
                GitleaksRules.parse(
                        "[[rules]]\nid = \"t\"\nregex = '''tok_([a-z0-9]{8})'''\nentropy = 2\nkeywords = [\n  \"tok_\", # start\n]\n",
                        "rules.toml");
        assertThat(new SecretFinder(rules).find("😀 tok_a1b2c3d4"))
                .singleElement()
                .satisfies(d -> assertThat(List.of(d.start(), d.end())).containsExactly(6, 14));
        assertThat(new SecretFinder(rules).find("tok_aaaaaaaa")).isEmpty();
    }

    @Test
    void brokenRuleFilesSayWhereTheyAreBroken() {
        Random random = new Random(3);
        String good = "[[rules]]\nid = \"t\"\nregex = '''a+'''\nkeywords = [\"a\"]\n";
        for (int i = 0; i < 500; i++) {
            StringBuilder bad = new StringBuilder(good);
            bad.setCharAt(random.nextInt(bad.length()), (char) (32 + random.nextInt(95)));
            try {
                GitleaksRules.parse(bad.toString(), "x");
            } catch (UserError e) {
                assertThat(e.where()).startsWith("x:");
            }
        }
        assertThatThrownBy(
                        () -> GitleaksRules.parse("[[rules]]\nid = \"t\"\nregex = '''a('''\n", "x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("RE2");
    }

    @Test
    void shippedRulesFindTokensAndLeaveWordsAlone() {
        SecretFinder finder = SecretFinder.shipped();
        String token = "gh" + "p_" + "x9Kq2LmZ7vRt4WyB8nPc3DfG6hJs1AeU5oQi";
        assertThat(finder.find("push with " + token)).hasSize(1);
        assertThat(finder.find("The key to a good token economy is a password policy.")).isEmpty();
    }

    @Test
    void aPrivateKeyIsFoundWhole() {
        String line = "MIIEpAIBAAKCAQEA7q3vTnX5bWc0uYz1Rk8LmPd2sQe9HfJ6gAoBiCxDyEwFvGtU\n";
        String head = "-----BEGIN RSA " + "PRIVATE KEY-----";
        String key = head + "\n" + line.repeat(12) + head.replace("BEGIN", "END");
        assertThat(SecretFinder.shipped().find("key:\n" + key + "\n"))
                .singleElement()
                .satisfies(d -> assertThat(d.end() - d.start()).isEqualTo(key.length()));
    }

    @Test
    void madeSecretsAreFoundAndTheirLookAlikesLeftAlone() {
        SecretFinder finder = SecretFinder.shipped();
        List<MadeSecrets.Made> made = MadeSecrets.of(5);
        double secrets = made.stream().filter(MadeSecrets.Made::isSecret).count();
        double found =
                made.stream().filter(m -> m.isSecret() && !finder.find(m.text()).isEmpty()).count();
        double wrong =
                made.stream()
                        .filter(m -> !m.isSecret() && !finder.find(m.text()).isEmpty())
                        .count();
        assertThat(found / secrets).isGreaterThan(0.95);
        assertThat(wrong / (made.size() - secrets)).isLessThan(0.03);
    }

    @Test
    void wideRepetitionsLoseTheirBoundAndKeepTheirLength() {
        RepetitionLimits limits = RepetitionLimits.of("(?i)[\\w.-]{0,50}?key=([a-z0-9]{10,150});");
        assertThat(limits.expression()).isEqualTo("(?i)key=([a-z0-9]{10,});");
        assertThat(limits.longest()).isEqualTo(205);
        assertThat(RepetitionLimits.of("a[{0,90}]\\{1,90}x{3,9}(?:b|cd){2}").longest())
                .isEqualTo(RepetitionLimits.UNLIMITED);
        assertThat(RepetitionLimits.of("^(?:b|cd){2}\\x{41}[^]]{0,30}$").longest()).isEqualTo(35);
    }

    @Test
    void wordsLongerThanTheBoundAreNoSecrets() {
        SecretFinder finder =
                new SecretFinder(
                        GitleaksRules.parse(
                                """
                                [[rules]]
                                id = "t"
                                regex = '''tok_([a-z0-9]{8,40});'''
                                keywords = ["tok_"]
                                """,
                                "rules.toml"));
        String tooLong = "a1".repeat(20) + "b";
        assertThat(finder.find("tok_" + tooLong + "; tok_" + tooLong.substring(1) + ";"))
                .singleElement()
                .satisfies(d -> assertThat(d.end() - d.start()).isEqualTo(40));
    }

    @Test
    void everySecretOfALongTextIsFound() {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append("The gardener waters the plants. ".repeat(20))
                    .append("password = x7")
                    .append(Long.toString(random.nextLong() | Long.MIN_VALUE, 36).substring(1))
                    .append('\n');
        }
        assertThat(SecretFinder.shipped().find(text.toString())).hasSize(300);
    }

    @Test
    void stopWordsInEitherCaseShowAnExample() {
        String rules =
                """
                [allowlist]
                stopwords = ["sam.ple"]
                [[rules]]
                id = "house"
                regex = '''hk_([A-Za-z0-9.]{12,})'''
                keywords = ["hk_"]
                """;
        SecretFinder finder = new SecretFinder(GitleaksRules.parse(rules, "house.toml"));
        assertThat(finder.find("hk_a1b2Sam.Plec3d4e5")).isEmpty();
        assertThat(finder.find("hk_a1b2SamxPlec3d4e5")).hasSize(1);
    }
}
