package dev.bartizan.artifacts;

import dev.bartizan.artifacts.instructions.InstructionRules;
import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scans an element's model file, or folder of files, for code that loading would run, for broken
/// structure, and for orders in texts that models obey. What a sound version reaches is kept, so
/// that a later one that reaches more is said even where it looks plain by itself.
public final class ArtifactScanCheck implements Check {
    private static final Claim RUNS_CODE = new Claim("code-runs-on-load");
    private static final Claim BROKEN = new Claim("file-structure-is-broken");
    private static final Duration FRESH_FOR = Duration.ofDays(90);
    private static final String VERSION = "4";
    private static final Set<String> STRUCTURAL =
            Set.of(
                    "pickle-readers-disagree",
                    "pickle-exhausts-resources",
                    "archive-readers-disagree",
                    "archive-bomb",
                    "nesting-limit",
                    "content-is-not-what-the-name-says");

    /// What loading the file does not run by itself, though something later might.
    private static final Set<String> RUNS_LATER =
            Set.of("pickle-carries-a-program", "metadata-holds-code", "code-beside-weights");

    static final String RECALL =
            "288 of 292 bad cases flagged, 0 of 152 benign ones above low"
                    + " (artifact corpus of 515 cases written by others; CorpusTest)";
    private static final int MOST_FINDINGS = 200;
    private static final String SCAN_ENDING = ".json";

    /// Made by the service loader.
    public ArtifactScanCheck() {}

    @Override
    public CheckCard card() {
        return new CheckCard(
                "artifact-scan",
                "Scan of model files",
                VERSION,
                Stream.concat(Stream.of(RUNS_CODE, BROKEN), ObeyedTexts.claims().stream()).toList(),
                CheckCard.Cost.SECONDS,
                CheckCard.Effects.NONE,
                FRESH_FOR,
                Optional.of(RECALL),
                Optional.empty());
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return system.artifact(element).isPresent();
    }

    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element) throws IOException {
        Optional<Path> path = system.artifact(element);
        if (path.isEmpty() || !Files.exists(path.get())) {
            return Optional.empty();
        }
        String what = shown(system, path.get());
        if (!Files.isDirectory(path.get()) && !Files.isRegularFile(path.get())) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path.get())) {
            return Optional.of(TargetDigest.pinned(Digest.ofFile(path.get()), what));
        }
        Map<String, String> parts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path.get())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                parts.put(path.get().relativize(file).toString(), Digest.ofFile(file).hex());
            }
        }
        return Optional.of(TargetDigest.pinned(Digest.composite(parts), what));
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException {
        Optional<Path> path = system.artifact(element);
        if (path.isEmpty()) {
            return List.of();
        }
        if (!Files.exists(path.get())) {
            Outcome missing =
                    new Outcome.CouldNotTell("There is no file " + shown(system, path.get()));
            return List.of(
                    Observation.of(RUNS_CODE, missing, "The file is missing"),
                    Observation.of(BROKEN, missing, "The file is missing"));
        }
        ScanReport report =
                compared(
                        new Scanner().scan(path.get(), shown(system, path.get())), system, context);
        List<Observation> seen = new ArrayList<>();
        seen.add(runsCode(report, shown(system, path.get())));
        seen.add(broken(report, shown(system, path.get())));
        seen.addAll(ObeyedTexts.of(report));
        return seen;
    }

    /// The report with what a file reaches beyond an earlier version: the one that the system file
    /// names, or else the last that was found sound.
    private static ScanReport compared(ScanReport report, AiSystem system, Context context)
            throws IOException {
        Optional<String> named = context.parameters().text(ScanSchema.COMPARE);
        if (named.isPresent()) {
            return EarlierScan.read(system.resolve(named.get())).compare(report);
        }
        return context.earlier()
                .material(SCAN_ENDING)
                .map(json -> EarlierScan.parse(json, "the scan kept as evidence"))
                .map(earlier -> earlier.compare(report))
                .orElse(report);
    }

    private static Observation runsCode(ScanReport report, String what) {
        List<Finding> findings = findings(report, Severity.MEDIUM);
        List<RawMaterial> raw = explanation(report);
        Optional<Finding> worst =
                findings.stream()
                        .filter(f -> f.severity().isAtLeast(Severity.HIGH))
                        .filter(f -> !RUNS_LATER.contains(f.rule()))
                        .findFirst();
        if (worst.isPresent()) {
            return new Observation(
                    RUNS_CODE,
                    Outcome.Confirmed.deterministic(),
                    worst.get().message() + " (" + worst.get().location() + ")",
                    findings,
                    raw);
        }
        if (!findings.isEmpty()) {
            String reason = "Suspicious, not proven: " + findings.getFirst().message();
            return new Observation(
                    RUNS_CODE, new Outcome.CouldNotTell(reason), reason, findings, raw);
        }
        List<String> open =
                report.files().stream()
                        .filter(file -> !isSettled(file))
                        .map(file ->
                                file.path()
                                        + ": "
                                        + file.verdict().word()
                                        + (file.notCovered().isEmpty()
                                                ? ""
                                                : ", " + String.join("; ", file.notCovered())))
                        .limit(20)
                        .toList();
        if (!open.isEmpty()) {
            String reason = "Not analysed whole: " + open.getFirst();
            return new Observation(
                    RUNS_CODE, new Outcome.CouldNotTell(reason), reason, List.of(), raw);
        }
        long bytes = report.files().stream().mapToLong(FileReport::totalBytes).sum();
        String scope =
                what
                        + ", all "
                        + bytes
                        + " bytes, "
                        + report.files().size()
                        + (report.files().size() == 1 ? " file" : " files");
        return new Observation(
                RUNS_CODE,
                new Outcome.Cleared(scope, List.of()),
                "Nothing in " + what + " can run code when it is loaded",
                List.of(),
                Stream.concat(raw.stream(), Stream.of(scan(report))).toList());
    }

    /// What the scan saw, for a later version to be measured by.
    private static RawMaterial scan(ScanReport report) {
        return RawMaterial.text(
                "scan" + SCAN_ENDING,
                "application/json",
                ScanJson.write(report, ToolVersion.NUMBER));
    }

    private static Observation broken(ScanReport report, String what) {
        List<FileReport> unreadable =
                report.files().stream()
                        .filter(file -> file.verdict() == Verdict.UNREADABLE)
                        .toList();
        if (!unreadable.isEmpty()) {
            FileReport first = unreadable.getFirst();
            String why =
                    first.findings().isEmpty()
                            ? String.join("; ", first.notCovered())
                            : first.findings().getFirst().message();
            return new Observation(
                    BROKEN,
                    Outcome.Confirmed.deterministic(),
                    first.path() + ": " + why,
                    unreadable.stream()
                            .flatMap(file -> file.findings().stream())
                            .limit(MOST_FINDINGS)
                            .toList(),
                    List.of());
        }
        boolean isWhole = report.files().stream().allMatch(FileReport::isWhole);
        return isWhole
                ? Observation.of(
                        BROKEN,
                        new Outcome.Cleared(what, List.of()),
                        "The structure of " + what + " follows its format's rules")
                : Observation.of(
                        BROKEN,
                        new Outcome.CouldNotTell("Not analysed whole"),
                        "Not all of " + what + " was analysed");
    }

    private static List<Finding> findings(ScanReport report, Severity atLeast) {
        return report.files().stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.severity().isAtLeast(atLeast))
                .filter(finding -> isAboutCode(finding.rule()))
                .sorted(java.util.Comparator.comparing(Finding::severity).reversed())
                .limit(MOST_FINDINGS)
                .toList();
    }

    /// Whether a file was read whole, and nothing worse than low in it is about anything but texts.
    private static boolean isSettled(FileReport file) {
        return file.verdict() == Verdict.CLEAN
                || (file.isWhole()
                        && file.verdict() != Verdict.UNREADABLE
                        && file.findings().stream()
                                .filter(finding -> finding.severity().isAtLeast(Severity.MEDIUM))
                                .allMatch(f -> InstructionRules.isAboutTexts(f.rule())));
    }

    /// Whether a rule is about code that runs; structure and texts have claims of their own.
    private static boolean isAboutCode(String rule) {
        return !rule.endsWith("-structure")
                && !STRUCTURAL.contains(rule)
                && !InstructionRules.isAboutTexts(rule);
    }

    private static List<RawMaterial> explanation(ScanReport report) {
        String text =
                report.files().stream()
                        .map(FileReport::explanation)
                        .collect(Collectors.joining("\n"));
        return text.isBlank()
                ? List.of()
                : List.of(RawMaterial.text("what-loading-would-do.txt", "text/plain", text));
    }

    private static String shown(AiSystem system, Path path) {
        Path folder = system.file().toAbsolutePath().getParent();
        return folder != null && path.startsWith(folder)
                ? folder.relativize(path).toString()
                : path.toString();
    }
}
