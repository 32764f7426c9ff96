package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of the tools that one server offers. Which of them a text names is told by its words,
/// so that a server of fifty thousand tools takes no longer for each than one of five.
///
/// @param words names that are one word
/// @param others names of several words or with signs in them, the first few hundred
record ToolNames(Set<String> words, List<Pattern> others) {
    private static final int SHORTEST = 4;
    private static final int MOST_OTHERS = 200;
    private static final Pattern WORD = Pattern.compile("\\w+");

    static ToolNames of(List<String> names) {
        Set<String> words = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (String name : names) {
            if (name.length() >= SHORTEST) {
                boolean isWord = WORD.matcher(name).matches();
                if (isWord) {
                    words.add(name);
                } else if (others.size() < MOST_OTHERS) {
                    others.add(name);
                }
            }
        }
        List<Pattern> patterns = new ArrayList<>();
        others.forEach(
                name -> patterns.add(Pattern.compile("\\b(" + Pattern.quote(name) + ")\\b")));
        return new ToolNames(words, patterns);
    }

    /// The names that stand in a text as a whole.
    Set<String> in(String text) {
        Set<String> found = new HashSet<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (words.contains(word.group())) {
                found.add(word.group());
            }
        }
        for (Pattern other : others) {
            Matcher name = other.matcher(text);
            if (name.find()) {
                found.add(name.group(1));
            }
        }
        return found;
    }
}
