package dev.bartizan.guard.personal;

import java.util.List;
import java.util.Random;

/// Learns a tagger from samples: an averaged structured perceptron (Collins 2002), several times in
/// other orders. Some words of the gazetteer are forgotten for a sample, so that names which are
/// not in it are learned from what surrounds them.
public final class TaggerTraining {
    private static final int RUNS = 4;
    private static final double FORGOTTEN = 0.35;
    private static final double FORGOTTEN_PLAIN = 0.3;

    private TaggerTraining() {}

    /// A text with what stands in it.
    ///
    /// @param text the text
    /// @param entities its entities, also those that forms give away
    public record Sample(String text, List<Entity> entities) {
        /// Copies the list.
        public Sample {
            entities = List.copyOf(entities);
        }
    }

    /// Something in a sample.
    ///
    /// @param type its type
    /// @param start first character
    /// @param end character after the last
    public record Entity(String type, int start, int end) {}

    /// Learns from samples several times in other orders and takes the mean; the same seed gives
    /// the same tagger.
    public static Tagger train(List<Sample> samples, Gazetteer gazetteer, int passes, long seed) {
        float[] mean = new float[Tagger.SIZE];
        for (int run = 0; run < RUNS; run++) {
            float[] weights = learned(samples, gazetteer, passes, seed + run);
            for (int i = 0; i < Tagger.SIZE; i++) {
                mean[i] += weights[i];
            }
        }
        return rounded(mean, gazetteer);
    }

    private static float[] learned(
            List<Sample> samples, Gazetteer gazetteer, int passes, long seed) {
        float[] weights = new float[Tagger.SIZE];
        float[] totals = new float[Tagger.SIZE];
        Random random = new Random(seed);
        int step = 1;
        for (int n = 0; n < samples.size() * passes; n++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            TaggedWords words =
                    new TaggedWords(sample.text(), FormScanner.scan(sample.text()), gazetteer);
            words.forget(random, FORGOTTEN, FORGOTTEN_PLAIN);
            learn(words, sample, weights, totals, step++);
        }
        for (int i = 0; i < Tagger.SIZE; i++) {
            weights[i] -= totals[i] / step;
        }
        return weights;
    }

    /// The weights as 8-bit steps.
    private static Tagger rounded(float[] weights, Gazetteer gazetteer) {
        float largest = 1e-6f;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        byte[] steps = new byte[Tagger.SIZE];
        float scale = Math.min(largest, 6f * RUNS) / 127;
        for (int i = 0; i < Tagger.SIZE; i++) {
            steps[i] = (byte) Math.clamp(Math.round(weights[i] / scale), -127, 127);
        }
        return new Tagger(steps, gazetteer);
    }

    private static void learn(
            TaggedWords words, Sample sample, float[] weights, float[] totals, int step) {
        int[] guess = new int[words.count()];
        BestTags.of(weights).fill(words, 0, words.count(), guess);
        int[] gold = gold(words, sample);
        int[] features = new int[TaggedWords.FEATURES];
        int before = 0;
        int beforeGuess = 0;
        for (int i = 0; i < gold.length; i++) {
            if (guess[i] != gold[i] && !words.isKnown(i)) {
                words.features(i, features, Tagger.BITS);
                for (int feature : features) {
                    step(weights, totals, feature * Tagger.TAGS + gold[i], 1, step);
                    step(weights, totals, feature * Tagger.TAGS + guess[i], -1, step);
                }
            }
            if (guess[i] != gold[i] || beforeGuess != before) {
                int row =
                        (1 << Tagger.BITS) * Tagger.TAGS + words.gap(i) * Tagger.TAGS * Tagger.TAGS;
                step(weights, totals, row + before * Tagger.TAGS + gold[i], 1, step);
                step(weights, totals, row + beforeGuess * Tagger.TAGS + guess[i], -1, step);
            }
            before = gold[i];
            beforeGuess = guess[i];
        }
    }

    private static void step(float[] weights, float[] totals, int at, float by, int step) {
        weights[at] += by;
        totals[at] += by * step;
    }

    private static int[] gold(TaggedWords words, Sample sample) {
        int[] gold = new int[words.count()];
        for (Entity entity : sample.entities()) {
            int type = Tagger.TYPES.indexOf(entity.type());
            boolean opened = false;
            for (int i = 0; type >= 0 && i < gold.length; i++) {
                if (words.start(i) < entity.end()
                        && entity.start() < words.end(i)
                        && !words.isKnown(i)) {
                    gold[i] = opened ? 2 + 2 * type : 1 + 2 * type;
                    opened = true;
                } else {
                    opened = false;
                }
            }
        }
        return gold;
    }
}
