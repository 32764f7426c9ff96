package dev.bartizan.tensors.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether a regular expression of a tokenizer is of a form that the backtracking engine behind it
/// answers in bounded steps. An engine that gives up ends the process, so what cannot be told is
/// refused.
///
/// A pattern passes when no group is repeated, nothing refers back, and each alternative repeats
/// without end at most twice: over {@link TextTokenizer#MAX_PIECE} characters that is at most a few
/// million steps for a match, below the engine's limit of ten million. The patterns of GPT-2,
/// GPT-4, Llama 3 and Qwen 2 pass.
final class LinearPattern {
    private static final int MAX_LENGTH = 1_000;
    private static final int MOST_UNBOUNDED = 2;

    private static final Pattern BOUNDS = Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?}");
    private static final List<String> SAMPLES =
            List.of("", "a", "A1 b", " ", "  x  ", "\n", "\t.", "é-漢", "0,5", "``''");

    private final String pattern;
    private int at;
    private int unbounded;

    private LinearPattern(String pattern) {
        this.pattern = pattern;
    }

    /// Why the pattern is refused; empty when it is not.
    static Optional<String> problem(String pattern) {
        if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
            return Optional.of("is empty or longer than " + MAX_LENGTH + " characters");
        }
        return new LinearPattern(pattern).problem();
    }

    /// Why a pattern whose matches are replaced is refused: one that matches nothing at all, at
    /// some place, breaks the library's count of characters.
    static Optional<String> problemOfReplaced(String pattern) {
        Optional<String> problem = problem(pattern);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            boolean canBeEmpty =
                    SAMPLES.stream()
                            .flatMap(sample -> compiled.matcher(sample).results())
                            .anyMatch(match -> match.start() == match.end());
            return canBeEmpty ? Optional.of("matches where nothing stands") : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("cannot be understood: " + e.getDescription());
        }
    }

    private Optional<String> problem() {
        char before = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '\\') {
                char escaped = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 0;
                if (Character.isDigit(escaped) || escaped == 'k' || escaped == 'g') {
                    return Optional.of("refers back to a group");
                }
                boolean hasName = "pPx".indexOf(escaped) >= 0 && pattern.startsWith("{", at + 2);
                int close = hasName ? pattern.indexOf('}', at) : at + 1;
                at = close < 0 ? pattern.length() : close + 1;
                before = 'x';
                continue;
            }
            if (c == '[') {
                skipClass();
                before = 'x';
                continue;
            }
            if (c == '{' && !isBounds()) {
                return Optional.of("holds a brace that is no count");
            }
            boolean repeats = c == '*' || c == '+' || (c == '{' && repeatsWithoutEnd());
            if (before == ')' && (repeats || c == '{')) {
                return Optional.of("repeats a group");
            }
            unbounded = c == '|' ? 0 : unbounded + (repeats && before != 0 ? 1 : 0);
            if (unbounded > MOST_UNBOUNDED) {
                return Optional.of(
                        "repeats without end more than " + MOST_UNBOUNDED + " times in a row");
            }
            before = c;
            at++;
        }
        return Optional.empty();
    }

    /// Whether a count such as `{2}`, `{2,}` or `{2,5}` stands here.
    private boolean isBounds() {
        Matcher bounds = BOUNDS.matcher(pattern).region(at, pattern.length());
        if (!bounds.lookingAt()) {
            return false;
        }
        String most = bounds.group(3);
        return most == null
                || most.isEmpty()
                || Integer.parseInt(bounds.group(1)) <= Integer.parseInt(most);
    }

    private boolean repeatsWithoutEnd() {
        String bounds = pattern.substring(at + 1, pattern.indexOf('}', at));
        return bounds.endsWith(",") || bounds.length() > 4;
    }

    private void skipClass() {
        int depth = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            at += c == '\\' ? 2 : 1;
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }
}
