package dev.bartizan.artifacts.instructions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calendar entries and visiting cards as their readers see them: lines that were folded are whole
/// again, and escaped signs are what they stand for.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.1">RFC 5545, 3.1 and 3.3.11</a>
final class Unfolded {
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([nN,;\\\\])");

    private Unfolded() {}

    /// The text as it is read; other texts as they are.
    static String of(String text) {
        if (!text.startsWith("BEGIN:VCALENDAR") && !text.startsWith("BEGIN:VCARD")) {
            return text;
        }
        String whole = FOLD.matcher(text).replaceAll("");
        return ESCAPED.matcher(whole)
                .replaceAll(escaped ->
                        escaped.group(1).equalsIgnoreCase("n")
                                ? "\n"
                                : Matcher.quoteReplacement(escaped.group(1)));
    }
}
