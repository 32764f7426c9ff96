package dev.bartizan.guard.personal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The best sequence of tags by weights of features and of pairs of tags (Viterbi). Safe to share
/// when its weights do not change.
abstract sealed class BestTags {
    private static final int TAGS = Tagger.TAGS;
    private static final int FIRST_PAIR = (1 << Tagger.BITS) * TAGS;

    /// Weight of a tag behind another by gap, tag and the tag before.
    private final float[] pairs = new float[TaggedWords.GAPS * TAGS * TAGS];

    /// By weights in whole steps.
    static BestTags of(byte[] weights) {
        return new Whole(weights);
    }

    /// By weights that are being learned; those of pairs as they are now.
    static BestTags of(float[] weights) {
        return new Learning(weights);
    }

    /// Fills the score of each tag by the features of a word.
    abstract void score(int[] features, float[] scores);

    final void pair(int at, float weight) {
        int gap = at / (TAGS * TAGS);
        int before = at / TAGS % TAGS;
        pairs[(gap * TAGS + at % TAGS) * TAGS + before] = weight;
    }

    /// Weights of a feature are 15 bytes: two words that share the middle one, side by side. They
    /// are added in 16-bit lanes, each weight 128 higher so that none is below zero.
    private static final class Whole extends BestTags {
        private static final long SIGNS = 0x8080808080808080L;
        private static final long LANES = 0x00ff00ff00ff00ffL;
        private static final int SHARED = TAGS / 2;
        private final long[] words = new long[2 << Tagger.BITS];

        Whole(byte[] weights) {
            if (TAGS != 2 * SHARED + 1 || SHARED != 7) {
                throw new IllegalStateException("two words do not hold " + TAGS + " weights");
            }
            ByteBuffer bytes = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
            for (int feature = 0; feature < 1 << Tagger.BITS; feature++) {
                words[2 * feature] = bytes.getLong(feature * TAGS) ^ SIGNS;
                words[2 * feature + 1] = bytes.getLong(feature * TAGS + SHARED) ^ SIGNS;
            }
            for (int i = FIRST_PAIR; i < weights.length; i++) {
                pair(i - FIRST_PAIR, weights[i]);
            }
        }

        @Override
        void score(int[] features, float[] scores) {
            long even = 0;
            long odd = 0;
            long evenAfter = 0;
            long oddAfter = 0;
            for (int feature : features) {
                long low = words[2 * feature];
                long high = words[2 * feature + 1];
                even += low & LANES;
                odd += (low >>> 8) & LANES;
                evenAfter += high & LANES;
                oddAfter += (high >>> 8) & LANES;
            }
            int raised = 128 * features.length;
            for (int i = 0; i < 4; i++) {
                int lane = 16 * i;
                scores[2 * i] = ((even >>> lane) & 0xffff) - raised;
                scores[2 * i + 1] = ((odd >>> lane) & 0xffff) - raised;
                scores[SHARED + 2 * i] = ((evenAfter >>> lane) & 0xffff) - raised;
                scores[SHARED + 2 * i + 1] = ((oddAfter >>> lane) & 0xffff) - raised;
            }
        }
    }

    private static final class Learning extends BestTags {
        private final float[] weights;

        Learning(float[] weights) {
            this.weights = weights;
            for (int i = FIRST_PAIR; i < weights.length; i++) {
                pair(i - FIRST_PAIR, weights[i]);
            }
        }

        @Override
        void score(int[] features, float[] scores) {
            for (int feature : features) {
                for (int tag = 0; tag < TAGS; tag++) {
                    scores[tag] += weights[feature * TAGS + tag];
                }
            }
        }
    }

    /// Fills the best sequence of tags for the words of a range.
    final void fill(TaggedWords words, int from, int to, int[] tags) {
        int[] features = new int[TaggedWords.FEATURES];
        byte[] back = new byte[(to - from) * TAGS];
        float[] best = new float[TAGS];
        float[] next = new float[TAGS];
        float[] own = new float[TAGS];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        best[0] = 0;
        for (int i = from; i < to; i++) {
            Arrays.fill(own, 0);
            if (!words.isKnown(i)) {
                words.features(i, features, Tagger.BITS);
                score(features, own);
            }
            int limit = words.isKnown(i) ? 1 : TAGS;
            Arrays.fill(next, Float.NEGATIVE_INFINITY);
            for (int tag = 0; tag < limit; tag++) {
                int before = before(words.gap(i), tag, best);
                float score = best[before] + pairs[(words.gap(i) * TAGS + tag) * TAGS + before];
                next[tag] = score + own[tag];
                back[(i - from) * TAGS + tag] = (byte) before;
            }
            float[] kept = best;
            best = next;
            next = kept;
        }
        int tag = 0;
        for (int t = 1; t < TAGS; t++) {
            tag = best[t] > best[tag] ? t : tag;
        }
        for (int i = to - 1; i >= from; i--) {
            tags[i] = tag;
            tag = back[(i - from) * TAGS + tag];
        }
    }

    /// The best tag before one: what is inside a name follows its beginning or its inside.
    private int before(int gap, int tag, float[] best) {
        boolean inside = tag > 0 && tag % 2 == 0;
        int first = inside ? tag - 1 : 0;
        int last = inside ? tag : TAGS - 1;
        int row = (gap * TAGS + tag) * TAGS;
        float top = Float.NEGATIVE_INFINITY;
        int found = first;
        for (int before = first; before <= last; before++) {
            float score = best[before] + pairs[row + before];
            if (score > top) {
                top = score;
                found = before;
            }
        }
        return found;
    }
}
