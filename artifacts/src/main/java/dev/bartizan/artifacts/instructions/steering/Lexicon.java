package dev.bartizan.artifacts.instructions.steering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Which concepts a word speaks of: bit by bit those of the lines of `concepts.txt`.
final class Lexicon {
    /// Letters that beginnings are found by; none is shorter.
    private static final int INDEXED = 3;

    private static final Lexicon OWN = read();

    private final Map<String, Long> words = new HashMap<>();
    private final Map<String, List<Beginning>> beginnings = new HashMap<>();
    private int lines;

    private record Beginning(String letters, long bit) {}

    private Lexicon() {}

    /// The concepts of a word in small letters, or 0.
    static long of(String word) {
        long bits = OWN.words.getOrDefault(word, 0L);
        if (word.length() >= INDEXED) {
            for (Beginning each :
                    OWN.beginnings.getOrDefault(word.substring(0, INDEXED), List.of())) {
                bits |= word.startsWith(each.letters) ? each.bit : 0;
            }
        }
        return bits;
    }

    /// The letters that words of these concepts begin with.
    static BitSet initials(long concepts) {
        BitSet initials = new BitSet();
        OWN.words.forEach((word, bits) ->
                initials.set(
                        word.charAt(0), initials.get(word.charAt(0)) || (bits & concepts) != 0));
        for (List<Beginning> each : OWN.beginnings.values()) {
            for (Beginning beginning : each) {
                char first = beginning.letters.charAt(0);
                initials.set(first, initials.get(first) || (beginning.bit & concepts) != 0);
            }
        }
        return initials;
    }

    private static Lexicon read() {
        Lexicon lexicon = new Lexicon();
        lines().forEach(lexicon::add);
        return lexicon;
    }

    private static Stream<String> lines() {
        try (InputStream in = Lexicon.class.getResourceAsStream("concepts.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        long bit = 1L << lines++;
        for (String word : line.substring(line.indexOf(' ') + 1).split(" ", -1)) {
            if (word.endsWith("*")) {
                String letters = word.substring(0, word.length() - 1);
                beginnings
                        .computeIfAbsent(letters.substring(0, INDEXED), _ -> new ArrayList<>())
                        .add(new Beginning(letters, bit));
            } else {
                words.merge(word, bit, (a, b) -> a | b);
            }
        }
    }
}
