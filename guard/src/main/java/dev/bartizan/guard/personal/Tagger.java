package dev.bartizan.guard.personal;

import dev.bartizan.guard.text.Words;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A small tagger of names, places, organisations and addresses: an averaged perceptron over hashed
/// shapes, word ends and neighbours, decoded from left to right.
///
/// Michael Collins: Discriminative Training Methods for Hidden Markov Models (2002), with greedy
/// decoding in place of Viterbi.
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
                    "PREFIX",
                    "PHONE_NUMBER",
                    "US_DRIVER_LICENSE",
                    "CREDIT_CARD");

    private static final int TAGS = 1 + 2 * TYPES.size();
    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;
    private static final int FEATURES = 30;
    private static final int LONGEST_WORD = 24;
    private final float[] weights;

    /// Something found.
    ///
    /// @param type one of `TYPES`
    /// @param start first character
    /// @param end character after the last
    public record Entity(String type, int start, int end) {}

    private Tagger(float[] weights) {
        this.weights = weights;
    }

    /// The entities of a text.
    public List<Entity> find(String text) {
        List<int[]> tokens = tokens(text);
        List<Entity> out = new ArrayList<>();
        int before = 0;
        int earlier = 0;
        Entity open = null;
        for (int i = 0; i < tokens.size(); i++) {
            int tag = best(features(text, tokens, i, before, earlier), before);
            int[] token = tokens.get(i);
            String type = tag == 0 ? "" : TYPES.get((tag - 1) / 2);
            boolean goesOn = tag > 0 && tag % 2 == 0 && open != null && open.type().equals(type);
            if (goesOn && open != null) {
                open = new Entity(type, open.start(), token[1]);
            } else {
                if (open != null) {
                    out.add(open);
                }
                open = tag == 0 ? null : new Entity(type, token[0], token[1]);
            }
            earlier = before;
            before = tag;
        }
        if (open != null) {
            out.add(open);
        }
        return out;
    }

    private int best(int[] features, int before) {
        int best = 0;
        float top = Float.NEGATIVE_INFINITY;
        for (int tag = 0; tag < TAGS; tag++) {
            if (!follows(tag, before)) {
                continue;
            }
            float score = 0;
            for (int feature : features) {
                score += weights[feature * TAGS + tag];
            }
            if (score > top) {
                top = score;
                best = tag;
            }
        }
        return best;
    }

    private static boolean follows(int tag, int before) {
        return tag == 0 || tag % 2 == 1 || before == tag || before == tag - 1;
    }

    private static List<int[]> tokens(String text) {
        List<int[]> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) && c != '\n') {
                i++;
                continue;
            }
            int from = i++;
            if (isWord(c)) {
                while (i < text.length() && isWord(text.charAt(i))) {
                    i++;
                }
            }
            tokens.add(new int[] {from, i});
        }
        return tokens;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.isSurrogate(c);
    }

    private static String word(String text, List<int[]> tokens, int i) {
        if (i < 0 || i >= tokens.size()) {
            return "\u0001";
        }
        int[] token = tokens.get(i);
        return text.substring(token[0], Math.min(token[1], token[0] + LONGEST_WORD));
    }

    private static int[] features(String text, List<int[]> tokens, int i, int before, int earlier) {
        String word = word(text, tokens, i);
        String lower = word.toLowerCase(Locale.ROOT);
        String last = word(text, tokens, i - 1).toLowerCase(Locale.ROOT);
        String next = word(text, tokens, i + 1).toLowerCase(Locale.ROOT);
        String last2 = word(text, tokens, i - 2).toLowerCase(Locale.ROOT);
        String next2 = word(text, tokens, i + 2).toLowerCase(Locale.ROOT);
        String shape = shape(word);
        String shapeLast = shape(word(text, tokens, i - 1));
        String shapeNext = shape(word(text, tokens, i + 1));
        String[] names = {
            "w" + lower,
            "s" + shape,
            "p2" + lower.substring(0, Math.min(2, lower.length())),
            "p3" + lower.substring(0, Math.min(3, lower.length())),
            "e2" + lower.substring(Math.max(0, lower.length() - 2)),
            "e3" + lower.substring(Math.max(0, lower.length() - 3)),
            "e4" + lower.substring(Math.max(0, lower.length() - 4)),
            "l" + last,
            "n" + next,
            "ll" + last2,
            "nn" + next2,
            "l2" + last2 + " " + last,
            "n2" + next + " " + next2,
            "ln" + last + " " + next,
            "sl" + shapeLast + shape,
            "sn" + shape + shapeNext,
            "sln" + shapeLast + shape + shapeNext,
            "t" + before,
            "tt" + before + "," + earlier,
            "tw" + before + lower,
            "ts" + before + shape,
            "tl" + before + last,
            "tsn" + before + shape + shapeNext,
            "tn" + before + next,
            "b" + (i == 0 ? "first" : "") + shape,
            "k" + isCommon(lower) + shape,
            "kk" + isCommon(last) + isCommon(lower) + isCommon(next) + shape,
            "kt" + isCommon(lower) + shape + before,
            "ks" + shapeLast + shape + shapeNext + isCommon(lower),
            "ss" + shape(word(text, tokens, i + 2)) + shapeNext + shape
        };
        int[] out = new int[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            int h = names[f].hashCode() * 0x9E3779B1;
            out[f] = (h ^ h >>> 15) & MASK;
        }
        return out;
    }

    private static boolean isCommon(String word) {
        return Words.shipped().isWord(word);
    }

    private static String shape(String word) {
        StringBuilder out = new StringBuilder();
        char before = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            char kind =
                    Character.isUpperCase(c)
                            ? 'X'
                            : Character.isLowerCase(c)
                                    ? 'x'
                                    : Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'c' : c;
            if (kind != before || kind == '9') {
                out.append(kind);
            }
            before = kind;
        }
        return out.length() > 6 ? out.substring(0, 6) : out.toString();
    }

    /// A text with what stands in it.
    ///
    /// @param text the text
    /// @param entities its entities
    public record Sample(String text, List<Entity> entities) {
        /// Copies the list.
        public Sample {
            entities = List.copyOf(entities);
        }
    }

    /// Learns from samples; the same seed gives the same tagger.
    public static Tagger train(List<Sample> samples, int passes, long seed) {
        float[] weights = new float[(MASK + 1) * TAGS];
        float[] totals = new float[weights.length];
        Tagger tagger = new Tagger(weights);
        Random random = new Random(seed);
        int step = 1;
        for (int pass = 0; pass < passes; pass++) {
            for (int n = 0; n < samples.size(); n++) {
                Sample sample = samples.get(random.nextInt(samples.size()));
                tagger.learn(sample, totals, step++);
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= totals[i] / step;
        }
        return tagger;
    }

    private void learn(Sample sample, float[] totals, int step) {
        List<int[]> tokens = tokens(sample.text());
        int before = 0;
        int earlier = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int gold = gold(sample, tokens.get(i), before);
            int[] features = features(sample.text(), tokens, i, before, earlier);
            int guess = best(features, before);
            if (guess != gold) {
                for (int feature : features) {
                    weights[feature * TAGS + gold] += 1;
                    totals[feature * TAGS + gold] += step;
                    weights[feature * TAGS + guess] -= 1;
                    totals[feature * TAGS + guess] -= step;
                }
            }
            earlier = before;
            before = gold;
        }
    }

    private static int gold(Sample sample, int[] token, int before) {
        for (Entity entity : sample.entities()) {
            int type = TYPES.indexOf(entity.type());
            if (type >= 0 && token[0] < entity.end() && entity.start() < token[1]) {
                int begin = 1 + type * 2;
                boolean starts =
                        token[0] <= entity.start() || (before != begin && before != begin + 1);
                return starts ? begin : begin + 1;
            }
        }
        return 0;
    }

    /// The file form: scale, then deflated 8-bit steps.
    public byte[] toBytes() {
        float largest = 1e-6f;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float scale = largest / 127;
        byte[] steps = new byte[weights.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) Math.round(weights[i] / scale);
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(steps);
        deflater.finish();
        byte[] packed = new byte[steps.length + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return ByteBuffer.allocate(4 + length).putFloat(scale).put(packed, 0, length).array();
    }

    /// Reads the file form.
    public static Tagger of(byte[] bytes) {
        float scale = ByteBuffer.wrap(bytes).getFloat();
        byte[] steps = new byte[(MASK + 1) * TAGS];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Arrays.copyOfRange(bytes, 4, bytes.length));
            if (inflater.inflate(steps) != steps.length) {
                throw new IllegalStateException("the tagger ends early");
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("the tagger is damaged", e);
        } finally {
            inflater.end();
        }
        float[] weights = new float[steps.length];
        for (int i = 0; i < steps.length; i++) {
            weights[i] = steps[i] * scale;
        }
        return new Tagger(weights);
    }
}
