package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.Intake;
import dev.bartizan.artifacts.ScanSettings;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.page.IntakePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `bartizan intake`: one page on whether something may be taken in.
@Command(
        name = "intake",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Decides whether a model, a snapshot of a repository, a folder with a skill, an MCP manifest"
                    + " or an archive of weights may be taken in: approve, approve with conditions, or"
                    + " reject, with the reasons and the digests to pin. Every byte is read, secrets are"
                    + " searched for, nothing is executed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan intake models--org--name/snapshots/4f1c…/",
            "  bartizan intake skills/tidy/ --html intake.html",
            "  bartizan intake mcp.json --format json",
            "",
            "Exit codes: 0 approved, with conditions or without; 1 rejected; 2 it could not be read."
        })
final class IntakeCommand extends ShellCommand {
    private static final int MOST_PINS = 50;

    @Parameters(paramLabel = "PATH", description = "A file or a folder.")
    private Path path = Path.of("");

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the page as one HTML file too.")
    private @Nullable Path html;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException {
        Intake intake;
        try (ScanProgress progress = ScanProgress.on(err())) {
            ScanSettings settings =
                    new ScanSettings(
                            ScanSettings.Reading.EVERY_BYTE,
                            progress,
                            List.of(
                                    SecretWatcher.of(null),
                                    new PersonalDataWatcher(),
                                    new InternalHosts()));
            intake = Intake.of(new Scanner(settings).scan(path));
        }
        switch (format) {
            case table -> table(intake);
            case json -> out().println(json(intake));
        }
        out().flush();
        if (html != null) {
            Files.writeString(html, page(intake).write());
            err().println("bartizan: wrote " + html);
        }
        return intake.decision() == Intake.Decision.REJECT ? 1 : 0;
    }

    private void table(Intake intake) {
        out().println(
                        intake.decision().word().toUpperCase(java.util.Locale.ROOT)
                                + "  "
                                + VisibleText.of(path.toString()));
        intake.reasons().forEach(reason -> out().println("  because  " + VisibleText.of(reason)));
        intake.conditions().forEach(each -> out().println("  if       " + VisibleText.of(each)));
        intake.files().stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.severity().isAtLeast(Severity.MEDIUM))
                .limit(20)
                .forEach(this::finding);
        out().println();
        out().println("Pins for the system file:");
        out().print(pins(intake));
    }

    private void finding(Finding finding) {
        out().println(
                        "  "
                                + finding.severity().word()
                                + "  "
                                + VisibleText.of(finding.message())
                                + "  ["
                                + VisibleText.of(finding.location())
                                + "]");
    }

    private static String pins(Intake intake) {
        StringBuilder pins = new StringBuilder();
        intake.files().stream()
                .filter(file -> file.sha256().isPresent())
                .limit(MOST_PINS)
                .forEach(file ->
                        pins.append("  artifact: { path: ")
                                .append(JsonMapper.shared().writeValueAsString(file.path()))
                                .append(", sha256: ")
                                .append(file.sha256().get().hex())
                                .append(" }\n"));
        int more = intake.files().size() - MOST_PINS;
        return more > 0
                ? pins + "  # and " + more + " more; --format json lists all\n"
                : pins.toString();
    }

    private String json(Intake intake) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("path", path.toString());
        root.put("decision", intake.decision().word());
        root.put("reasons", intake.reasons());
        root.put("conditions", intake.conditions());
        root.put("files", intake.files().stream().map(IntakeCommand::file).toList());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static Map<String, Object> file(FileReport file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", file.path());
        entry.put("verdict", file.verdict().word());
        entry.put("formats", file.formats());
        file.sha256().ifPresent(digest -> entry.put("sha256", digest.hex()));
        entry.put("reaches", file.reaches());
        entry.put(
                "findings",
                file.findings().stream()
                        .map(finding ->
                                Map.of(
                                        "rule", finding.rule(),
                                        "severity", finding.severity().word(),
                                        "message", finding.message(),
                                        "location", finding.location()))
                        .toList());
        return entry;
    }

    private IntakePage page(Intake intake) {
        List<IntakePage.File> files =
                intake.files().stream()
                        .map(file ->
                                new IntakePage.File(
                                        file.path(),
                                        file.verdict().word(),
                                        String.join(", ", file.formats()),
                                        file.sha256().map(dev.bartizan.core.Digest::hex).orElse(""),
                                        file.findings()))
                        .toList();
        return new IntakePage(
                path.toString(),
                intake.decision().word(),
                intake.reasons(),
                intake.conditions(),
                files,
                pins(intake));
    }
}
