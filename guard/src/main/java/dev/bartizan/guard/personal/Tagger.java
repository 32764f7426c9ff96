package dev.bartizan.guard.personal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A small tagger of names, places, organisations and addresses: an averaged structured perceptron
/// over hashed features of words, shapes, neighbours and the gazetteer, decoded with Viterbi over
/// pairs of tags that depend on the gap between the words.
///
/// Michael Collins: Discriminative Training Methods for Hidden Markov Models (2002).
public final class Tagger {
    /// Types that it tells apart.
    public static final List<String> TYPES =
            List.of(
                    "PERSON",
                    "ADDRESS",
                    "LOCATION",
                    "ORGANIZATION",
                    "DATE_TIME",
                    "TITLE",
                    "PREFIX");

    private static final int TAGS = 1 + 2 * TYPES.size();
    private static final int BITS = 16;
    private static final int PAIRS = TaggedWords.GAPS * TAGS * TAGS;
    private static final int SIZE = (1 << BITS) * TAGS + PAIRS;
    private static final int STRETCH = 512;
    private static final Set<String> FORMS_OF_ADDRESS =
            Set.of(
                    "mr",
                    "mrs",
                    "ms",
                    "miss",
                    "mx",
                    "dr",
                    "prof",
                    "professor",
                    "sir",
                    "madam",
                    "dame",
                    "herr",
                    "frau",
                    "mme",
                    "mlle",
                    "monsieur",
                    "madame",
                    "sr",
                    "sra",
                    "señor",
                    "señora",
                    "sig",
                    "signor",
                    "signora",
                    "dott",
                    "rev",
                    "hon",
                    "lady",
                    "lord");
    private static final Set<String> PARTICLES =
            Set.of(
                    "de", "la", "del", "van", "von", "der", "den", "da", "do", "dos", "di", "du",
                    "le", "el", "al", "bin", "ben", "ibn", "y", "e", "ter", "ten", "zu", "st", "af",
                    "av", "dr");
    private static final int RUNS = 4;
    private static final int LONGEST_DATE = 40;
    private static final double FORGOTTEN = 0.35;
    private static final double FORGOTTEN_PLAIN = 0.3;
    private final byte[] weights;
    private final Gazetteer gazetteer;

    private Tagger(byte[] weights, Gazetteer gazetteer) {
        this.weights = weights;
        this.gazetteer = gazetteer;
    }

    /// What a text holds besides what its forms gave away, in order.
    List<Place> find(String text, List<Place> forms) {
        TaggedWords words = new TaggedWords(text, forms, gazetteer);
        List<Place> out = new ArrayList<>();
        int[] tags = new int[words.count()];
        for (int from = 0; from < words.count(); from += STRETCH) {
            int to = Math.min(words.count(), from + STRETCH);
            if (words.mayHoldNames(from, to)) {
                decode(words, from, to, new Whole(weights), tags);
            }
        }
        collect(words, tags, out);
        return AddressRuns.joined(text, out);
    }

    private static void collect(TaggedWords words, int[] tags, List<Place> out) {
        int i = 0;
        while (i < tags.length) {
            if (tags[i] == 0) {
                i++;
                continue;
            }
            int type = (tags[i] - 1) / 2;
            int first = i++;
            while (i < tags.length && tags[i] == 2 + 2 * type && !endsName(words, type, i)) {
                i++;
            }
            first = nameBegins(words, type, first, i);
            if (first == i
                    || !isLikely(words, TYPES.get(type), first, i)
                    || isInIdentifier(words, first, i)) {
                continue;
            }
            String name = isInTown(words, type, first, i) ? "LOCATION" : TYPES.get(type);
            Place place = new Place(name, words.start(first), words.end(i - 1), 0.6);
            Place last = out.isEmpty() ? place : out.getLast();
            if (isOneName(words, last, place, first)) {
                out.removeLast();
                place = new Place(last.type(), last.start(), place.end(), 0.6);
            }
            out.add(place);
        }
    }

    /// Where a person's name begins behind common words in small letters: `Paris` of `in Paris`.
    private static int nameBegins(TaggedWords words, int type, int from, int to) {
        int first = from;
        while (first < to && endsName(words, type, first)) {
            first++;
        }
        return first;
    }

    /// Whether what reads like a person is a town or a country behind `in`.
    private static boolean isInTown(TaggedWords words, int type, int from, int to) {
        return TYPES.get(type).equals("PERSON")
                && to == from + 1
                && from > 0
                && words.text(from - 1).equals("in")
                && (words.isOfKind(from, Gazetteer.CITY)
                        || words.isOfKind(from, Gazetteer.COUNTRY));
    }

    /// Whether an underscore or a sign of equality is part of it or stands beside it: names in
    /// programs are nobody's.
    private static boolean isInIdentifier(TaggedWords words, int from, int to) {
        int last = Math.min(words.count(), to + 1);
        for (int i = Math.max(0, from - 1); i < last; i++) {
            if (words.isSign(i, '_') || words.isSign(i, '=')) {
                return true;
            }
        }
        return false;
    }

    /// Whether two persons with a space between them are one: `Ann` and `Lee`, but not `Mr.` and
    /// `Lee`.
    private static boolean isOneName(TaggedWords words, Place last, Place place, int first) {
        return last.type().equals("PERSON")
                && place.type().equals("PERSON")
                && first > 0
                && words.gap(first) == 1
                && words.end(first - 1) == last.end()
                && !words.text(first - 1).equals(".");
    }

    /// Whether a common word in small letters ends a person's name: `Anna in Paris`.
    private static boolean endsName(TaggedWords words, int type, int i) {
        return TYPES.get(type).equals("PERSON")
                && words.isPlain(i, i + 1)
                && !PARTICLES.contains(words.text(i));
    }

    /// Whether a job holds a word of jobs, and a form of address is one: what only stands where
    /// such words often stand is neither.
    private static boolean isLikely(TaggedWords words, String type, int from, int to) {
        return switch (type) {
            case "TITLE" -> {
                boolean isJob = false;
                for (int i = from; i < to; i++) {
                    isJob |= words.isOfKind(i, Gazetteer.JOB);
                }
                yield isJob;
            }
            case "PREFIX" -> FORMS_OF_ADDRESS.contains(words.text(from).toLowerCase(Locale.ROOT));
            case "DATE_TIME" -> words.end(to - 1) - words.start(from) <= LONGEST_DATE;
            case "PERSON", "LOCATION" -> !words.isPlain(from, to);
            case "ORGANIZATION" ->
                    !words.isPlain(from, to)
                            && !(to == from + 1 && words.opensWithCommonWord(from));
            default -> true;
        };
    }

    /// Weights by place.
    private interface Weights {
        void add(int feature, float[] scores);

        float pair(int at);
    }

    private static final class Whole implements Weights {
        private final byte[] values;

        Whole(byte[] values) {
            this.values = values;
        }

        @Override
        public void add(int feature, float[] scores) {
            int at = feature * TAGS;
            for (int tag = 0; tag < TAGS; tag++) {
                scores[tag] += values[at + tag];
            }
        }

        @Override
        public float pair(int at) {
            return values[(1 << BITS) * TAGS + at];
        }
    }

    private static final class Learning implements Weights {
        private final float[] values;

        Learning(float[] values) {
            this.values = values;
        }

        @Override
        public void add(int feature, float[] scores) {
            int at = feature * TAGS;
            for (int tag = 0; tag < TAGS; tag++) {
                scores[tag] += values[at + tag];
            }
        }

        @Override
        public float pair(int at) {
            return values[(1 << BITS) * TAGS + at];
        }
    }

    /// Fills the best sequence of tags for the words of a range.
    private static void decode(TaggedWords words, int from, int to, Weights weights, int[] tags) {
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
                words.features(i, features, BITS);
                for (int feature : features) {
                    weights.add(feature, own);
                }
            }
            int limit = words.isKnown(i) ? 1 : TAGS;
            Arrays.fill(next, Float.NEGATIVE_INFINITY);
            for (int tag = 0; tag < limit; tag++) {
                reach(words.gap(i), tag, best, weights, next, back, (i - from) * TAGS);
                next[tag] += own[tag];
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

    private static void reach(
            int gap, int tag, float[] best, Weights weights, float[] next, byte[] back, int row) {
        boolean inside = tag > 0 && tag % 2 == 0;
        int first = inside ? tag - 1 : 0;
        int last = inside ? tag : TAGS - 1;
        float top = Float.NEGATIVE_INFINITY;
        int from = first;
        for (int before = first; before <= last; before++) {
            if (best[before] == Float.NEGATIVE_INFINITY) {
                continue;
            }
            float score = best[before] + weights.pair((gap * TAGS + before) * TAGS + tag);
            if (score > top) {
                top = score;
                from = before;
            }
        }
        next[tag] = top;
        back[row + tag] = (byte) from;
    }

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
        float[] mean = new float[SIZE];
        for (int run = 0; run < RUNS; run++) {
            float[] weights = learned(samples, gazetteer, passes, seed + run);
            for (int i = 0; i < SIZE; i++) {
                mean[i] += weights[i];
            }
        }
        return rounded(mean, gazetteer);
    }

    private static float[] learned(
            List<Sample> samples, Gazetteer gazetteer, int passes, long seed) {
        float[] weights = new float[SIZE];
        float[] totals = new float[SIZE];
        Random random = new Random(seed);
        int step = 1;
        for (int n = 0; n < samples.size() * passes; n++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            TaggedWords words =
                    new TaggedWords(sample.text(), FormScanner.scan(sample.text()), gazetteer);
            words.forget(random, FORGOTTEN, FORGOTTEN_PLAIN);
            learn(words, sample, weights, totals, step++);
        }
        for (int i = 0; i < SIZE; i++) {
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
        byte[] steps = new byte[SIZE];
        float scale = Math.min(largest, 6f * RUNS) / 127;
        for (int i = 0; i < SIZE; i++) {
            steps[i] = (byte) Math.clamp(Math.round(weights[i] / scale), -127, 127);
        }
        return new Tagger(steps, gazetteer);
    }

    private static void learn(
            TaggedWords words, Sample sample, float[] weights, float[] totals, int step) {
        int[] guess = new int[words.count()];
        decode(words, 0, words.count(), new Learning(weights), guess);
        int[] gold = gold(words, sample);
        int[] features = new int[TaggedWords.FEATURES];
        int before = 0;
        int beforeGuess = 0;
        for (int i = 0; i < gold.length; i++) {
            if (guess[i] != gold[i] && !words.isKnown(i)) {
                words.features(i, features, BITS);
                for (int feature : features) {
                    step(weights, totals, feature * TAGS + gold[i], 1, step);
                    step(weights, totals, feature * TAGS + guess[i], -1, step);
                }
            }
            if (guess[i] != gold[i] || beforeGuess != before) {
                int row = (1 << BITS) * TAGS + words.gap(i) * TAGS * TAGS;
                step(weights, totals, row + before * TAGS + gold[i], 1, step);
                step(weights, totals, row + beforeGuess * TAGS + guess[i], -1, step);
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
            int type = TYPES.indexOf(entity.type());
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

    /// The same tagger with another gazetteer.
    public Tagger with(Gazetteer other) {
        return new Tagger(weights, other);
    }

    /// The file form: deflated 8-bit steps.
    public byte[] toBytes() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(weights);
        deflater.finish();
        byte[] packed = new byte[weights.length + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return ByteBuffer.allocate(length).put(packed, 0, length).array();
    }

    /// Reads the file form.
    public static Tagger of(byte[] bytes, Gazetteer gazetteer) {
        byte[] steps = new byte[SIZE];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            if (inflater.inflate(steps) != steps.length) {
                throw new IllegalStateException("the tagger ends early");
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("the tagger is damaged", e);
        } finally {
            inflater.end();
        }
        return new Tagger(steps, gazetteer);
    }
}
