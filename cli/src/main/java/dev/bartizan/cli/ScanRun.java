package dev.bartizan.cli;

import dev.bartizan.artifacts.EarlierScan;
import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanJson;
import dev.bartizan.artifacts.ScanMemory;
import dev.bartizan.artifacts.ScanPolicy;
import dev.bartizan.artifacts.ScanReport;
import dev.bartizan.artifacts.ScanSettings;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.artifacts.advisory.Advisories;
import dev.bartizan.artifacts.advisory.Confidence;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Finding;
import dev.bartizan.core.ToolVersion;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.FindingsSarif;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// One run of `bartizan scan`.
record ScanRun(ScanArguments given, PrintWriter out, PrintWriter err) {
    /// Scans and writes.
    ///
    /// @return the exit code
    int run() throws IOException {
        Optional<ScanPolicy> policy = Optional.empty();
        if (given.has("--policy")) {
            policy = Optional.of(ScanPolicy.read(given.file("--policy")));
        }
        ScanReport report = scan(policy);
        if (given.has("--compare")) {
            report = EarlierScan.read(given.file("--compare")).compare(report);
        }
        List<String> doubts = new ArrayList<>();
        ScanGate gate = gate(policy, doubts);
        ScanGate.Result result = gate.apply(report);
        PrintWriter text = new PrintWriter(out, false);
        switch (given.format()) {
            case table -> {
                new ScanTable(text, given.has("--explain")).write(report);
                result.passed().forEach(pass -> text.println("let pass: " + VisibleText.of(pass)));
            }
            case sarif -> text.print(sarif(report, gate));
            case json -> {
                ScanJson.write(report, ToolVersion.NUMBER, text);
                text.println();
            }
            case junit -> text.print(ScanJunit.write(report, result.failed()));
        }
        text.flush();
        Stream.concat(doubts.stream(), result.warnings().stream())
                .forEach(warning -> err.println("bartizan: " + VisibleText.of(warning)));
        if (given.has("--quarantine")) {
            Path folder = given.path("--quarantine");
            int taken = new Quarantine(folder).take(result.failed());
            err.println("bartizan: " + taken + " copied to " + folder);
        }
        return result.failed().isEmpty() ? 0 : 1;
    }

    private ScanReport scan(Optional<ScanPolicy> policy) throws IOException {
        boolean readsEveryByte =
                given.has("--sha256") || policy.filter(ScanPolicy::needsDigests).isPresent();
        ScanSettings.Reading reading =
                readsEveryByte ? ScanSettings.Reading.EVERY_BYTE : ScanSettings.Reading.HEADERS;
        Optional<ScanMemory> memory =
                readsEveryByte ? Optional.empty() : EarlierResults.open(given);
        try (ScanProgress progress = ScanProgress.on(err)) {
            Scanner scanner = new Scanner(new ScanSettings(reading, progress, watchers()), memory);
            ScanReport report =
                    new ScanReport(new ScanInputs(given.words(), System.in).scan(scanner));
            memory.ifPresent(ScanMemory::save);
            return report;
        } finally {
            memory.map(ScanMemory::recalled).filter(known -> known > 0).ifPresent(this::sayKnown);
        }
    }

    private void sayKnown(int files) {
        err.println(
                "bartizan: "
                        + files
                        + (files == 1 ? " file is" : " files are")
                        + " as in an earlier scan and "
                        + (files == 1 ? "was" : "were")
                        + " not looked at again (--no-cache does)");
    }

    private List<TextWatcher> watchers() throws IOException {
        if (!given.has("--secret-rules") && !given.has("--secrets")) {
            return List.of();
        }
        Path rules = given.has("--secret-rules") ? given.file("--secret-rules") : null;
        return List.of(SecretWatcher.of(rules), new PersonalDataWatcher(), new InternalHosts());
    }

    /// @param doubts takes what is said about signatures that do not hold
    private ScanGate gate(Optional<ScanPolicy> policy, List<String> doubts) throws IOException {
        ScanPolicy.Signatures signatures = ScanPolicy.Signatures.NONE;
        if (policy.isPresent() && !policy.get().signers().isEmpty()) {
            signatures =
                    ModelSignatures.of(policy.get().signers(), given.file("--policy"), doubts::add);
        }
        Optional<EarlierScan> baseline = Optional.empty();
        if (given.has("--baseline")) {
            baseline = Optional.of(EarlierScan.read(given.file("--baseline")));
        }
        return new ScanGate(
                given.failOn(), policy, signatures, baseline, LocalDate.now(ZoneOffset.UTC));
    }

    private static String sarif(ScanReport report, ScanGate gate) {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        IdentityHashMap<Finding, FindingsSarif.Remark> remarks = new IdentityHashMap<>();
        for (FileReport file : report.files()) {
            byFile.put(file.path(), file.findings());
            for (Finding finding : file.findings()) {
                remarks.put(
                        finding,
                        new FindingsSarif.Remark(
                                Confidence.of(finding).word(),
                                Advisories.bundled().of(finding),
                                gate.reasonToPass(file, finding)));
            }
        }
        return FindingsSarif.write(
                byFile,
                ToolVersion.NUMBER,
                UUID.randomUUID(),
                finding -> Objects.requireNonNull(remarks.get(finding)));
    }
}
