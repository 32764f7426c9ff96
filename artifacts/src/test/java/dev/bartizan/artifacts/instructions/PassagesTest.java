package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.spi.Sought;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Going through a text once finds in each passage what looking at each passage would.
class PassagesTest {
    private static final int LENGTH = 20;
    private static final Pattern EXPRESSION = Pattern.compile("a.{0,4}b|cc");
    private static final Sought SOUGHT = Sought.of(EXPRESSION);

    @Test
    void aPassageHasWhatMatchesInsideIt() {
        Random random = new Random(0xBA55A6E);
        for (int round = 0; round < 300; round++) {
            String text =
                    random.ints(random.nextInt(120), 0, 12)
                            .mapToObj(i -> "abcdefghi \n.".substring(i, i + 1))
                            .reduce("", String::concat);
            Passages passages = new Passages(SOUGHT, text, LENGTH);
            for (int i = 0; i < passages.count(); i++) {
                int start = passages.start(i);
                String passage = text.substring(start, Math.min(text.length(), start + LENGTH));
                boolean hasWholeMatch = EXPRESSION.matcher(passage).results().findAny().isPresent();
                boolean isShadowed = isLongerInTheText(text, start + passage.length());
                if (!isShadowed) {
                    assertThat(passages.has(i, EXPRESSION)).as(text).isEqualTo(hasWholeMatch);
                }
            }
        }
    }

    /// A match that goes on behind the passage is longer in the text than in the passage.
    private static boolean isLongerInTheText(String text, int end) {
        return EXPRESSION.matcher(text).results().anyMatch(m -> m.start() < end && m.end() > end);
    }

    @Test
    void passagesReachTheEndOfTheText() {
        for (int length = 1; length < 100; length++) {
            Passages passages = new Passages(SOUGHT, "x".repeat(length), LENGTH);
            int last = passages.start(passages.count() - 1);
            assertThat(last).isLessThan(length);
            assertThat(last + LENGTH).isGreaterThanOrEqualTo(length);
        }
        assertThat(new Passages(SOUGHT, "", LENGTH).count()).isZero();
    }
}
