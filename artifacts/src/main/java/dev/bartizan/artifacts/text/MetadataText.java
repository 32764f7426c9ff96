package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.template.TemplateAnalysis;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Texts that describe: metadata, attributes, descriptions, lists of labels. They have no use for
/// programs, for templates that reach into Python, or for pickles written as text.
public final class MetadataText {
    private static final int SHORTEST = 6;

    /// A text that is a path and nothing else, to what only the owner of a machine may read.
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "(?i)\\s*(file://)?([A-Z]:|\\.{0,2}[\\\\/]|~[\\\\/]|(\\.\\.[\\\\/])+)?([\\w.-]+[\\\\/])*(etc[\\\\/](passwd|shadow|sudoers)|\\.(ssh|aws|kube|gnupg)[\\\\/][\\w.-]+|proc[\\\\/]self[\\\\/]\\w+|windows[\\\\/]system32[\\\\/][\\w.\\\\/-]+)\\s*");

    private static final int LONGEST_PATH = 400;
    private static final LazyPattern QUESTION =
            LazyPattern.of("\\b(?:requests|httpx)\\.(?:get|post|put|head)\\(");

    private MetadataText() {}

    /// Notes when a text is the path of a private file, which whoever opens it would read.
    public static void privatePath(String what, String text, Notes notes) {
        boolean mayBePath = text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
        if (mayBePath && text.length() < LONGEST_PATH && PRIVATE.matcher(text).matches()) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.MEDIUM,
                    notes.item().path() + "#" + what,
                    "The " + what + " is the path of a private file: " + text.strip());
        }
    }

    private static void program(String what, Severity severity, String text, Notes notes) {
        Optional<String> program = CodeInText.call(text).or(() -> CodeInText.script(text));
        boolean isQuestion = program.isPresent() && isQuestionAlone(text, program.get());
        program.map(found -> "holds a program: " + found)
                .or(() -> WholeCommands.in(text).map(found -> "is " + Shown.text(found)))
                .ifPresent(does ->
                        notes.findingAt(
                                TextRules.CODE_IN_METADATA,
                                isQuestion ? Severity.LOW : severity,
                                notes.item().path() + "#" + what,
                                "The " + what + " " + does));
    }

    /// Whether all that a text calls is a request, as examples show how a service is asked. A text
    /// that begins with it is no example.
    private static boolean isQuestionAlone(String text, String found) {
        if (!QUESTION.matcher(found).lookingAt() || text.strip().startsWith(found)) {
            return false;
        }
        String rest = QUESTION.matcher(text).replaceAll("ask(");
        return CodeInText.call(rest).isEmpty() && CodeInText.script(rest).isEmpty();
    }

    /// Notes what a text holds.
    ///
    /// @param what names the text for people, such as `metadata "author"`
    /// @param severity of a program in it
    public static void look(String what, Severity severity, String text, Notes notes)
            throws IOException {
        if (text.length() < SHORTEST) {
            return;
        }
        program(what, severity, text, notes);
        privatePath(what, text, notes);
        if (TemplateAnalysis.isTemplate(text)) {
            TemplateAnalysis.look(text, what, false, notes);
        }
        EncodedFiles.look(text, notes);
    }
}
