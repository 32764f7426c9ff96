package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanJson;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.ScanSettings;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.reports.sarif.FindingsSarif;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `bartizan scan`: what loading model files would do. What it takes is built by hand, not read
/// from annotations: a scan of one small file is mostly its start (docs/performance.md).
final class ScanCommand extends ShellCommand {
    /// How it is written.
    enum Format {
        table,
        json,
        sarif
    }

    private ScanCommand() {}

    /// The command and what it takes.
    static CommandSpec describe() {
        ScanCommand command = new ScanCommand();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        command.spec(spec);
        spec.name("scan").mixinStandardHelpOptions(true);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("PATH")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(Path.class)
                        .description("Files and folders.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--fail-on")
                        .paramLabel("SEVERITY")
                        .type(Severity.class)
                        .converters(new SeverityConverter())
                        .description("Exit 1 from this severity on. Default: high.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--explain")
                        .description("Show what loading would do, with offsets.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--sha256")
                        .description(
                                "Read every byte, weights too: the SHA-256 of each file, and whether"
                                        + " stored members of archives check to what is promised.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--format")
                        .paramLabel("table|json|sarif")
                        .type(Format.class)
                        .description("Default: table.")
                        .build());
        ScanHelp.describe(spec);
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        ParseResult given = spec().commandLine().getParseResult();
        List<Path> paths = given.matchedPositionalValue(0, List.<Path>of());
        ScanReport report = scan(paths, given.hasMatchedOption("--sha256"));
        PrintWriter out = new PrintWriter(out(), false);
        switch (given.matchedOptionValue("--format", Format.table)) {
            case table -> new ScanTable(out, given.hasMatchedOption("--explain")).write(report);
            case sarif -> out.print(sarif(report));
            case json -> out.println(ScanJson.write(report, ToolVersion.NUMBER));
        }
        out.flush();
        Severity failOn = given.matchedOptionValue("--fail-on", Severity.HIGH);
        boolean fails =
                report.files().stream()
                        .flatMap(file -> file.worst().stream())
                        .anyMatch(worst -> worst.isAtLeast(failOn));
        return fails ? 1 : 0;
    }

    private ScanReport scan(List<Path> paths, boolean readsEveryByte) throws IOException {
        ScanSettings.Reading reading =
                readsEveryByte ? ScanSettings.Reading.EVERY_BYTE : ScanSettings.Reading.HEADERS;
        List<FileReport> files = new ArrayList<>();
        try (ScanProgress progress = ScanProgress.on(err())) {
            Scanner scanner = new Scanner(new ScanSettings(reading, progress));
            for (Path path : paths) {
                files.addAll(scanner.scan(path).files());
            }
        }
        return new ScanReport(files);
    }

    private static String sarif(ScanReport report) {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        report.files().forEach(file -> byFile.put(file.path(), file.findings()));
        return FindingsSarif.write(byFile, ToolVersion.NUMBER, UUID.randomUUID());
    }
}
