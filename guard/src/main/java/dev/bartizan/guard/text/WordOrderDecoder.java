package dev.bartizan.guard.text;

import java.util.Arrays;
import java.util.List;

/// Lines of English whose words stand in reverse order, told by what articles stand before: never a
/// preposition, often enough after one.
final class WordOrderDecoder implements Decoder {
    private static final int MIN_WRONG = 2;
    private static final int LONGEST = 16_384;
    private static final int LONGEST_WORD = 4;
    private static final int NEITHER = 0;
    private static final int ARTICLE = 1;
    private static final int PREPOSITION = 2;
    private static final long[] ARTICLES = packed("the a an my your his our its this");
    private static final long[] BEFORE =
            packed(
                    "of to in on at for with from and or by into as is are was be that all me what if");

    @Override
    public List<Replacement> find(View view) {
        String text = view.text();
        if (text.length() > LONGEST) {
            return List.of();
        }
        int right = 0;
        int wrong = 0;
        int before = NEITHER;
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && isLetter(text.charAt(end))) {
                end++;
            }
            if (end > i || text.charAt(i) > ' ') {
                int kind = kind(text, i, end);
                right += before == PREPOSITION && kind == ARTICLE ? 1 : 0;
                wrong += before == ARTICLE && kind == PREPOSITION ? 1 : 0;
                before = kind;
            }
            i = Math.max(end, i + 1);
        }
        return wrong >= MIN_WRONG && wrong > right * 2 ? turned(text) : List.of();
    }

    private static boolean isLetter(char c) {
        return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c);
    }

    /// What a word is, told without making a text of it.
    private static int kind(String text, int from, int end) {
        if (end == from || end - from > LONGEST_WORD) {
            return NEITHER;
        }
        long packed = 0;
        for (int i = from; i < end; i++) {
            packed = packed << 16 | text.charAt(i) | 0x20;
        }
        if (Arrays.binarySearch(ARTICLES, packed) >= 0) {
            return ARTICLE;
        }
        return Arrays.binarySearch(BEFORE, packed) >= 0 ? PREPOSITION : NEITHER;
    }

    private static long[] packed(String words) {
        return Arrays.stream(words.split(" ", -1))
                .mapToLong(word -> word.chars().asLongStream().reduce(0, (all, c) -> all << 16 | c))
                .sorted()
                .toArray();
    }

    private static List<Replacement> turned(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int[] places = new int[text.length()];
        int end = text.length();
        while (end >= 0) {
            int space = end == 0 ? -1 : text.lastIndexOf(' ', end - 1);
            for (int i = space + 1; i < end; i++) {
                places[out.length()] = i;
                out.append(text.charAt(i));
            }
            if (space >= 0) {
                places[out.length()] = space;
                out.append(' ');
            }
            end = space;
        }
        return List.of(new Replacement(0, text.length(), out.toString(), places, "word-order"));
    }
}
