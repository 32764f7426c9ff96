package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Lines of English whose words stand in reverse order, told by what articles stand before: never a
/// preposition, often enough after one.
final class WordOrderDecoder implements Decoder {
    private static final int MIN_WRONG = 2;
    private static final int LONGEST = 16_384;
    private static final Set<String> ARTICLES =
            Set.of("the", "a", "an", "my", "your", "his", "their", "our", "its", "this");
    private static final Set<String> BEFORE =
            Set.of(
                    "of", "to", "in", "on", "at", "for", "with", "from", "and", "or", "by", "into",
                    "as", "is", "are", "was", "be", "that", "all", "me", "what", "if");

    @Override
    public List<Replacement> find(View view) {
        String text = view.text();
        if (text.length() > LONGEST) {
            return List.of();
        }
        int right = 0;
        int wrong = 0;
        String before = "";
        for (String word : words(text)) {
            right += BEFORE.contains(before) && ARTICLES.contains(word) ? 1 : 0;
            wrong += ARTICLES.contains(before) && BEFORE.contains(word) ? 1 : 0;
            before = word;
        }
        return wrong >= MIN_WRONG && wrong > right * 2 ? turned(text) : List.of();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            if (end > i) {
                words.add(text.substring(i, end).toLowerCase(Locale.ROOT));
            } else if (text.charAt(i) > ' ') {
                words.add("");
            }
            i = Math.max(end, i + 1);
        }
        return words;
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
