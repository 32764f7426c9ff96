package dev.bartizan.guard.personal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BestTagsTest {
    @Test
    void weightsInStepsGiveTheTagsThatTheSameNumbersGive() {
        byte[] steps = new byte[Tagger.SIZE];
        new Random(3).nextBytes(steps);
        float[] numbers = new float[steps.length];
        for (int i = 0; i < steps.length; i++) {
            numbers[i] = steps[i];
        }
        String text =
                "Anna Keller met Mr. Osei of Northwind Ltd in 12 Mill Lane, Leeds. ".repeat(9);
        TaggedWords words = new TaggedWords(text, FormScanner.scan(text), Gazetteer.shipped());
        int[] whole = new int[words.count()];
        int[] learned = new int[words.count()];
        BestTags.of(steps).fill(words, 0, words.count(), whole);
        BestTags.of(numbers).fill(words, 0, words.count(), learned);
        assertThat(whole).isEqualTo(learned);
        assertThat(whole).containsAnyOf(1, 3, 5, 7, 9, 11, 13);
    }
}
