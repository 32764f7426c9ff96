package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Locale;

/// Commands that a description names because they are refused: a tool that runs others says so.
public final class RefusedCommands {
    private static final int AROUND = 120;
    private static final LazyPattern DESTROYS =
            LazyPattern.of("(?i)(?:rm\\s+-rf\\s+/|mkfs|dd\\s+if=|shutdown|:\\(\\)).*");
    private static final LazyPattern REFUSES =
            LazyPattern.of(
                    "\\b(?:refused|refuses|blocked|blocks|denied|denies|rejected|rejects|forbidden|forbids|disallowed|prohibited|prohibits|prevented|prevents|not (?:allowed|permitted|run|executed))\\b");

    private RefusedCommands() {}

    /// Whether what was found in a text destroys, and the sentence says that it is refused.
    ///
    /// @param found as it stands there
    public static boolean isOne(String found, String text) {
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
