package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// All words are found in one pass, where a search for each would find them.
class WordSearchTest {
    @Test
    void findsWhatASearchForEachFinds() {
        Random random = new Random(26);
        for (int round = 0; round < 3_000; round++) {
            TreeSet<String> distinct = new TreeSet<>();
            for (int i = 0; i < 6; i++) {
                distinct.add(random(random, "ab|.", 1 + random.nextInt(4)));
            }
            List<String> words = List.copyOf(distinct);
            String text = random(random, "abAB|é\u212a.", random.nextInt(30));
            List<String> found = new ArrayList<>();
            new WordSearch(words).in(text, (word, place) -> found.add(place + words.get(word)));
            List<String> expected = new ArrayList<>();
            for (String word : words) {
                for (int i = 0; i < text.length(); i++) {
                    if (text.regionMatches(true, i, word, 0, word.length())) {
                        expected.add(i + word);
                    }
                }
            }
            assertThat(found).as(text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String random(Random random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
    }
}
