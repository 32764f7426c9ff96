package dev.bartizan.artifacts.instructions;

import java.util.regex.Pattern;

/// Calendar entries and visiting cards as their readers see them: lines that were folded are whole
/// again, and escaped signs are what they stand for.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.1">RFC 5545, 3.1 and 3.3.11</a>
final class Unfolded {
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");
    private static final Pattern BREAK = Pattern.compile("\\\\[nN]");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([,;\\\\])");

    private Unfolded() {}

    /// The text as it is read; other texts as they are.
    static String of(String text) {
        if (!text.startsWith("BEGIN:VCALENDAR") && !text.startsWith("BEGIN:VCARD")) {
            return text;
        }
        String whole = FOLD.matcher(text).replaceAll("");
        String broken = BREAK.matcher(whole).replaceAll("\n");
        return ESCAPED.matcher(broken).replaceAll("$1");
    }
}
