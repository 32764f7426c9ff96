package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.core.Finding;
import dev.bartizan.reports.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A scan for people.
///
/// @param isExplained whether to show what loading would do
record ScanTable(PrintWriter out, boolean isExplained) {
    private static final int VERDICT_WIDTH = 12;

    void write(ScanReport report) {
        report.files().forEach(this::file);
        Map<String, Integer> counts = new LinkedHashMap<>();
        report.files().forEach(file -> counts.merge(file.verdict().word(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((verdict, count) -> parts.add(count + " " + verdict));
        out.println(report.files().size() + " scanned: " + String.join(", ", parts));
    }

    private void file(FileReport file) {
        String verdict = file.verdict().word();
        out.print(verdict);
        out.print(" ".repeat(Math.max(1, VERDICT_WIDTH - verdict.length())));
        out.print(VisibleText.of(file.path()));
        out.println(
                file.formats().isEmpty() ? "" : "  (" + String.join(", ", file.formats()) + ")");
        file.sha256().ifPresent(digest -> out.println("    sha256:" + digest.hex()));
        file.findings().forEach(this::finding);
        file.notCovered().forEach(what -> out.println("    not covered: " + VisibleText.of(what)));
        if (isExplained) {
            file.explanation()
                    .lines()
                    .forEach(line -> out.println("    | " + VisibleText.of(line)));
        }
    }

    private void finding(Finding finding) {
        List<String> advisories = Advisories.bundled().of(finding);
        out.printf(
                "    %-8s %s  [%s%s at %s]%n             mend: %s%n",
                finding.severity().word(),
                VisibleText.of(finding.message()),
                finding.rule(),
                advisories.isEmpty() ? "" : ", " + String.join(", ", advisories),
                VisibleText.of(finding.location()),
                VisibleText.of(finding.mend()));
    }
}
