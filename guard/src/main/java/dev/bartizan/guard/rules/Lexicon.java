package dev.bartizan.guard.rules;

import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Words and phrases of many languages by what they mean; all found in one pass.
public final class Lexicon {
    private final List<String> concepts;
    private final AhoCorasick machine;
    private final int[][] conceptsOf;
    private final boolean[] openStart;
    private final boolean[] openEnd;

    /// A concept met in a text.
    ///
    /// @param concept index in `concepts()`
    /// @param start first character
    /// @param end character after the last
    public record Hit(int concept, int start, int end) {}

    /// Reads lines of the form `concept|language|phrase, phrase`.
    Lexicon(List<String> lines) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        Map<String, Set<Integer>> phrases = new LinkedHashMap<>();
        Set<String> stems = new HashSet<>();
        for (String line : lines) {
            int first = line.indexOf('|');
            int second = line.indexOf('|', first + 1);
            int id = ids.computeIfAbsent(line.substring(0, first), _ -> ids.size());
            for (String phrase : phrases(line.substring(second + 1))) {
                boolean stem = phrase.endsWith("*");
                String bare = stem ? phrase.substring(0, phrase.length() - 1) : phrase;
                phrases.computeIfAbsent(bare, _ -> new LinkedHashSet<>()).add(id);
                if (stem) {
                    stems.add(bare);
                }
            }
        }
        concepts = List.copyOf(ids.keySet());
        openStart = new boolean[phrases.size()];
        openEnd = new boolean[phrases.size()];
        conceptsOf = new int[phrases.size()][];
        machine = new AhoCorasick(patterns(phrases, stems));
    }

    private List<String> patterns(Map<String, Set<Integer>> phrases, Set<String> stems) {
        List<String> patterns = new ArrayList<>();
        phrases.forEach((bare, ids) -> {
            int at = patterns.size();
            openStart[at] = !isBounded(bare.codePointAt(0)) || isSemitic(bare.codePointAt(0));
            openEnd[at] = stems.contains(bare) || !isBounded(bare.codePointBefore(bare.length()));
            conceptsOf[at] = ids.stream().mapToInt(Integer::intValue).toArray();
            patterns.add(bare);
        });
        return patterns;
    }

    private static List<String> phrases(String list) {
        List<String> phrases = new ArrayList<>();
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int end = comma < 0 ? list.length() : comma;
            String phrase = list.substring(from, end).strip();
            boolean stem = phrase.endsWith("*");
            String bare = stem ? phrase.substring(0, phrase.length() - 1) : phrase;
            if (!bare.isEmpty() && bare.indexOf('*') < 0) {
                phrases.add(Normaliser.fold(bare) + (stem ? "*" : ""));
            }
            from = end + 1;
        }
        return phrases;
    }

    /// Names of the concepts; a hit's concept is an index here.
    public List<String> concepts() {
        return concepts;
    }

    /// Index of a concept, or -1.
    public int indexOf(String concept) {
        return concepts.indexOf(concept);
    }

    /// Everything found in folded lower-case text, by end.
    public List<Hit> find(String text) {
        List<Hit> hits = new ArrayList<>();
        machine.scan(
                text,
                (pattern, start, end) -> {
                    boolean startsWell =
                            openStart[pattern] || start == 0 || !isWord(text, start - 1);
                    boolean endsWell =
                            openEnd[pattern] || end == text.length() || !isWord(text, end);
                    if (startsWell && endsWell) {
                        for (int concept : conceptsOf[pattern]) {
                            hits.add(new Hit(concept, start, end));
                        }
                    }
                });
        return hits;
    }

    private static boolean isWord(String text, int at) {
        return Character.isLetterOrDigit(text.charAt(at));
    }

    private static boolean isBounded(int point) {
        if (!Character.isLetterOrDigit(point)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> false;
            default -> true;
        };
    }

    private static boolean isSemitic(int point) {
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return script == Character.UnicodeScript.ARABIC || script == Character.UnicodeScript.HEBREW;
    }

    /// The lexicon that ships.
    public static Lexicon shipped() {
        return Shipped.DATA;
    }

    private static final class Shipped {
        private static final Lexicon DATA =
                new Lexicon(Resources.lines(Lexicon.class, "concepts.txt"));
    }
}
