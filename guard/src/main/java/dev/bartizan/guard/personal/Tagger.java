package dev.bartizan.guard.personal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /// Bits of a hashed feature.
    static final int BITS = 16;

    /// A tag for nothing, and two for each type: one that begins it, one inside it.
    static final int TAGS = 1 + 2 * TYPES.size();

    /// How many weights there are: of features by tag, then of pairs of tags by gap.
    static final int SIZE = (1 << BITS) * TAGS + TaggedWords.GAPS * TAGS * TAGS;

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
    private static final int LONGEST_DATE = 40;
    private final byte[] weights;
    private final BestTags best;
    private final Gazetteer gazetteer;

    /// A tagger with these weights, in steps.
    Tagger(byte[] weights, Gazetteer gazetteer) {
        this.weights = weights;
        this.gazetteer = gazetteer;
        best = BestTags.of(weights);
    }

    /// What a text holds besides what its forms gave away, in order.
    List<Place> find(String text, List<Place> forms) {
        TaggedWords words = new TaggedWords(text, forms, gazetteer);
        List<Place> out = new ArrayList<>();
        int[] tags = new int[words.count()];
        for (int from = 0; from < words.count(); from += STRETCH) {
            int to = Math.min(words.count(), from + STRETCH);
            if (words.mayHoldNames(from, to)) {
                best.fill(words, from, to, tags);
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
