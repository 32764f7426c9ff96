package dev.bartizan.cli;

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
                .filter(candidate -> edits(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    private static List<String> names(CommandSpec spec) {
        List<String> names = new ArrayList<>(spec.subcommands().keySet());
        names.addAll(spec.optionsMap().keySet());
        return names;
    }

    /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of
    /// neighbours.
    private static int edits(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(one, other, distance, i, j);
            }
        }
        return distance[one.length()][other.length()];
    }

    private static int step(String one, String other, int[][] distance, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(
                        distance[i - 1][j - 1] + change,
                        Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1));
        boolean areSwapped =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return areSwapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
