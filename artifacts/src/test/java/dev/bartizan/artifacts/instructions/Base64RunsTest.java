package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Runs are those that an expression finds, which looks at each sign.
class Base64RunsTest {
    private static final Pattern RUNS = Pattern.compile("[A-Za-z0-9+/]{4,9}={0,2}");

    @Test
    void theSameAsOfAnExpression() {
        Random random = new Random(64);
        for (int round = 0; round < 5_000; round++) {
            String text =
                    random.ints(random.nextInt(60), 0, 14)
                            .mapToObj(i -> "aZ09+/aZ09= -\n".substring(i, i + 1))
                            .reduce("", String::concat);
            Base64Runs runs = new Base64Runs(text, 4, 9);
            List<String> found = new ArrayList<>();
            while (runs.next()) {
                found.add(runs.start() + runs.run());
            }
            assertThat(found)
                    .as(text)
                    .isEqualTo(
                            RUNS.matcher(text)
                                    .results()
                                    .map(run -> run.start() + run.group())
                                    .toList());
        }
    }
}
