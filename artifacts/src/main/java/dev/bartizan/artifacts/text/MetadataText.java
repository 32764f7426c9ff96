package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.core.Severity;
import java.io.IOException;

/// Texts that describe: metadata, attributes, descriptions, lists of labels. They have no use for
/// programs, for templates that reach into Python, or for pickles written as text.
public final class MetadataText {
    private static final int SHORTEST = 6;

    private MetadataText() {}

    /// Notes what a text holds.
    ///
    /// @param what names the text for people, such as `metadata "author"`
    /// @param severity of a program in it
    public static void look(String what, Severity severity, String text, Notes notes)
            throws IOException {
        if (text.length() < SHORTEST) {
            return;
        }
        CodeInText.call(text)
                .or(() -> CodeInText.script(text))
                .ifPresent(found ->
                        notes.findingAt(
                                TextRules.CODE_IN_METADATA,
                                severity,
                                notes.item().path() + "#" + what,
                                "The " + what + " holds a program: " + found));
        if (TemplateAnalysis.isTemplate(text)) {
            TemplateAnalysis.look(text, what, false, notes);
        }
        EncodedFiles.look(text, notes);
    }
}
