package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Texts whose letters are shifted in the alphabet (rot13 and its kin) or stand in reverse. Words
/// that orders have are looked for in every such form, in one pass.
final class Shifts {
    private static final int LETTERS = 26;
    private static final List<String> SIGNS =
            List.of("https://", "instructions", "do not tell", "/.ssh", "ignore all");
    private static final List<String> WORDS = words();
    private static final WordSearch SEARCH = new WordSearch(WORDS);

    private Shifts() {}

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (int by = 1; by < LETTERS; by++) {
            for (String sign : SIGNS) {
                words.add(shifted(sign, by));
            }
        }
        for (String sign : SIGNS) {
            words.add(new StringBuilder(sign).reverse().toString());
        }
        return words;
    }

    /// The text as it reads in the form whose words it has most.
    static Optional<Encodings.Decoded> in(String text) {
        BitSet found = new BitSet();
        int[] places = new int[LETTERS];
        SEARCH.in(
                text,
                (word, place) -> {
                    if (!found.get(word)) {
                        found.set(word);
                        places[word / SIGNS.size()] = place;
                    }
                });
        int best = -1;
        int most = 1;
        for (int form = 0; form < LETTERS; form++) {
            int from = form * SIGNS.size();
            int words = found.get(from, from + SIGNS.size()).cardinality();
            if (words >= most && words > 0) {
                best = form;
                most = words + 1;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        int from = Math.max(0, places[best] - 2_000);
        String part = text.substring(from, Math.min(text.length(), places[best] + 2_000));
        String read =
                best == LETTERS - 1
                        ? new StringBuilder(part).reverse().toString()
                        : shifted(part, LETTERS - 1 - best);
        return Optional.of(new Encodings.Decoded(places[best], read));
    }

    private static String shifted(String text, int by) {
        StringBuilder shifted = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char lower = (char) (c | 0x20);
            boolean isLetter = c < 0x80 && lower >= 'a' && lower <= 'z';
            shifted.append(isLetter ? (char) ('a' + (lower - 'a' + by) % LETTERS) : c);
        }
        return shifted.toString();
    }
}
