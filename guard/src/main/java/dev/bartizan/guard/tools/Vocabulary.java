package dev.bartizan.guard.tools;

import dev.bartizan.guard.text.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Words of many languages that tell something about tools, arguments and sentences, by section of
/// `vocabulary.txt`. Words stand between letters of other words only where a script has no spaces.
final class Vocabulary {
    private static final Map<String, Vocabulary> SHIPPED = read();

    private final Set<String> words = new HashSet<>();
    private final List<String> phrases = new ArrayList<>();
    private final List<String> stems = new ArrayList<>();
    private final List<String> openPhrases = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();

    private Vocabulary(String list) {
        for (String entry : list.split(",", -1)) {
            add(entry.strip().toLowerCase(Locale.ROOT));
        }
    }

    /// The section of that name.
    static Vocabulary of(String section) {
        Vocabulary found = SHIPPED.get(section);
        if (found == null) {
            throw new IllegalStateException("vocabulary.txt has no section " + section);
        }
        return found;
    }

    private static Map<String, Vocabulary> read() {
        Map<String, StringBuilder> lists = new HashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : Resources.lines(Vocabulary.class, "vocabulary.txt")) {
            if (line.startsWith("[")) {
                current = new StringBuilder();
                lists.put(line.substring(1, line.indexOf(']')), current);
            } else {
                current.append(line).append(' ');
            }
        }
        Map<String, Vocabulary> sections = new HashMap<>();
        lists.forEach((name, list) -> sections.put(name, new Vocabulary(list.toString())));
        return Map.copyOf(sections);
    }

    private void add(String entry) {
        if (entry.isEmpty()) {
            return;
        }
        if (entry.startsWith("*")) {
            endings.add(entry.substring(1));
        } else if (entry.endsWith("*") && entry.indexOf(' ') > 0) {
            openPhrases.add(" " + entry.substring(0, entry.length() - 1));
        } else if (entry.endsWith("*")) {
            stems.add(entry.substring(0, entry.length() - 1));
        } else if (isRunTogether(entry.codePointAt(0))) {
            stems.add(entry);
        } else if (entry.chars().allMatch(Character::isLetterOrDigit)) {
            words.add(entry);
        } else {
            phrases.add(entry);
        }
    }

    /// Whether the script writes words without spaces between them.
    static boolean isRunTogether(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }

    /// Whether the section has the lower-case word, also in its plural.
    boolean has(String word) {
        if (words.contains(word)
                || (word.length() > 3
                        && word.endsWith("s")
                        && words.contains(word.substring(0, word.length() - 1)))) {
            return true;
        }
        for (String stem : stems) {
            boolean fits =
                    isRunTogether(stem.codePointAt(0))
                            ? word.contains(stem)
                            : word.startsWith(stem);
            if (fits) {
                return true;
            }
        }
        return endings.stream().anyMatch(end -> word.length() > end.length() && word.endsWith(end));
    }

    /// Whether the section has the lower-case word as it is.
    boolean hasExactly(String word) {
        return words.contains(word) || (has(word) && !word.endsWith("s"));
    }

    /// Whether any of the words is in the section.
    boolean hasAny(List<String> some) {
        return some.stream().anyMatch(this::has);
    }

    /// Whether the lower-case text holds a word or phrase of the section.
    boolean isIn(String text) {
        return isIn(text, Texts.words(text));
    }

    /// Whether the lower-case text of these words holds a word or phrase of the section.
    boolean isIn(String text, List<String> itsWords) {
        return hasAny(itsWords)
                || phrases.stream().anyMatch(p -> Texts.holds(text, p))
                || openPhrases.stream().anyMatch(text::contains);
    }
}
