package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Commands that a description names because they are refused: a tool that runs others says so.
public final class RefusedCommands {
    private static final int AROUND = 120;
    private static final int MOST = 5;

    /// Behind so many signs of a refused command the next one is looked for.
    private static final int SKIPPED = 6;

    private static final LazyPattern DESTROYS =
            LazyPattern.of("(?i)(?:rm\\s+-rf\\s+/|mkfs|dd\\s+if=|shutdown|:\\(\\)).*");
    private static final LazyPattern REFUSES =
            LazyPattern.of(
                    "\\b(?:refused|refuses|blocked|blocks|denied|denies|rejected|rejects|forbidden|forbids|disallowed|prohibited|prohibits|prevented|prevents|not (?:allowed|permitted|run|executed))\\b");

    private RefusedCommands() {}

    /// A call or command in a text, but for those that it says are refused.
    public static Optional<String> call(String text) {
        String rest = text;
        Optional<String> call = CodeInText.call(rest);
        for (int i = 0; i < MOST && call.filter(isOne(rest)).isPresent(); i++) {
            String refused = call.orElse("").strip();
            int behind = rest.indexOf(refused) + Math.min(refused.length(), SKIPPED);
            rest = rest.substring(behind);
            call = CodeInText.call(rest);
        }
        return call;
    }

    private static Predicate<String> isOne(String text) {
        return found -> isOne(found, text);
    }

    /// Whether what was found in a text destroys, and the sentence says that it is refused.
    private static boolean isOne(String found, String text) {
        int at = text.indexOf(found.strip());
        if (at < 0 || !DESTROYS.matcher(found).lookingAt()) {
            return false;
        }
        int start = Math.max(text.lastIndexOf(". ", at), at - AROUND);
        int stop = text.indexOf(". ", at);
        int end = Math.min(stop < 0 ? text.length() : stop, at + AROUND);
        String sentence = text.substring(Math.max(0, start), end).toLowerCase(Locale.ROOT);
        return REFUSES.matcher(sentence).find();
    }
}
