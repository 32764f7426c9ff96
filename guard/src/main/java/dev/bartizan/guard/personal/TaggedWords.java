package dev.bartizan.guard.personal;

import dev.bartizan.guard.text.Words;
import java.util.Arrays;
import java.util.List;

/// A text cut into words and signs, with what the tagger looks at. What a form already gave away
/// counts as one word whose spelling is its type.
final class TaggedWords {
    /// Features of each word.
    static final int FEATURES = 46;

    /// Kinds of gap before a word.
    static final int GAPS = 4;

    private static final int EDGE = 0x51ED270B;
    private static final int LONGEST_LABEL = 4;
    private static final int LONG_RANGE = 256;
    private static final int PROSE_RUN = 3;
    private static final int PROSE_REACH = 14;
    private final String text;
    private int count;
    private int[] starts;
    private int[] ends;
    private int[] words;
    private int[] shapes;
    private int[] names;
    private int[] gaps;
    private int[] labels;
    private int[] lines;
    private final boolean[] known;
    private final boolean hasCapitals;
    private final int[] prose;

    TaggedWords(String text, List<Place> forms, Gazetteer gazetteer) {
        this.text = text;
        int capacity = text.length() / 3 + 16;
        starts = new int[capacity];
        ends = new int[capacity];
        cut(forms);
        words = new int[count];
        shapes = new int[count];
        names = new int[count];
        gaps = new int[count];
        labels = new int[count];
        lines = new int[count];
        known = new boolean[count];
        boolean capitals = false;
        int next = 0;
        for (int i = 0; i < count; i++) {
            while (next < forms.size() && forms.get(next).end() <= starts[i]) {
                next++;
            }
            boolean form = next < forms.size() && forms.get(next).start() <= starts[i];
            describe(i, form ? forms.get(next) : null, gazetteer);
            known[i] = form;
            capitals |= Character.isUpperCase(text.charAt(starts[i]));
        }
        hasCapitals = capitals;
        prose = new int[count];
        layOut();
        markProse();
    }

    private void cut(List<Place> forms) {
        int next = 0;
        int i = 0;
        while (i < text.length()) {
            if (next < forms.size() && forms.get(next).start() <= i) {
                add(i, forms.get(next).end());
                i = forms.get(next++).end();
                continue;
            }
            char c = text.charAt(i);
            if (c <= ' ' || c == '\u00a0') {
                i++;
                continue;
            }
            int limit = next < forms.size() ? forms.get(next).start() : text.length();
            int from = i++;
            if (isWord(c)) {
                while (i < limit && isWord(text.charAt(i))) {
                    i++;
                }
            }
            add(from, i);
        }
    }

    private void add(int from, int to) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = from;
        ends[count++] = to;
    }

    private static boolean isWord(char c) {
        if (c < 0x80) {
            return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
        }
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.isSurrogate(c);
    }

    private void describe(
            int i, @org.jspecify.annotations.Nullable Place form, Gazetteer gazetteer) {
        int from = starts[i];
        int to = ends[i];
        if (form != null) {
            words[i] = Gazetteer.mix(form.type().hashCode());
            shapes[i] = 7;
            return;
        }
        boolean digits = true;
        for (int k = from; k < to; k++) {
            digits &= text.charAt(k) >= '0' && text.charAt(k) <= '9';
        }
        words[i] = digits ? Gazetteer.mix(100 + to - from) : Gazetteer.hash(text, from, to);
        shapes[i] = shape(from, to);
        int kinds = digits ? 0 : gazetteer.kinds(words[i]);
        boolean common = !digits && Words.shipped().isWord(text, from, to);
        names[i] = kinds * 2 + (common ? 1 : 0);
    }

    private int shape(int from, int to) {
        int shape = Math.min(to - from, 4);
        char before = 0;
        int steps = 0;
        for (int i = from; i < to && steps < 6; i++) {
            char c = text.charAt(i);
            char kind =
                    Character.isUpperCase(c)
                            ? 'X'
                            : Character.isLowerCase(c)
                                    ? 'x'
                                    : c >= '0' && c <= '9' ? '9' : Character.isLetter(c) ? 'c' : c;
            if (kind != before || kind == '9') {
                shape = shape * 31 + kind;
                steps++;
            }
            before = kind;
        }
        return shape;
    }

    private void layOut() {
        int label = EDGE;
        int line = 0;
        int inLine = 0;
        for (int i = 0; i < count; i++) {
            int gap = i == 0 ? 2 : gap(ends[i - 1], starts[i]);
            gaps[i] = gap;
            if (gap == 2) {
                line =
                        line == 0 && i == 0
                                ? 0
                                : shapes[i - inLine == i ? 0 : Math.max(0, i - inLine)];
                label = EDGE;
                inLine = 0;
            }
            labels[i] = label;
            lines[i] = Math.min(inLine, 3) * 31 + line;
            boolean colon = ends[i] - starts[i] == 1 && text.charAt(starts[i]) == ':';
            if (colon && inLine > 0 && inLine <= LONGEST_LABEL) {
                label = words[i - 1];
            }
            inLine++;
        }
    }

    /// Marks the words of sentences: among the nearest words on both sides at least three common
    /// ones in small letters stand together on one line.
    private void markProse() {
        int run = 0;
        int last = -PROSE_REACH - 1;
        for (int i = 0; i < count; i++) {
            run = gaps[i] == 2 ? 0 : run;
            run = isPlainWord(i) ? run + 1 : 0;
            last = run >= PROSE_RUN ? i : last;
            prose[i] = i - last <= PROSE_REACH ? 1 : 0;
        }
        int next = count + PROSE_REACH + 1;
        run = 0;
        for (int i = count - 1; i >= 0; i--) {
            run = isPlainWord(i) ? run + 1 : 0;
            next = run >= PROSE_RUN ? i : next;
            prose[i] |= next - i <= PROSE_REACH ? 2 : 0;
            run = gaps[i] == 2 ? 0 : run;
        }
    }

    private boolean isPlainWord(int i) {
        return !known[i]
                && (names[i] & 1) == 1
                && (!hasCapitals || Character.isLowerCase(text.charAt(starts[i])));
    }

    private int gap(int from, int to) {
        if (from == to) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                return 2;
            }
        }
        return to - from > 2 ? 3 : 1;
    }

    /// Whether at least one in eight words of a range has two letters or more, and in a long range
    /// of Latin script one in sixteen is a word or a name that is known: rows of single signs and
    /// random letters would cost as much as a page of prose.
    boolean mayHoldNames(int from, int to) {
        int wordsOfLetters = 0;
        int met = 0;
        int foreign = 0;
        for (int i = from; i < to; i++) {
            char first = text.charAt(starts[i]);
            boolean isLong = ends[i] - starts[i] > 1 && Character.isLetter(first);
            wordsOfLetters += isLong ? 1 : 0;
            met += ends[i] - starts[i] > 2 && names[i] != 0 ? 1 : 0;
            foreign += first >= 0x250 ? 1 : 0;
        }
        boolean isShort = to - from < LONG_RANGE;
        boolean isReadable = isShort || foreign * 8 >= to - from || met * 16 >= to - from;
        return wordsOfLetters * 8 >= to - from && isReadable;
    }

    /// Makes some words look like words never seen, so that the tagger learns to do without them.
    ///
    /// @param share how many, 0..1
    /// @param shareOfPlain how many of the common words in small letters, 0..1
    void forget(java.util.random.RandomGenerator random, double share, double shareOfPlain) {
        for (int i = 0; i < count; i++) {
            double limit = isPlainWord(i) ? shareOfPlain : share;
            if (!known[i] && random.nextDouble() < limit) {
                words[i] = random.nextInt();
            }
        }
    }

    int count() {
        return count;
    }

    /// Whether all words of a range are common ones in small letters, in a text that has capitals.
    boolean isPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!hasCapitals || !isPlainWord(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the word is a common one that a sentence begins with.
    boolean opensWithCommonWord(int i) {
        boolean isFirst =
                i == 0 || gaps[i] == 2 || ".!?:\"".indexOf(text.charAt(ends[i - 1] - 1)) >= 0;
        return isFirst && (names[i] & 1) == 1;
    }

    /// Whether the gazetteer knows the word as one of a kind.
    boolean isOfKind(int i, int kind) {
        return ((names[i] >> 1) & kind) != 0;
    }

    String text(int i) {
        return text.substring(starts[i], ends[i]);
    }

    /// Whether the word is that sign.
    boolean isSign(int i, char sign) {
        return ends[i] == starts[i] + 1 && text.charAt(starts[i]) == sign;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    int gap(int i) {
        return gaps[i];
    }

    /// Whether a form already gave the word away.
    boolean isKnown(int i) {
        return known[i];
    }

    private int word(int i) {
        return i < 0 || i >= count ? EDGE : words[i];
    }

    private int shapeAt(int i) {
        return i < 0 || i >= count ? 1 : shapes[i];
    }

    private int name(int i) {
        return i < 0 || i >= count ? 1023 : names[i];
    }

    private int piece(int i, int from, int to) {
        return starts[i] > from || ends[i] < to ? 0 : Gazetteer.hash(text, from, to);
    }

    /// Writes the numbers of the features of a word, each below `1 << bits`.
    void features(int i, int[] out, int bits) {
        int w = word(i);
        int s = shapeAt(i);
        int n = name(i);
        int w1 = word(i - 1);
        int w2 = word(i + 1);
        int s1 = shapeAt(i - 1);
        int s2 = shapeAt(i + 1);
        int n1 = name(i - 1);
        int n2 = name(i + 1);
        int cased = hasCapitals ? 1 : 0;
        int f = 0;
        out[f++] = w;
        out[f++] = w1;
        out[f++] = w2;
        out[f++] = word(i - 2);
        out[f++] = word(i + 2);
        out[f++] = w1 * 31 + w;
        out[f++] = w * 31 + w2;
        out[f++] = word(i - 2) * 31 + w1;
        out[f++] = w2 * 31 + word(i + 2);
        out[f++] = w1 * 31 + w2;
        out[f++] = s * 2 + cased;
        out[f++] = s1 * 31 + s;
        out[f++] = s * 31 + s2;
        out[f++] = (s1 * 31 + s) * 31 + s2;
        out[f++] = (s * 31 + s2) * 31 + shapeAt(i + 2);
        out[f++] = (shapeAt(i - 2) * 31 + s1) * 31 + s;
        out[f++] = piece(i, starts[i], starts[i] + 3);
        out[f++] = piece(i, ends[i] - 2, ends[i]);
        out[f++] = piece(i, ends[i] - 3, ends[i]);
        out[f++] = piece(i, ends[i] - 4, ends[i]);
        out[f++] = n * 2 + cased;
        out[f++] = n1 * 1024 + n;
        out[f++] = n * 1024 + n2;
        out[f++] = (n1 * 1024 + n) * 1024 + n2;
        out[f++] = n * 31 + s;
        out[f++] = (n1 * 31 + s1) * 31 + n * 31 + s;
        out[f++] = (n * 31 + s) * 961 + n2 * 31 + s2;
        out[f++] = n * 31 + w1;
        out[f++] = n * 31 + w2;
        out[f++] = s * 31 + w1;
        out[f++] = s * 31 + w2;
        out[f++] = (s * 31 + w1) * 31 + w2;
        out[f++] = (n * 31 + w1) * 31 + w2;
        out[f++] = lines[i] * 31 + s;
        out[f++] = labels[i] * 31 + s;
        out[f++] = labels[i] * 31 + gaps[i];
        out[f++] = gaps[i] * 31 + (i + 1 < count ? gaps[i + 1] : 2);
        out[f++] = (gaps[i] * 31 + (i + 1 < count ? gaps[i + 1] : 2)) * 31 + s;
        out[f++] = (n & 1) * 8 + (n1 & 1) * 4 + (n2 & 1) * 2 + cased;
        out[f++] = (n >> 1) * 31 + s1;
        out[f++] = word(i - 2) * 31 + n;
        out[f++] = shapeAt(i - 2) * 31 + s * 7 + n;
        int mode = prose[i];
        out[f++] = mode * 31 + s;
        out[f++] = (mode * 31 + s) * 31 + gaps[i];
        out[f++] = ((mode * 31 + s1) * 31 + s) * 31 + s2;
        out[f++] = (mode * 31 + gaps[i]) * 1024 + n;
        for (int k = 0; k < f; k++) {
            out[k] = Gazetteer.mix(out[k] * 0x9E3779B1 + k * 0x7F4A7C15) >>> (32 - bits);
        }
    }
}
