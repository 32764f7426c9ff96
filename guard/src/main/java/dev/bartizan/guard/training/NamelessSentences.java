package dev.bartizan.guard.training;

import dev.bartizan.guard.personal.TaggerTraining.Sample;
import dev.bartizan.guard.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Sentences of harmless rows that name nobody: beyond the first word nothing starts with a capital
/// letter, nearly every word is a common one, and there are hardly any digits.
final class NamelessSentences {
    private static final Pattern END = Pattern.compile("(?<=[.!?])\\s+|\\R+");
    private static final Pattern CAPITAL = Pattern.compile("[\\s\"'(]\\p{Lu}");
    private static final Pattern MYSELF = Pattern.compile("\\bI\\b");
    private static final Pattern WORD_START = Pattern.compile("(?<![\\p{L}'])\\p{Ll}");
    private static final int SHORTEST = 15;
    private static final int LONGEST = 220;

    private NamelessSentences() {}

    /// Up to so many of them, spread evenly over the rows that are not reserved.
    static List<Sample> of(List<Row> rows, int most) {
        Set<String> found = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.label().equals("benign") && !row.isReserved()) {
                for (String sentence : END.split(row.text(), -1)) {
                    if (isNameless(sentence.strip())) {
                        found.add(sentence.strip());
                    }
                }
            }
        }
        List<String> all = new ArrayList<>(found);
        List<Sample> out = new ArrayList<>();
        int step = Math.max(1, all.size() / most);
        for (int i = 0; i < all.size() && out.size() < most; i += step) {
            out.add(new Sample(dressed(all.get(i), out.size()), List.of()));
        }
        return out;
    }

    /// A sentence as it is, or now and then in capitals or with a capital on each word: capitals
    /// alone must not make a name.
    private static String dressed(String sentence, int number) {
        return switch (number % 12) {
            case 0 -> sentence.toUpperCase(Locale.ROOT);
            case 6 ->
                    WORD_START
                            .matcher(sentence)
                            .replaceAll(m -> m.group().toUpperCase(Locale.ROOT));
            default -> sentence;
        };
    }

    private static boolean isNameless(String sentence) {
        if (sentence.length() < SHORTEST || sentence.length() > LONGEST) {
            return false;
        }
        if (CAPITAL.matcher(MYSELF.matcher(sentence).replaceAll("i")).find()
                || sentence.chars().filter(Character::isDigit).count() > 2) {
            return false;
        }
        String[] words = sentence.split("[^\\p{L}]+", -1);
        int rare = 0;
        for (int i = 1; i < words.length; i++) {
            boolean isLong = words[i].length() > 2;
            rare += isLong && !Words.shipped().isWord(words[i], 0, words[i].length()) ? 1 : 0;
        }
        return rare * 8 <= words.length;
    }
}
