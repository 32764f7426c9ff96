package dev.bartizan.reports.page;

import dev.bartizan.core.Finding;
import dev.bartizan.reports.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/// The page about something that is to be taken in: decision, reasons, conditions, pins, findings.
///
/// @param subject what it is about, as the user typed it
/// @param decision in words
/// @param reasons why
/// @param conditions what has to be done
/// @param files what was looked at
/// @param pins text to paste into the system file
public record IntakePage(
        String subject,
        String decision,
        List<String> reasons,
        List<String> conditions,
        List<File> files,
        String pins) {
    private static final int MOST_FINDINGS = 200;
    private static final int MOST_FILES = 2_000;

    public IntakePage {
        reasons = List.copyOf(reasons);
        conditions = List.copyOf(conditions);
        files = List.copyOf(files);
    }

    /// One file.
    ///
    /// @param formats what it is
    /// @param sha256 hexadecimal, or empty
    public record File(
            String path, String verdict, String formats, String sha256, List<Finding> findings) {
        public File {
            findings = List.copyOf(findings);
        }
    }

    /// The page as one HTML file.
    public String write() {
        Markup markup = new Markup();
        Parts parts = new Parts(markup);
        return PageFrame.write(
                markup,
                "Intake of " + subject,
                () -> {
                    markup.element("header", () -> header(markup)).line();
                    markup.element("main", () -> main(markup, parts), "id", "main").line();
                });
    }

    private void header(Markup markup) {
        markup.text("p", "Bartizan intake", "class", "kicker").line();
        markup.text("h1", subject + ": " + decision).line();
    }

    private void main(Markup markup, Parts parts) {
        parts.section("reasons", "Why", () -> list(markup, reasons));
        if (!conditions.isEmpty()) {
            parts.section("conditions", "Conditions", () -> list(markup, conditions));
        }
        parts.section(
                "pins",
                "Pins for the system file",
                () -> markup.element("pre", () -> markup.text(pins)));
        parts.section("findings", "Findings", () -> findings(markup, parts));
        parts.section("files", "Files", () -> files(parts));
    }

    private static void list(Markup markup, List<String> items) {
        markup.element("ul", () -> items.forEach(item -> markup.text("li", item).line())).line();
    }

    private void findings(Markup markup, Parts parts) {
        List<List<Markup.Content>> rows = new ArrayList<>();
        for (File file : files) {
            for (Finding finding : file.findings()) {
                if (rows.size() < MOST_FINDINGS) {
                    rows.add(
                            List.of(
                                    () -> parts.severity(finding.severity()),
                                    parts.words(finding.message()),
                                    parts.words(finding.location()),
                                    parts.words(finding.mend())));
                }
            }
        }
        if (rows.isEmpty()) {
            markup.text("p", "None.").line();
            return;
        }
        parts.table("Findings", List.of("Severity", "What", "Where", "Mend"), rows);
    }

    private void files(Parts parts) {
        parts.table(
                "Files",
                List.of("File", "Verdict", "Format", "SHA-256"),
                files.stream()
                        .limit(MOST_FILES)
                        .map(file ->
                                List.of(
                                        parts.words(file.path()),
                                        parts.words(file.verdict()),
                                        parts.words(file.formats()),
                                        parts.words(file.sha256())))
                        .toList());
    }
}
