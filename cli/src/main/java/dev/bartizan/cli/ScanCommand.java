package dev.bartizan.cli;

import dev.bartizan.artifacts.EarlierScan;
import dev.bartizan.artifacts.ScanJson;
import dev.bartizan.artifacts.ScanPolicy;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.ScanSettings;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.core.UserError;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.FindingsSarif;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `bartizan scan`: what loading model files would do. What it takes is built by hand, not read
/// from annotations: a scan of one small file is mostly its start (docs/performance.md).
final class ScanCommand extends ShellCommand {
    /// How it is written.
    enum Format {
        table,
        json,
        sarif,
        junit
    }

    private ScanCommand() {}

    /// The command and what it takes.
    static CommandSpec describe() {
        ScanCommand command = new ScanCommand();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        command.spec(spec);
        ScanOptions.describe(spec);
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        ParseResult given = spec().commandLine().getParseResult();
        Optional<ScanPolicy> policy = Optional.empty();
        if (given.hasMatchedOption("--policy")) {
            policy = Optional.of(ScanPolicy.read(file(given, "--policy")));
        }
        ScanReport report = scan(given, policy);
        if (given.hasMatchedOption("--compare")) {
            report = EarlierScan.read(file(given, "--compare")).compare(report);
        }
        ScanGate.Result result = gate(given, policy).apply(report);
        PrintWriter out = new PrintWriter(out(), false);
        switch (given.matchedOptionValue("--format", Format.table)) {
            case table -> {
                new ScanTable(out, given.hasMatchedOption("--explain")).write(report);
                result.passed().forEach(pass -> out.println("let pass: " + VisibleText.of(pass)));
            }
            case sarif -> out.print(sarif(report));
            case json -> out.println(ScanJson.write(report, ToolVersion.NUMBER));
            case junit -> out.print(ScanJunit.write(report, result.failed()));
        }
        out.flush();
        result.warnings().forEach(warning -> err().println("bartizan: " + VisibleText.of(warning)));
        if (given.hasMatchedOption("--quarantine")) {
            Path folder = given.matchedOptionValue("--quarantine", Path.of(""));
            int taken = new Quarantine(folder).take(result.failed());
            err().println("bartizan: " + taken + " copied to " + folder);
        }
        return result.failed().isEmpty() ? 0 : 1;
    }

    private ScanReport scan(ParseResult given, Optional<ScanPolicy> policy) throws IOException {
        boolean readsEveryByte =
                given.hasMatchedOption("--sha256")
                        || policy.filter(ScanPolicy::needsDigests).isPresent();
        ScanSettings.Reading reading =
                readsEveryByte ? ScanSettings.Reading.EVERY_BYTE : ScanSettings.Reading.HEADERS;
        List<String> words = given.matchedPositionalValue(0, List.<String>of());
        try (ScanProgress progress = ScanProgress.on(err())) {
            Scanner scanner = new Scanner(new ScanSettings(reading, progress, watchers(given)));
            return new ScanReport(new ScanInputs(words, System.in).scan(scanner));
        }
    }

    private static List<TextWatcher> watchers(ParseResult given) throws IOException {
        if (given.hasMatchedOption("--secret-rules")) {
            return List.of(SecretWatcher.of(file(given, "--secret-rules")));
        }
        return given.hasMatchedOption("--secrets") ? List.of(SecretWatcher.of(null)) : List.of();
    }

    private static ScanGate gate(ParseResult given, Optional<ScanPolicy> policy)
            throws IOException {
        Optional<EarlierScan> baseline = Optional.empty();
        if (given.hasMatchedOption("--baseline")) {
            baseline = Optional.of(EarlierScan.read(file(given, "--baseline")));
        }
        Severity failOn = given.matchedOptionValue("--fail-on", Severity.HIGH);
        return new ScanGate(failOn, policy, baseline, LocalDate.now(ZoneOffset.UTC));
    }

    private static Path file(ParseResult given, String option) {
        Path file = given.matchedOptionValue(option, Path.of(""));
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no such file", file.toString(), "Check " + option + ".");
        }
        return file;
    }

    private static String sarif(ScanReport report) {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        report.files().forEach(file -> byFile.put(file.path(), file.findings()));
        return FindingsSarif.write(byFile, ToolVersion.NUMBER, UUID.randomUUID());
    }
}
