package dev.bartizan.cli;

import dev.bartizan.core.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The option or subcommand that a misspelled one most likely stands for.
final class Suggestion {
    /// More edits than this, or than a third of the word, is another word and not a misspelling.
    private static final int MOST_EDITS = 3;

    /// Longer arguments are not names; comparing them would cost time for nothing.
    private static final int LONGEST_NAME = 64;

    private Suggestion() {}

    static Optional<String> of(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().getFirst();
        int equals = typed.indexOf('=');
        String word = typed.startsWith("-") && equals > 0 ? typed.substring(0, equals) : typed;
        return nearest(word, names(failure.getCommandLine().getCommandSpec()));
    }

    /// The candidate with the fewest edits, the first in order when several have as few.
    static Optional<String> nearest(String word, List<String> candidates) {
        if (word.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        int limit = Math.min(MOST_EDITS, Math.max(1, word.length() / 3));
        return candidates.stream()
                .filter(candidate -> Nearest.distance(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> Nearest.distance(word, candidate)));
    }

    private static List<String> names(CommandSpec spec) {
        List<String> names = new ArrayList<>(spec.subcommands().keySet());
        names.addAll(spec.optionsMap().keySet());
        return names;
    }
}
