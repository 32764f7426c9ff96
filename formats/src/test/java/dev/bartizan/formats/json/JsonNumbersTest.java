package dev.bartizan.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonNumbersTest {
    private static final Pattern GRAMMAR =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final String SIGNS = "001923.-+eE";

    /// Every text of up to five signs, and longer ones by chance, as the grammar has it.
    @Test
    void numbersAreWhatTheGrammarSays() {
        int numbers = 0;
        for (int code = 0; code < 5 * 161_051; code++) {
            int length = code / 161_051 + 1;
            StringBuilder text = new StringBuilder();
            for (int rest = code % 161_051, i = 0; i < length; i++, rest /= SIGNS.length()) {
                text.append(SIGNS.charAt(rest % SIGNS.length()));
            }
            numbers += check(text.toString());
        }
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k >= 0; k--) {
                text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            numbers += check(text.toString());
        }
        assertThat(numbers).isGreaterThan(10_000);
        assertThat(check("") + check("1 ") + check("x") + check("٣")).isZero();
    }

    private static int check(String text) {
        boolean expected = GRAMMAR.matcher(text).matches();
        assertThat(JsonNumbers.isNumber(text)).as(text).isEqualTo(expected);
        return expected ? 1 : 0;
    }
}
