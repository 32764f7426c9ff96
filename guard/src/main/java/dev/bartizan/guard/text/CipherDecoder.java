package dev.bartizan.guard.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Shifted alphabets, the mirrored alphabet, text written backwards, words written backwards.
/// Judged sentence by sentence: what reads like language is left alone.
final class CipherDecoder implements Decoder {
    private static final int MIN_LETTERS = 10;
    private static final int SAMPLE = 240;
    private static final double MARGIN = 0.45;
    private static final int FEW = 4;
    private static final int FIXED = 27;
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
    private static final byte[][] ALPHABETS = new byte[MIRROR + 1][];

    static {
        Arrays.setAll(ALPHABETS, CipherDecoder::alphabet);
    }

    private final Letters letters;

    CipherDecoder(Letters letters) {
        this.letters = letters;
    }

    @Override
    public List<Replacement> find(View view) {
        String text = view.text();
        List<int[]> read = new ArrayList<>();
        List<int[]> unread = new ArrayList<>();
        int[] used = new int[WAYS];
        int from = 0;
        while (from < text.length()) {
            int end = from;
            while (end < text.length() && !endsSentence(text, end)) {
                end++;
            }
            int way = way(text, from, end);
            if (way > 0) {
                used[way]++;
                read.add(new int[] {from, end, way});
            } else if (way < 0) {
                unread.add(new int[] {from, end});
            }
            from = end + 1;
        }
        if (read.isEmpty()) {
            return List.of();
        }
        int turned = used[BACKWARDS] + used[WORDS_BACKWARDS] > 0 ? turned(text, read) : 0;
        List<Replacement> found = new ArrayList<>();
        for (int[] one : read) {
            int way = one[2] < BACKWARDS ? one[2] : turned;
            found.add(replacement(text, one[0], one[1], way));
        }
        if (read.size() * FEW >= unread.size()) {
            alike(text, unread, commonest(used, turned), found);
        }
        found.sort(Comparator.comparingInt(Replacement::from));
        return found;
    }

    /// Whether what stands backwards does so as a whole or word by word: what fits English better
    /// over all sentences.
    private static int turned(String text, List<int[]> read) {
        int whole = 0;
        int words = 0;
        for (int[] one : read) {
            if (one[2] >= BACKWARDS) {
                whole += order(apply(text, one[0], one[1], BACKWARDS));
                words += order(apply(text, one[0], one[1], WORDS_BACKWARDS));
            }
        }
        return whole >= words ? BACKWARDS : WORDS_BACKWARDS;
    }

    private static int commonest(int[] used, int turned) {
        int most = turned == 0 ? 1 : turned;
        int count = turned == 0 ? used[1] : used[BACKWARDS] + used[WORDS_BACKWARDS];
        for (int way = 1; way <= MIRROR; way++) {
            if (used[way] > count) {
                most = way;
                count = used[way];
            }
        }
        return most;
    }

    /// Also reads the other sentences in the way of those that read, where that makes them
    /// likelier: names and languages that the letters do not know well.
    private void alike(String text, List<int[]> unread, int way, List<Replacement> found) {
        for (int[] one : unread) {
            String read = apply(text, one[0], one[1], way);
            if (letters.score(read) > letters.score(text, one[0], one[1])) {
                found.add(replacement(text, one[0], one[1], way));
            }
        }
    }

    private static Replacement replacement(String text, int from, int end, int way) {
        String read = apply(text, from, end, way);
        return new Replacement(from, end, read, places(text, from, end, way), name(way));
    }

    private static boolean endsSentence(String text, int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '"' || c == '“' || c == '”' || c == '`') {
            return true;
        }
        boolean mark = c == '.' || c == '!' || c == '?' || c == ':' || c == ';';
        return mark && i + 1 < text.length() && text.charAt(i + 1) == ' ';
    }

    /// The way that the sentence is best read in; 0 when it reads as it is, -1 when in no way.
    private int way(String text, int from, int end) {
        int count = 0;
        int foreign = 0;
        int glued = 0;
        int gaps = 0;
        int digits = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            gaps += c <= ' ' ? 1 : 0;
            count += Letters.symbol(c) > 0 ? 1 : 0;
            foreign += c >= 0x80 ? 1 : 0;
            glued +=
                    i > from && c >= '0' && c <= '9' && Letters.symbol(text.charAt(i - 1)) > 0
                            ? 1
                            : 0;
        }
        boolean leet = glued * 8 > count;
        int telling = count + (leet ? digits : glued) + gaps;
        if (count == 0 || foreign * 4 > count || isNoise(telling, end - from)) {
            return 0;
        }
        double asIs = letters.score(text, from, end);
        if (asIs > Letters.READABLE) {
            return 0;
        }
        if (count < MIN_LETTERS) {
            return -1;
        }
        int sampleEnd = Math.min(end, from + SAMPLE);
        int best = -1;
        double bestScore = Math.max(asIs + MARGIN, Letters.READABLE + 0.15);
        byte[] symbols = symbols(text, from, sampleEnd, leet);
        for (int way = leet ? 0 : 1; way < WAYS; way++) {
            double score;
            if (way > MIRROR) {
                String read = apply(text, from, sampleEnd, way);
                score = letters.score(leet ? unleeted(read) : read);
            } else {
                score = letters.score(symbols, ALPHABETS[way]);
            }
            if (score > bestScore) {
                bestScore = score;
                best = way;
            }
        }
        return best;
    }

    /// Whether less than seven tenths of a sentence are letters and gaps: no cipher of letters.
    private static boolean isNoise(int telling, int length) {
        return telling * 10 < length * 7;
    }

    /// The text with letters where digits and signs stand for them.
    private static String unleeted(String text) {
        char[] out = text.toCharArray();
        for (int i = 0; i < out.length; i++) {
            out[i] = LeetDecoder.letter(out[i]);
        }
        return new String(out);
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

    /// The symbols of a stretch; a digit or sign that stands for a letter is its symbol and
    /// `FIXED`, for no way moves it.
    private static byte[] symbols(String text, int from, int end, boolean isLeet) {
        byte[] symbols = new byte[end - from];
        for (int i = from; i < end; i++) {
            int symbol = Letters.symbol(text.charAt(i));
            if (symbol == 0 && isLeet) {
                int meant = Letters.symbol(LeetDecoder.letter(text.charAt(i)));
                symbol = meant == 0 ? 0 : FIXED + meant;
            }
            symbols[i - from] = (byte) symbol;
        }
        return symbols;
    }

    /// What each symbol reads as in a way that moves letters.
    private static byte[] alphabet(int way) {
        byte[] read = new byte[2 * FIXED];
        for (int at = 0; at < 26; at++) {
            read[at + 1] = (byte) (1 + (way == MIRROR ? 25 - at : (at + way) % 26));
            read[FIXED + at + 1] = (byte) (at + 1);
        }
        return read;
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
