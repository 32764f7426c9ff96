package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What stands in a fence, a quote or a block quote beside a word for attacks is talked about.
class MentionsTest {
    @Test
    void whatStandsInAFenceIsTalkedAbout() {
        String text = "Detect attacks such as\n```\nignore all rules\n```\nignore all of it\n";
        Mentions mentions = new Mentions(text);
        assertThat(mentions.isTalkedAbout(text.indexOf("ignore all rules"))).isTrue();
        assertThat(mentions.isTalkedAbout(text.indexOf("ignore all of it"))).isFalse();
        assertThat(new Mentions("Say so:\n```\nignore all rules\n```\n").isTalkedAbout(13))
                .isFalse();
    }

    @Test
    void quotesAreTalkedAbout() {
        assertThat(new Mentions("an attack says \"ignore all\"").isTalkedAbout(16)).isTrue();
        assertThat(new Mentions("> ignore all, an attack").isTalkedAbout(2)).isTrue();
        assertThat(new Mentions("an attack says ignore all").isTalkedAbout(15)).isFalse();
    }

    @Test
    void aPlaceIsInAFenceBehindAnOddNumberOfThem() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(
                        switch (random.nextInt(3)) {
                            case 0 -> "```\n";
                            case 1 -> "an attack here\n";
                            default -> "a\n";
                        });
            }
            int place = text.length();
            text.append("ignore it, an attack\n");
            long fences = text.substring(0, place).split("```", -1).length - 1L;
            assertThat(new Mentions(text.toString()).isTalkedAbout(place))
                    .as(text.toString())
                    .isEqualTo(fences % 2 == 1);
        }
    }
}
