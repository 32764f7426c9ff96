package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.AsciiCase;
import java.util.ArrayList;
import java.util.List;

/// Finds words of a list in a text, all in one pass. Letters of ASCII count as alike in both cases,
/// as they do for expressions with `(?i)`.
final class WordSearch {
    private static final int ASCII = 128;

    private final List<String> words;

    /// The word of one character, one more than its number; 0 where there is none.
    private final short[] ofOne = new short[ASCII];

    /// By the first two characters, one more than where in the buckets the words are; 0 for none.
    private final short[] ofTwo = new short[ASCII * ASCII];

    private final boolean[] isFirst = new boolean[ASCII];
    private final List<List<Integer>> buckets = new ArrayList<>();

    /// What is told of each word, in the order of places.
    interface Found {
        /// Takes a word, by its number in the list, and where it starts.
        void at(int word, int place);
    }

    /// @param words in ASCII and lower case, none of them empty
    WordSearch(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            add(words.get(i), i);
        }
    }

    private void add(String word, int number) {
        char first = word.charAt(0);
        isFirst[first] = true;
        if (word.length() == 1) {
            ofOne[first] = (short) (number + 1);
            return;
        }
        int pair = first * ASCII + word.charAt(1);
        if (ofTwo[pair] == 0) {
            buckets.add(new ArrayList<>());
            ofTwo[pair] = (short) buckets.size();
        }
        buckets.get(ofTwo[pair] - 1).add(number);
    }

    /// Tells of every word that stands in the text, also within other words.
    void in(String text, Found found) {
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char first = AsciiCase.lower(text.charAt(i));
            if (first >= ASCII || !isFirst[first]) {
                continue;
            }
            if (ofOne[first] > 0) {
                found.at(ofOne[first] - 1, i);
            }
            char second = i + 1 < end ? AsciiCase.lower(text.charAt(i + 1)) : ASCII;
            int bucket = second < ASCII ? ofTwo[first * ASCII + second] : 0;
            if (bucket > 0) {
                for (int word : buckets.get(bucket - 1)) {
                    if (AsciiCase.stands(words.get(word), text, i)) {
                        found.at(word, i);
                    }
                }
            }
        }
    }
}
