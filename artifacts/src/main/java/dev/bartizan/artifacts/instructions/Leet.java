package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.List;

/// Lines in which digits stand for letters or the letters of words are set apart by signs,
/// `1gn0re`, `s.e.n.d`: a model reads them as words.
///
/// @param text with the letters that are meant
/// @param place of the line
record Leet(String text, int place) {
    private static final int LONGEST = 2_000;
    private static final int LONGEST_WORD = 40;
    private static final int MOST = 20;

    /// So many such words of a line are no names of products.
    private static final int LEAST = 3;

    private static final int SHORTEST = 3;
    private static final int LEAST_BLANKS = 3;

    private static final String DIGITS = "0134578";
    private static final String LETTERS = "oleastb";
    private static final String APART = ".-_*~/|+";

    /// The lines of a text that have several such words.
    static List<Leet> in(String text) {
        List<Leet> found = new ArrayList<>();
        int start = 0;
        while (start < text.length() && found.size() < MOST) {
            int end = text.indexOf('\n', start);
            int last = end < 0 ? text.length() : end;
            for (int from = start; from < last && found.size() < MOST; from += LONGEST) {
                line(text, from, Math.min(last, from + LONGEST), found);
            }
            start = last + 1;
        }
        return found;
    }

    private static void line(String text, int from, int to, List<Leet> found) {
        if (disguised(text, from, to) < LEAST || !isSentence(text, from, to)) {
            return;
        }
        StringBuilder plain = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int end = word(text, at, to);
            if (end == at) {
                plain.append(text.charAt(at++));
            } else {
                plain.append(meant(text, at, end));
                at = end;
            }
        }
        found.add(new Leet(plain.toString(), from));
    }

    /// How many words of a line are disguised, as far as it matters.
    private static int disguised(String text, int from, int to) {
        int count = 0;
        int at = from;
        while (at < to && count < LEAST) {
            int end = word(text, at, to);
            boolean isPlain = end - at < SHORTEST || !isLetter(text.charAt(end - 1));
            boolean isMixed = !isPlain && isDigital(text, at, end);
            count += isMixed || isApart(text, at, end) ? 1 : 0;
            at = Math.max(end, at + 1);
        }
        return count;
    }

    /// Whether there are as many blanks as a sentence has.
    private static boolean isSentence(String text, int from, int to) {
        int blanks = 0;
        for (int i = from; i < to && blanks < LEAST_BLANKS; i++) {
            blanks += text.charAt(i) == ' ' ? 1 : 0;
        }
        return blanks >= LEAST_BLANKS;
    }

    /// The end of what reads as one word: letters, digits and signs between them.
    private static int word(String text, int from, int to) {
        int last = Math.min(to, from + LONGEST_WORD);
        int at = from;
        while (at < last) {
            char c = text.charAt(at);
            boolean isSign =
                    APART.indexOf(c) >= 0
                            && at > from
                            && at + 1 < last
                            && isOne(text, at - 1, from)
                            && isLetter(text.charAt(at + 1));
            if (!isLetter(c) && !(c >= '0' && c <= '9') && !isSign) {
                break;
            }
            at++;
        }
        return at;
    }

    /// Whether a letter stands alone, at the start of a word or behind a sign.
    private static boolean isOne(String text, int at, int from) {
        return isLetter(text.charAt(at)) && (at == from || APART.indexOf(text.charAt(at - 1)) >= 0);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Whether digits that look like letters stand among small letters.
    private static boolean isDigital(String text, int from, int to) {
        int letters = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                letters++;
            } else if (DIGITS.indexOf(c) >= 0) {
                digits++;
            } else {
                return false;
            }
        }
        return digits > 0 && letters >= digits;
    }

    /// Whether three or more single letters stand one behind the other with a sign between them.
    private static boolean isApart(String text, int from, int to) {
        if (to - from < 5) {
            return false;
        }
        for (int i = from; i < to; i++) {
            boolean isSign = APART.indexOf(text.charAt(i)) >= 0;
            if (isSign != ((i - from) % 2 == 1)) {
                return false;
            }
        }
        return true;
    }

    private static String meant(String text, int from, int to) {
        if (isApart(text, from, to)) {
            StringBuilder joined = new StringBuilder();
            for (int i = from; i < to; i += 2) {
                joined.append(text.charAt(i));
            }
            return joined.toString();
        }
        if (!isDigital(text, from, to)) {
            return text.substring(from, to);
        }
        StringBuilder word = new StringBuilder();
        for (int i = from; i < to; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            boolean isFirst = i == from && text.charAt(i) == '1';
            word.append(digit < 0 ? text.charAt(i) : isFirst ? 'i' : LETTERS.charAt(digit));
        }
        return word.toString();
    }
}
