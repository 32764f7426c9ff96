package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Games with words that a whole stretch plays: pig Latin (`ignoreway allway`), every letter
/// written several times (`iiggnnoorree`).
final class WordGameDecoder implements Decoder {
    private static final int MIN_WORDS = 4;
    private static final int MIN_STRETCHED = 12;
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_HEAD = 4;
    private final Words words;

    WordGameDecoder(Words words) {
        this.words = words;
    }

    @Override
    public List<Replacement> find(View view) {
        String text = view.text();
        List<Replacement> stretched = stretched(text);
        return stretched.isEmpty() ? pigLatin(text) : stretched;
    }

    /// Words of which each letter stands in runs of one length, at least two.
    private static List<Replacement> stretched(String text) {
        List<Replacement> found = new ArrayList<>();
        int letters = 0;
        int times = 0;
        int i = 0;
        while (i < text.length()) {
            int end = runEnd(text, i);
            if (Character.isLetter(text.charAt(i))) {
                times = gcd(times, end - i);
                letters += end - i;
                if (times == 1 && letters > MIN_STRETCHED) {
                    return List.of();
                }
            }
            i = end;
        }
        if (times < 2 || letters < MIN_STRETCHED) {
            return List.of();
        }
        for (i = 0; i < text.length(); ) {
            int end = runEnd(text, i);
            if (Character.isLetter(text.charAt(i)) && end - i > 1) {
                String kept = text.substring(i, i + (end - i) / times);
                found.add(new Replacement(i, end, kept, "letters-repeated"));
            }
            i = end;
        }
        return found;
    }

    private static int runEnd(String text, int from) {
        int i = from + 1;
        while (i < text.length()
                && Character.toLowerCase(text.charAt(i))
                        == Character.toLowerCase(text.charAt(from))) {
            i++;
        }
        return i;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private List<Replacement> pigLatin(String text) {
        List<Replacement> found = new ArrayList<>();
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            if (!isLetter(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && isLetter(text.charAt(end))) {
                end++;
            }
            count++;
            Replacement one = end - i > LONGEST_WORD ? null : pigWord(text, i, end);
            if (one != null) {
                found.add(one);
            }
            i = end;
        }
        return found.size() >= MIN_WORDS && found.size() * 2 > count ? found : List.of();
    }

    private @Nullable Replacement pigWord(String text, int from, int end) {
        if (end - from < 3 || !text.regionMatches(true, end - 2, "ay", 0, 2)) {
            return null;
        }
        int stop = end - 2;
        int way = 0;
        if ((text.charAt(stop - 1) | 0x20) == 'w' && stop - 1 > from) {
            way = stop - 1;
        }
        String best = null;
        for (int head = 0; head <= LONGEST_HEAD && stop - head > from - 1; head++) {
            String word =
                    (text.substring(stop - head, stop) + text.substring(from, stop - head))
                            .toLowerCase(Locale.ROOT);
            if (head > 0 && words.isWord(word)) {
                best = word;
            }
        }
        if (way > 0 && words.isWord(text, from, way)) {
            best = text.substring(from, way);
        }
        if (best == null) {
            best = way > 0 ? text.substring(from, way) : moved(text, from, stop);
        }
        return new Replacement(from, end, best, "pig-latin");
    }

    /// The consonants at the end, back at the front.
    private static String moved(String text, int from, int stop) {
        int i = stop;
        while (i > from + 1 && "aeiou".indexOf(text.charAt(i - 1) | 0x20) < 0) {
            i--;
        }
        return text.substring(i, stop) + text.substring(from, i);
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
    }
}
