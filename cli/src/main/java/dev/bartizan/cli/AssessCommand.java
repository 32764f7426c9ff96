package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Assessment;
import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.run.RunListener;
import dev.bartizan.core.run.RunOptions;
import dev.bartizan.reports.AssessmentJson;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.Comparison;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.page.PortfolioPage;
import dev.bartizan.reports.sarif.Sarif;
import dev.bartizan.reports.terminal.TerminalSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan assess`: the whole loop up to report and gate.
@Command(
        name = "assess",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Derives the threats of a system, checks them against its real files and endpoints,"
                    + " keeps the evidence, and says how every threat stands.",
            "",
            "Checks whose evidence still holds are not run again. Requests go only to endpoints that"
                    + " the system file names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Look:",
            "    bartizan assess system.yaml",
            "  Gate a pipeline: exit 1 while a high threat is confirmed, not accepted:",
            "    bartizan assess system.yaml --fail-on high",
            "  Several systems, and a portfolio page:",
            "    bartizan assess a.yaml b.yaml --out reports",
            "  One check again, whatever the ledger holds:",
            "    bartizan assess system.yaml --only artifact-scan --fresh"
        })
final class AssessCommand extends ShellCommand {
    /// Exit code of a process that Ctrl-C ended.
    private static final int INTERRUPTED = 130;

    private static final int MAX_NOTES = 8;

    @Parameters(arity = "1..*", paramLabel = "SYSTEM.yaml", description = "System files.")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where reports and evidence go. Default: bartizan-out/ beside the system file.")
    private @Nullable Path out;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            converter = SeverityConverter.class,
            description =
                    "Exit 1 when a threat of this level or worse is confirmed and nobody decided"
                            + " about it: low, medium, high, critical. Default: no gate.")
    private @Nullable Severity failOn;

    @Option(
            names = "--fail-on-untested",
            paramLabel = "LEVEL",
            converter = SeverityConverter.class,
            description = "Exit 1 when a threat of this level or worse has no valid test.")
    private @Nullable Severity failOnUntested;

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            description = "Run these checks only; other evidence is taken as it is.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--thorough", description = "Take the long way: more trials, more inputs.")
    private boolean isThorough;

    @Option(names = "--fresh", description = "Run checks again whose evidence still holds.")
    private boolean isFresh;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "An earlier assessment.json; marks what is new, unchanged and gone.")
    private @Nullable Path baseline;

    @Option(
            names = "--format",
            paramLabel = "table|json|sarif",
            description = "What goes to standard output. Default: table.")
    private Format format = Format.table;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many checks run side by side. Default: one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    /// What goes to standard output.
    enum Format {
        table,
        json,
        sarif
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        Wiring wiring = Wiring.discover();
        requireKnown(wiring);
        Optional<ComparableAssessment> earlier =
                Optional.ofNullable(baseline).map(AssessmentJson::read);
        List<AiSystem> systems = SystemFileReader.readAll(files, wiring);
        List<Done> done = new ArrayList<>();
        List<Path> folders = Folders.of(systems, Optional.ofNullable(out));
        for (int i = 0; i < systems.size(); i++) {
            Path folder = folders.get(i);
            Optional<ComparableAssessment> before =
                    systems.size() > 1 ? Outputs.earlier(folder) : earlier;
            Optional<ReportInput> report = assess(systems.get(i), folder, wiring, before);
            if (report.isEmpty()) {
                return INTERRUPTED;
            }
            done.add(new Done(report.get(), folder));
        }
        if (done.size() > 1) {
            writePortfolio(done);
        }
        return done.stream().allMatch(each -> each.report().gate().hasPassed()) ? 0 : 1;
    }

    private record Done(ReportInput report, Path folder) {}

    private void writePortfolio(List<Done> done) throws IOException {
        Path folder = Folders.portfolio(Optional.ofNullable(out));
        List<PortfolioPage.Entry> entries =
                done.stream()
                        .map(each ->
                                new PortfolioPage.Entry(
                                        each.report(), Folders.link(folder, each.folder())))
                        .toList();
        Path page = folder.resolve("portfolio.html");
        Outputs.replace(page, PortfolioPage.write(entries));
        err().println("Portfolio: " + Folders.shown(page));
    }

    private void requireSense() {
        if (jobs < 1) {
            throw new UserError("--jobs " + jobs + " runs nothing", "", "Give 1 or more.");
        }
        if (format != Format.table && files.size() > 1) {
            throw new UserError(
                    "--format " + format + " prints one document",
                    files.size() + " system files were given",
                    "Assess them one by one, or read the files in each output folder.");
        }
        if (baseline != null && files.size() > 1) {
            throw new UserError(
                    "--baseline compares one system",
                    files.size() + " system files were given",
                    "Assess them one by one.");
        }
    }

    private void requireKnown(Wiring wiring) {
        for (String check : only) {
            if (!wiring.cards().containsKey(check)) {
                throw new UserError(
                        "There is no check \"" + check + "\"",
                        "--only",
                        "Checks: " + String.join(", ", wiring.cards().keySet()) + ".");
            }
        }
    }

    private Optional<ReportInput> assess(
            AiSystem system, Path folder, Wiring wiring, Optional<ComparableAssessment> earlier)
            throws IOException {
        boolean isOnTerminal = Terminal.isInteractive();
        ProgressLine line = new ProgressLine(err());
        try (Interruption _ = Interruption.ofThisThread();
                Ledger ledger = Folders.ledger(system, folder)) {
            RunOptions options = new RunOptions(only, isFresh, isThorough, jobs);
            Assessor.Assessed assessed =
                    new Assessor(wiring, Clock.systemUTC())
                            .assess(
                                    system,
                                    ledger,
                                    options,
                                    isOnTerminal ? line : RunListener.SILENT);
            if (isOnTerminal) {
                line.clear();
            }
            ReportInput report = report(assessed, earlier, folder);
            Outputs.write(report, folder);
            print(report, folder);
            return Optional.of(report);
        } catch (InterruptedException e) {
            err().println();
            err().println("Stopped. What had ended is kept; run the same command again to go on.");
            return Optional.empty();
        }
    }

    private ReportInput report(
            Assessor.Assessed assessed, Optional<ComparableAssessment> earlier, Path folder) {
        Assessment assessment = assessed.assessment();
        Gate gate =
                Gate.of(
                        assessment,
                        Optional.ofNullable(failOn),
                        Optional.ofNullable(failOnUntested));
        Optional<Comparison> comparison =
                earlier.map(
                        before -> Comparison.between(before, ComparableAssessment.of(assessment)));
        return new ReportInput(
                assessment,
                comparison,
                gate,
                assessed.offers(),
                assessed.ways(),
                new EvidenceFolder(folder.resolve("evidence")));
    }

    private void print(ReportInput report, Path folder) throws IOException {
        PrintWriter to = out();
        switch (format) {
            case table -> {
                to.print(TerminalSummary.write(report, Terminal.style()));
                notes(report.assessment());
                to.println("Report: " + Folders.shown(folder.resolve("report.html")));
            }
            case json -> to.print(Files.readString(folder.resolve("assessment.json")));
            case sarif -> to.print(Sarif.write(report, Outputs.root()));
        }
        to.flush();
    }

    /// What the reader must know of the run, beside the summary.
    private void notes(Assessment assessment) {
        assessment.notes().stream()
                .limit(MAX_NOTES)
                .forEach(note -> err().println("note: " + VisibleText.of(note)));
        if (assessment.notes().size() > MAX_NOTES) {
            err().println(
                            "note: %d more in the report"
                                    .formatted(assessment.notes().size() - MAX_NOTES));
        }
        err().flush();
    }
}
