package dev.bartizan.guard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NeededSignsTest {
    private static final String[] EXPRESSIONS = {
        "(display\\s*:\\s*none|opacity\\s*:\\s*0)",
        "(^|\\n)\\s*([\\[<#*=]{1,4}\\s*)(system|user)\\b[^\\n]{0,24}([\\]>:*=]{1,4})",
        "!\\[[^\\]]{0,9}\\]\\(",
        "a+b?[!?]{0,2}",
        "(?:x|y)-z|[<>]a",
        "(?i)key\\s*[:=]\\s*\\w+",
        "(^|\\n)\\s*([a-z]|#)x",
        "(^|\\n)\\s*([#])?x",
        "[^:]x:{2}",
        "a{2",
        "\\Qa:b\\E"
    };

    /// A text without the signs never matches: random texts of the letters that matter.
    @Test
    void noMatchIsWithoutThem() {
        Random random = new Random(7);
        String letters = "abxyz:=!?#<>[]()-{}*0 \nsystemuserdisplaynoneopacitykey";
        int matches = 0;
        for (String expression : EXPRESSIONS) {
            Pattern pattern = Pattern.compile(expression);
            NeededSigns signs = NeededSigns.of(expression);
            for (int round = 0; round < 4_000; round++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(24); i >= 0; i--) {
                    text.append(piece(letters, random));
                }
                if (pattern.matcher(text.toString()).find()) {
                    matches++;
                    assertThat(signs.areIn(text.toString(), 0, text.length()))
                            .as("%s in %s", expression, text)
                            .isTrue();
                }
            }
        }
        assertThat(matches).isGreaterThan(1_000);
    }

    private static String piece(String letters, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "system";
            case 1 -> "display:none";
            case 2 -> "key";
            case 3 -> "![a](";
            default -> String.valueOf(letters.charAt(random.nextInt(letters.length())));
        };
    }

    @Test
    void proseIsWithoutThem() {
        for (int i = 0; i < 3; i++) {
            assertThat(NeededSigns.of(EXPRESSIONS[i]).areIn("the user of the system", 0, 22))
                    .isFalse();
        }
        assertThat(NeededSigns.of(EXPRESSIONS[1]).areIn("a [user]", 0, 8)).isFalse();
        assertThat(NeededSigns.of(EXPRESSIONS[1]).areIn("a\n [user]", 0, 9)).isTrue();
    }
}
