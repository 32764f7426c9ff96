package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Digits and signs in the place of letters (`1gn0r3 4ll`). A word counts when it then is a known
/// one.
final class LeetDecoder implements Decoder {
    private static final String SIGNS = "0123456789@$!|+(€£";
    private static final String FIRST = "oizeasgtbgasiltcee";
    private static final String SECOND = "olzeasbtbqasllicel";
    private static final int LONGEST = 24;
    private static final int MIN_SURE = 4;
    private static final boolean[] IS_SIGN = new boolean[0x80];

    static {
        SIGNS.chars().filter(c -> c < 0x80).forEach(c -> IS_SIGN[c] = true);
    }

    private static final List<Reading> READINGS = List.of(new Reading(FIRST), new Reading(SECOND));

    /// What signs stand for; capitals are read as small letters.
    private static final class Reading {
        private final String letters;
        private final char[] ascii = new char[0x80];

        Reading(String letters) {
            this.letters = letters;
            for (char c = 0; c < 0x80; c++) {
                ascii[c] = IS_SIGN[c] ? letters.charAt(SIGNS.indexOf(c)) : Character.toLowerCase(c);
            }
        }

        String of(String text, int from, int to) {
            char[] out = new char[to - from];
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                out[i - from] = c < 0x80 ? ascii[c] : other(c);
            }
            return new String(out);
        }

        private char other(char c) {
            int at = SIGNS.indexOf(c);
            return at < 0 ? Character.toLowerCase(c) : letters.charAt(at);
        }
    }

    private final Words words;

    LeetDecoder(Words words) {
        this.words = words;
    }

    @Override
    public List<Replacement> find(View view) {
        Found sure = find(view.text(), false);
        boolean everywhere =
                sure.replacements.size() >= MIN_SURE && sure.replacements.size() * 4 >= sure.words;
        return everywhere ? find(view.text(), true).replacements : sure.replacements;
    }

    private record Found(List<Replacement> replacements, int words) {}

    /// @param isEager whether the text writes so everywhere: names and short words count, too
    private Found find(String text, boolean isEager) {
        List<Replacement> found = new ArrayList<>();
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            if (!isPart(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            boolean letter = false;
            boolean sign = false;
            while (end < text.length() && isPart(text.charAt(end))) {
                letter |= isLetter(text.charAt(end));
                sign |= isSign(text.charAt(end));
                end++;
            }
            count++;
            Replacement one = letter && sign && end - i <= LONGEST ? word(text, i, end) : null;
            if (one == null && isEager && sign && end - i <= LONGEST) {
                one = anyway(text, i, end, letter);
            }
            if (one != null) {
                found.add(one);
            }
            i = end;
        }
        return new Found(found, count);
    }

    private @Nullable Replacement anyway(String text, int from, int end, boolean hasLetter) {
        String read = READINGS.getFirst().of(text, from, end);
        boolean digits = isNumber(text, from, end);
        if (!hasLetter && ((digits && end - from > 2) || !words.isWord(read))) {
            return null;
        }
        int[] places = new int[read.length()];
        java.util.Arrays.setAll(places, n -> n);
        return new Replacement(from, end, read, places, "leet");
    }

    private static boolean isPart(char c) {
        return isLetter(c) || isSign(c);
    }

    private static boolean isSign(char c) {
        return c < 0x80 ? IS_SIGN[c] : c == '€' || c == '£';
    }

    private static boolean isLetter(char c) {
        return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c);
    }

    /// Whether the only sign of the token is the one of a mailbox: a dot and a letter follow.
    private static boolean isMailbox(String text, int from, int end) {
        int at = text.indexOf('@', from, end);
        if (at <= from || at == end - 1 || end + 1 >= text.length()) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (i != at && isSign(text.charAt(i))) {
                return false;
            }
        }
        return text.charAt(end) == '.' && isLetter(text.charAt(end + 1));
    }

    private @Nullable Replacement word(String text, int from, int tokenEnd) {
        if (isMailbox(text, from, tokenEnd)) {
            return null;
        }
        int end = tokenEnd;
        while (end > from && (text.charAt(end - 1) == '!' || text.charAt(end - 1) == '(')) {
            end--;
        }
        boolean reads = end == tokenEnd || words.isWord(text, from, end);
        for (int stop : reads ? new int[] {end} : new int[] {end, tokenEnd}) {
            if (stop - from < 2 || !hasSign(text, from, stop)) {
                continue;
            }
            for (Reading reading : READINGS) {
                String read = reading.of(text, from, stop);
                if (isKnown(read)) {
                    int[] places = new int[read.length()];
                    java.util.Arrays.setAll(places, n -> n);
                    return new Replacement(from, stop, read, places, "leet");
                }
            }
        }
        return null;
    }

    /// The letter that a digit or sign stands for first, or the character itself.
    static char letter(char c) {
        int at = SIGNS.indexOf(c);
        return at < 0 ? c : FIRST.charAt(at);
    }

    private boolean isKnown(String word) {
        return words.isWord(word)
                || (word.length() >= 6 && Letters.shipped().score(word) > Letters.READABLE + 0.3);
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSign(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isSign(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
