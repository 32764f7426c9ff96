package dev.bartizan.artifacts.instructions.steering;

import java.util.Arrays;

/// One to three sentences, and the features that they are judged by: their words and pairs of
/// neighbours, what sentences begin with (an order begins with its verb), what is negated, what is
/// spoken of, and which concepts come before which. Each feature counts once.
final class Window {
    /// Bits of a feature's number.
    static final int BITS = 17;

    private static final int MASK = (1 << BITS) - 1;

    /// Words between two concepts that belong together.
    private static final int FAR = 14;

    /// Words behind a negation that it is about.
    private static final int NEGATED = 4;

    private static final int PER_WORD = 4 + NEGATED;
    private static final long NOT = Lexicon.of("not");

    private final int[] features;
    private final int start;
    private final int end;

    private Window(int[] features, int start, int end) {
        this.features = features;
        this.start = start;
        this.end = end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int[] features() {
        return features;
    }

    /// The window over the words from one to before another.
    static Window of(Words words, int from, int to) {
        int[] found = new int[(to - from) * PER_WORD];
        int count = 0;
        long[] after = new long[Long.SIZE];
        long spoken = 0;
        for (int i = from; i < to; i++) {
            found[count++] = feature(1, words.stem(i));
            found[count++] = feature(2, words.form(i));
            if (i + 1 < to) {
                found[count++] = feature(3, words.stem(i) * 31 + words.stem(i + 1));
            }
            if (i == from || words.isLast(i - 1)) {
                found[count++] = feature(4, words.form(i));
            }
            long own = words.concepts(i);
            spoken |= own;
            if ((own & NOT) != 0) {
                for (int j = i + 1; j <= Math.min(to - 1, i + NEGATED); j++) {
                    found[count++] = feature(5, words.stem(j));
                }
            }
            long then = own == 0 ? 0 : spokenOf(words, i + 1, Math.min(to, i + FAR));
            for (long rest = own; rest != 0; rest &= rest - 1) {
                after[Long.numberOfTrailingZeros(rest)] |= then;
            }
        }
        int[] all = Arrays.copyOf(found, count + pairs(after) + Long.bitCount(spoken));
        for (int concept = 0; concept < Long.SIZE; concept++) {
            for (long rest = after[concept]; rest != 0; rest &= rest - 1) {
                all[count++] = feature(6, concept * Long.SIZE + Long.numberOfTrailingZeros(rest));
            }
        }
        for (long rest = spoken; rest != 0; rest &= rest - 1) {
            all[count++] = feature(7, Long.numberOfTrailingZeros(rest));
        }
        return new Window(once(all), words.start(from), words.end(to - 1));
    }

    private static long spokenOf(Words words, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits |= words.concepts(i);
        }
        return bits;
    }

    private static int pairs(long[] bits) {
        int sum = 0;
        for (long each : bits) {
            sum += Long.bitCount(each);
        }
        return sum;
    }

    private static int[] once(int[] features) {
        Arrays.sort(features);
        int kept = 0;
        for (int i = 0; i < features.length; i++) {
            if (i == 0 || features[i] != features[i - 1]) {
                features[kept++] = features[i];
            }
        }
        return Arrays.copyOf(features, kept);
    }

    private static int feature(int kind, int what) {
        int hash = (what + kind * 0x9E3779B9) * 0x85EBCA6B;
        hash ^= hash >>> 15;
        hash *= 0xC2B2AE35;
        return (hash ^ hash >>> 16) & MASK;
    }
}
