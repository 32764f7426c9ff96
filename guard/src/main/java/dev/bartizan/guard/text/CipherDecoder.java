package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shifted alphabets, the mirrored alphabet, text written backwards, words written backwards.
/// Judged sentence by sentence: what reads like language is left alone.
final class CipherDecoder implements Decoder {
    private static final int MIN_LETTERS = 10;
    private static final int SAMPLE = 240;
    private static final double MARGIN = 0.45;
    private static final int MIRROR = 26;
    private static final int BACKWARDS = 27;
    private static final int WORDS_BACKWARDS = 28;
    private static final int WAYS = 29;
    private static final Pattern SPACES = Pattern.compile("[^\\p{L}']+");
    private static final Set<String> ARTICLES =
            Set.of("the", "a", "an", "my", "your", "his", "their", "our");
    private static final Set<String> LEADING =
            Set.of(
                    "the", "a", "an", "my", "your", "his", "their", "our", "of", "to", "in", "on",
                    "at", "for", "with", "from", "before", "after", "and", "or", "by", "into", "is",
                    "are", "how", "what", "that", "all");
    private final Letters letters;

    CipherDecoder(Letters letters) {
        this.letters = letters;
    }

    @Override
    public List<Replacement> find(View view) {
        List<Replacement> found = new ArrayList<>();
        String text = view.text();
        int from = 0;
        while (from < text.length()) {
            int end = from;
            while (end < text.length() && !endsSentence(text, end)) {
                end++;
            }
            Replacement one = sentence(text, from, end);
            if (one != null) {
                found.add(one);
            }
            from = end + 1;
        }
        return found;
    }

    private static boolean endsSentence(String text, int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '"' || c == '“' || c == '”' || c == '`') {
            return true;
        }
        boolean mark = c == '.' || c == '!' || c == '?' || c == ':' || c == ';';
        return mark && i + 1 < text.length() && text.charAt(i + 1) == ' ';
    }

    private @Nullable Replacement sentence(String text, int from, int end) {
        int count = 0;
        int foreign = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            count += Letters.symbol(c) > 0 ? 1 : 0;
            foreign += c >= 0x80 ? 1 : 0;
        }
        if (count < MIN_LETTERS || foreign * 4 > count || count * 3 < (end - from)) {
            return null;
        }
        double asIs = letters.score(text, from, end);
        if (asIs > Letters.READABLE) {
            return null;
        }
        int sampleEnd = Math.min(end, from + SAMPLE);
        int best = -1;
        double bestScore = Math.max(asIs + MARGIN, Letters.READABLE + 0.15);
        for (int way = 1; way < WAYS; way++) {
            double score = letters.score(apply(text, from, sampleEnd, way));
            if (score > bestScore) {
                bestScore = score;
                best = way;
            }
        }
        if (best < 0) {
            return null;
        }
        if (best == BACKWARDS || best == WORDS_BACKWARDS) {
            int whole = order(apply(text, from, end, BACKWARDS));
            int words = order(apply(text, from, end, WORDS_BACKWARDS));
            best = whole >= words ? BACKWARDS : WORDS_BACKWARDS;
        }
        String read = apply(text, from, end, best);
        return new Replacement(from, end, read, places(text, from, end, best), name(best));
    }

    /// How well the order of small words fits English: an article stands before another word, a
    /// preposition does not end a sentence, a capital starts it.
    private static int order(String text) {
        int fit = !text.isBlank() && Character.isUpperCase(text.strip().charAt(0)) ? 2 : 0;
        String before = "";
        for (String word : SPACES.split(text.toLowerCase(Locale.ROOT), -1)) {
            boolean small = LEADING.contains(word);
            boolean article = ARTICLES.contains(word);
            if (ARTICLES.contains(before)) {
                fit += small ? -1 : 1;
            } else if (LEADING.contains(before)) {
                fit += article ? 1 : 0;
            }
            before = word;
        }
        return LEADING.contains(before) ? fit - 2 : fit;
    }

    private static String name(int way) {
        return switch (way) {
            case MIRROR -> "mirrored-alphabet";
            case BACKWARDS -> "backwards";
            case WORDS_BACKWARDS -> "words-backwards";
            default -> "rot" + (26 - way);
        };
    }

    private static String apply(String text, int from, int end, int way) {
        if (way == BACKWARDS || way == WORDS_BACKWARDS) {
            StringBuilder out = new StringBuilder(end - from);
            for (int place : places(text, from, end, way)) {
                out.append(text.charAt(from + place));
            }
            return out.toString();
        }
        char[] out = new char[end - from];
        for (int i = from; i < end; i++) {
            out[i - from] = shift(text.charAt(i), way);
        }
        return new String(out);
    }

    private static char shift(char c, int way) {
        int symbol = Letters.symbol(c);
        if (symbol == 0) {
            return c;
        }
        int base = c < 'a' ? 'A' : 'a';
        int at = symbol - 1;
        return (char) (base + (way == MIRROR ? 25 - at : (at + way) % 26));
    }

    private static int[] places(String text, int from, int end, int way) {
        int[] places = new int[end - from];
        Arrays.setAll(places, n -> way == BACKWARDS ? places.length - 1 - n : n);
        if (way != WORDS_BACKWARDS) {
            return places;
        }
        int i = from;
        while (i < end) {
            int stop = i;
            while (stop < end && text.charAt(stop) > ' ') {
                stop++;
            }
            for (int n = i; n < stop; n++) {
                places[n - from] = stop - 1 - (n - i) - from;
            }
            i = stop + 1;
        }
        return places;
    }
}
