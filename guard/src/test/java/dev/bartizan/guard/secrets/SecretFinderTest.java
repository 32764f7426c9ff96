package dev.bartizan.guard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
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
}
