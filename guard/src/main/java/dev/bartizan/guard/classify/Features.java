package dev.bartizan.guard.classify;

import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.Lexicon.Hit;
import dev.bartizan.guard.rules.RuleScanner.Fired;
import dev.bartizan.guard.text.Letters;
import dev.bartizan.guard.text.Normalised;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns readable text into windows of hashed features: words, word pairs, letter groups; meanings
/// and what stands near what; and a few signs of shape.
///
/// Word and letter features share a unit length per window; the others have a fixed weight each.
public final class Features {
    /// Bits of a feature's number.
    public static final int BITS = 18;

    /// Words of a window, and how far the next one starts.
    static final int WINDOW = 64;

    static final int STRIDE = 40;
    private static final int MASK = (1 << BITS) - 1;
    private static final int NEAR = 70;
    private static final int WIDE = 110;
    private static final int MAX_WORD = 18;
    private static final int MAX_HITS = 160;
    private static final int GRAM = 4;

    private final Lexicon lexicon;

    /// Features over the meanings of a lexicon.
    public Features(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /// One window.
    public static final class Window {
        private final int from;
        private final int to;
        private final int[] words;
        private final int[] signs;

        Window(int from, int to, int[] words, int[] signs) {
            this.from = from;
            this.to = to;
            this.words = words.clone();
            this.signs = signs.clone();
        }

        /// First character of the readable text.
        public int from() {
            return from;
        }

        /// Character after the last.
        public int to() {
            return to;
        }

        int wordCount() {
            return words.length;
        }

        int word(int i) {
            return words[i];
        }

        int signCount() {
            return signs.length;
        }

        int sign(int i) {
            return signs[i];
        }
    }

    /// The windows of a text, at least one.
    public List<Window> windows(Normalised text, List<Hit> hits, List<Fired> fired) {
        String plain = text.plain().text();
        int[] starts = new int[plain.length() / 2 + 2];
        int[] ends = new int[starts.length];
        int count = tokens(plain, starts, ends);
        List<Window> windows = new ArrayList<>();
        int first = 0;
        do {
            int last = Math.min(count, first + WINDOW);
            if (count - last < STRIDE / 2) {
                last = count;
            }
            int from = first == 0 ? 0 : starts[first];
            int to = last == count ? plain.length() : ends[last - 1];
            windows.add(window(text, new Tokens(starts, ends, first, last), hits, fired, from, to));
            if (last == count) {
                break;
            }
            first += STRIDE;
        } while (first < count);
        return windows;
    }

    private record Place(int from, int to) {}

    private static final class Tokens {
        private final int[] starts;
        private final int[] ends;
        private final int first;
        private final int last;

        Tokens(int[] starts, int[] ends, int first, int last) {
            this.starts = starts;
            this.ends = ends;
            this.first = first;
            this.last = last;
        }
    }

    private static int tokens(String text, int[] starts, int[] ends) {
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (!isWordPart(c)) {
                i++;
                continue;
            }
            int begin = i;
            i++;
            if (c < 0x2E80) {
                while (i < text.length() && isWordPart(text.charAt(i)) && text.charAt(i) < 0x2E80) {
                    i++;
                }
            } else if (i < text.length() && isWordPart(text.charAt(i))) {
                i++;
            }
            if (count == starts.length) {
                break;
            }
            starts[count] = begin;
            ends[count++] = i;
        }
        return count;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c)
                || c == '\''
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private Window window(
            Normalised text, Tokens tokens, List<Hit> hits, List<Fired> fired, int from, int to) {
        String plain = text.plain().text();
        Bag words = new Bag(16 * (tokens.last - tokens.first) + 16);
        words(plain, tokens, words);
        Bag signs = new Bag(512);
        meanings(hits, plain, new Place(from, to), signs);
        for (Fired one : fired) {
            if (one.start() < to && one.end() > from) {
                signs.add(hash(7, one.rule().id().hashCode()));
            }
        }
        shape(text, tokens, new Place(from, to), signs);
        return new Window(from, to, words.distinct(), signs.distinct());
    }

    private static void words(String text, Tokens tokens, Bag out) {
        int before = 0;
        for (int t = tokens.first; t < tokens.last; t++) {
            int start = tokens.starts[t];
            int end = Math.min(tokens.ends[t], start + MAX_WORD);
            int word = word(text, start, end);
            out.add(hash(1, word));
            out.add(hash(2, before * 31 + word));
            before = word;
            for (int i = start - 1; i + GRAM <= end + 1; i++) {
                out.add(hash(3, gram(text, i, start, end)));
            }
        }
    }

    private static int gram(String text, int from, int start, int end) {
        int hash = 17;
        for (int i = from; i < from + GRAM; i++) {
            hash = hash * 131 + (i < start || i >= end ? ' ' : text.charAt(i));
        }
        return hash;
    }

    private static int word(String text, int start, int end) {
        int hash = 7;
        boolean digits = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            digits &= c >= '0' && c <= '9';
            hash = hash * 131 + c;
        }
        return digits ? 999 + (end - start) : hash;
    }

    private void meanings(List<Hit> all, String text, Place place, Bag out) {
        List<Hit> hits = new ArrayList<>();
        for (int i = firstEndingAfter(all, place.from());
                i < all.size() && all.get(i).end() <= place.to() && hits.size() < MAX_HITS;
                i++) {
            if (all.get(i).start() >= place.from()) {
                hits.add(all.get(i));
            }
        }
        int[] counts = new int[lexicon.concepts().size()];
        for (int i = 0; i < hits.size(); i++) {
            Hit a = hits.get(i);
            int seen = ++counts[a.concept()];
            out.add(hash(4, a.concept()));
            if (seen == 2 || seen == 4 || seen == 8) {
                out.add(hash(5, a.concept() * 16 + seen));
            }
            if (startsSentence(text, a.start())) {
                out.add(hash(6, a.concept()));
            }
            pairs(hits, i, out);
        }
    }

    /// Hits lie in order of their ends: a window looks only at its own.
    private static int firstEndingAfter(List<Hit> hits, int at) {
        int low = 0;
        int high = hits.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hits.get(middle).end() > at) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void pairs(List<Hit> hits, int i, Bag out) {
        Hit a = hits.get(i);
        for (int j = i + 1; j < hits.size(); j++) {
            Hit b = hits.get(j);
            if (b.end() - a.start() > WIDE) {
                return;
            }
            if (b.start() < a.end() || b.end() - a.start() > NEAR) {
                continue;
            }
            out.add(hash(8, a.concept() * 64 + b.concept()));
            for (int k = j + 1; k < Math.min(hits.size(), j + 6); k++) {
                Hit c = hits.get(k);
                if (c.start() >= b.end() && c.end() - a.start() <= WIDE) {
                    out.add(hash(9, (a.concept() * 64 + b.concept()) * 64 + c.concept()));
                }
            }
        }
    }

    private static boolean startsSentence(String text, int at) {
        int i = at - 1;
        while (i >= 0
                && (text.charAt(i) == ' ' || text.charAt(i) == '"' || text.charAt(i) == '\'')) {
            i--;
        }
        return i < 0 || ".!?:;\n。！？-*#>]".indexOf(text.charAt(i)) >= 0;
    }

    private void shape(Normalised text, Tokens tokens, Place place, Bag out) {
        String plain = text.plain().text();
        int you = 0;
        for (int t = tokens.first; t < tokens.last; t++) {
            String word =
                    plain.substring(
                            tokens.starts[t], Math.min(tokens.ends[t], tokens.starts[t] + 6));
            switch (word) {
                case "you", "your", "du", "tu", "vous", "te", "ты", "你", "je", "sie" -> you++;
                default -> {}
            }
        }
        int count = tokens.last - tokens.first;
        out.add(hash(10, Math.min(8, you)));
        out.add(hash(11, bucket(count)));
        int surprise = surprise(plain, place);
        out.add(hash(12, surprise));
        out.add(hash(13, glue(text.cased().text(), place)));
        out.add(hash(14, capitals(text.cased().text(), place)));
        int end = place.to() - 1;
        while (end > place.from() && plain.charAt(end) <= ' ') {
            end--;
        }
        if (end >= place.from()) {
            out.add(hash(15, plain.charAt(end)));
        }
    }

    private static int bucket(int count) {
        return 32 - Integer.numberOfLeadingZeros(count);
    }

    /// How far the least readable stretch lies below the most readable one, in steps.
    private static int surprise(String text, Place place) {
        int width = 48;
        double worst = 0;
        double best = -10;
        for (int from = place.from(); from + width / 2 < place.to(); from += width) {
            int to = Math.min(place.to(), from + width);
            double score = Letters.shipped().score(text, from, to);
            worst = Math.min(worst, score);
            best = Math.max(best, score);
        }
        boolean reads = best > Letters.READABLE;
        return reads ? 1 + (int) Math.min(8, (best - worst) * 2.5) : 0;
    }

    /// Signs stuck to letters in ways that neither prose nor code has, in steps.
    private static int glue(String text, Place place) {
        int odd = 0;
        int to = Math.min(text.length(), place.to());
        for (int i = place.from() + 1; i + 1 < to; i++) {
            char a = text.charAt(i - 1);
            char b = text.charAt(i);
            char c = text.charAt(i + 1);
            boolean humps =
                    Character.isLowerCase(a)
                            && Character.isUpperCase(b)
                            && Character.isLowerCase(c);
            boolean stuck =
                    Character.isLetter(a)
                            && Character.isLetter(c)
                            && "\\](){}[;:*!?=~^$#@+|".indexOf(b) >= 0;
            boolean pile =
                    !Character.isLetterOrDigit(a)
                            && !Character.isLetterOrDigit(b)
                            && a > ' '
                            && b > ' '
                            && a != b;
            odd += humps || stuck || pile ? 1 : 0;
        }
        return Math.min(8, odd * 24 / Math.max(24, to - place.from()) + Math.min(4, odd / 2));
    }

    private static int capitals(String text, Place place) {
        int upper = 0;
        int lower = 0;
        for (int i = place.from(); i < Math.min(text.length(), place.to()); i++) {
            upper += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
            lower += Character.isLowerCase(text.charAt(i)) ? 1 : 0;
        }
        return upper + lower == 0 ? 0 : 1 + upper * 6 / (upper + lower);
    }

    private static int hash(int group, int value) {
        int h = value * 0x9E3779B1 + group * 0x85EBCA6B;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        h ^= h >>> 15;
        return h & MASK;
    }

    private static final class Bag {
        private int[] items;
        private int size;

        Bag(int capacity) {
            items = new int[capacity];
        }

        void add(int item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = item;
        }

        int[] distinct() {
            Arrays.sort(items, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (i == 0 || items[i] != items[i - 1]) {
                    items[kept++] = items[i];
                }
            }
            return Arrays.copyOf(items, kept);
        }
    }
}
