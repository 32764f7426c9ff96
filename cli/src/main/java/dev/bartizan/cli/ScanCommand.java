package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanJson;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.FindingsSarif;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan scan`: what loading model files would do.
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Says what loading model files would do, by their content alone: nothing is executed,"
                    + " unpickled or loaded. Folders are scanned whole, hidden files too.",
            "",
            "Verdicts: malicious (a critical or high finding), suspicious (worst is medium),"
                    + " unreadable (broken structure, or no reader could finish), not-covered"
                    + " (recognised, not analysed whole), clean."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan scan models/                       exit 1 from a high finding on",
            "  bartizan scan model.pkl --explain           what it would do, with offsets",
            "  bartizan scan models/ --format sarif > scan.sarif"
        })
final class ScanCommand extends ShellCommand {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders.")
    private List<Path> paths = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = SeverityConverter.class,
            description = "Exit 1 from this severity on. Default: high.")
    private Severity failOn = Severity.HIGH;

    @Option(names = "--explain", description = "Show what loading would do, with offsets.")
    private boolean isExplained;

    @Option(names = "--format", paramLabel = "table|json|sarif", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json,
        sarif
    }

    @Override
    public Integer call() throws IOException {
        List<FileReport> files = new ArrayList<>();
        Scanner scanner = new Scanner();
        for (Path path : paths) {
            files.addAll(scanner.scan(path).files());
        }
        ScanReport report = new ScanReport(files);
        switch (format) {
            case table -> table(report);
            case sarif -> out().print(sarif(report));
            case json -> out().println(ScanJson.write(report, ToolVersion.NUMBER));
        }
        out().flush();
        boolean fails =
                files.stream()
                        .flatMap(file -> file.worst().stream())
                        .anyMatch(worst -> worst.isAtLeast(failOn));
        return fails ? 1 : 0;
    }

    private void table(ScanReport report) {
        for (FileReport file : report.files()) {
            out().printf(
                            "%-12s %s%s%n",
                            file.verdict().word(),
                            VisibleText.of(file.path()),
                            file.formats().isEmpty()
                                    ? ""
                                    : "  (" + String.join(", ", file.formats()) + ")");
            file.findings().forEach(this::row);
            file.notCovered()
                    .forEach(what -> out().println("    not covered: " + VisibleText.of(what)));
            if (isExplained) {
                file.explanation()
                        .lines()
                        .forEach(line -> out().println("    | " + VisibleText.of(line)));
            }
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        report.files().forEach(file -> counts.merge(file.verdict().word(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((verdict, count) -> parts.add(count + " " + verdict));
        out().println(report.files().size() + " scanned: " + String.join(", ", parts));
    }

    private void row(Finding finding) {
        out().printf(
                        "    %-8s %s  [%s at %s]%n             mend: %s%n",
                        finding.severity().word(),
                        VisibleText.of(finding.message()),
                        finding.rule(),
                        VisibleText.of(finding.location()),
                        VisibleText.of(finding.mend()));
    }

    private static String sarif(ScanReport report) {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        report.files().forEach(file -> byFile.put(file.path(), file.findings()));
        return FindingsSarif.write(byFile, ToolVersion.NUMBER, UUID.randomUUID());
    }
}
