package dev.bartizan.guard.output;

import dev.bartizan.guard.Detection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells which parts of an answer do not rest on the sources it was given. A place for a judge of
/// one's own; `numbersAndNames` is the one that comes with the guard.
@FunctionalInterface
public interface Groundedness {
    /// The parts of the answer that no source supports, in code points of the answer.
    List<Detection> unsupported(String answer, List<String> sources);

    /// Checks only what can be checked without understanding: every number, and every word with a
    /// capital inside a sentence, must occur in a source. It says nothing about the rest.
    static Groundedness numbersAndNames() {
        Pattern fact =
                Pattern.compile("\\d[\\d.,]*\\d|\\d|(?<=[\\p{Ll},;] )\\p{Lu}[\\p{L}\\p{N}'-]+");
        return (answer, sources) -> {
            Set<String> known = new HashSet<>();
            for (String source : sources) {
                for (String word :
                        source.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}.,'-]+", -1)) {
                    known.add(word);
                    known.add(word.replaceAll("^[.,'-]+|[.,'-]+$|'s$", ""));
                }
            }
            List<Detection> out = new ArrayList<>();
            Matcher facts = fact.matcher(answer);
            while (facts.find()) {
                String word = facts.group().toLowerCase(Locale.ROOT).replaceAll("'s$", "");
                if (!known.contains(word)) {
                    int start = answer.codePointCount(0, facts.start());
                    int length = answer.codePointCount(facts.start(), facts.end());
                    out.add(
                            new Detection(
                                    "unsupported",
                                    start,
                                    start + length,
                                    0.5,
                                    "stands in no source"));
                }
            }
            return out;
        };
    }
}
