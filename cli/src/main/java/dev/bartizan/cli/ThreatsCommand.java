package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Applicability;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Fact;
import dev.bartizan.core.Threat;
import dev.bartizan.core.UserError;
import dev.bartizan.core.run.Approvals;
import dev.bartizan.core.run.EvidenceView;
import dev.bartizan.core.run.Facts;
import dev.bartizan.core.run.Standings;
import dev.bartizan.core.run.Targets;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.threats.Crossing;
import dev.bartizan.threats.Explanation;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan threats`: the threat model alone.
@Command(
        name = "threats",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Derives the threats of a system from its file and from the headers of the files it"
                    + " names. No check is run, nothing is sent.",
            ""
        },
        subcommands = {
            SchemaCommand.class,
            ThreatsImport.class,
            ThreatsExport.class,
            ThreatsDiff.class,
            LintRulesCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan threats system.yaml",
            "  bartizan threats system.yaml --explain T-ABCDEFGHIJKL   why it applies, or does not",
            "  bartizan threats schema > bartizan.schema.json          for your editor"
        })
final class ThreatsCommand extends ShellCommand {
    private static final Comparator<Threat> WORST_FIRST =
            Comparator.comparing(Threat::severity)
                    .reversed()
                    .thenComparing(Threat::at)
                    .thenComparing(Threat::title)
                    .thenComparing(Threat::id);

    private static final int MAX_NOTES = 8;
    private static final int MAX_SPOTS = 3;

    @Parameters(arity = "0..1", paramLabel = "SYSTEM.yaml", description = "The system file.")
    private @Nullable Path file;

    @Option(
            names = "--explain",
            paramLabel = "ID",
            description = "Say of one threat which facts and controls decided it.")
    private @Nullable String explain;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules of your own, beside those that come with the tool.")
    private @Nullable Path rules;

    @Option(names = "--all", description = "List also what was looked at and does not apply.")
    private boolean isAll;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (file == null) {
            throw new UserError(
                    "No system file was named",
                    "",
                    "Run: bartizan threats SYSTEM.yaml, or bartizan threats schema.");
        }
        Wiring wiring = Wiring.discover();
        AiSystem system = SystemFileReader.read(file, wiring);
        Facts facts = Facts.read(system, wiring.factSources());
        ThreatModel model = ThreatModel.derive(system, facts.facts(), RuleOptions.book(rules));
        List<String> notes = new ArrayList<>(facts.notes());
        notes.addAll(Approvals.of(system).notes(places(model)));
        if (explain != null) {
            explain(model, explain);
        } else if (format == Format.json) {
            out().println(
                            ThreatsJson.write(
                                    system,
                                    standings(system, wiring, model),
                                    model.crossings(),
                                    notes));
        } else {
            table(model);
        }
        out().flush();
        notes(notes);
        return 0;
    }

    private static Map<String, String> places(ThreatModel model) {
        return model.threats().stream()
                .collect(Collectors.toMap(Threat::id, Threat::at, (one, _) -> one));
    }

    /// What could not be read off files, so that the threats it would fire are missing, and
    /// decisions that do not count.
    private void notes(List<String> notes) {
        notes.stream()
                .limit(MAX_NOTES)
                .forEach(note -> err().println("note: " + VisibleText.of(note)));
        if (notes.size() > MAX_NOTES) {
            err().println(
                            "note: %d more; --format json lists all"
                                    .formatted(notes.size() - MAX_NOTES));
        }
        err().flush();
    }

    private void explain(ThreatModel model, String id) {
        Explanation explanation =
                model.explain(id)
                        .orElseThrow(() ->
                                new UserError(
                                        "There is no threat \"" + id + "\" here",
                                        String.valueOf(file),
                                        "Run without --explain, or with --all, for the" + " ids."));
        explanation.lines().forEach(line -> out().println(VisibleText.of(line)));
    }

    private void table(ThreatModel model) {
        model.threats().stream().sorted(WORST_FIRST).forEach(this::row);
        if (isAll) {
            model.notApplicable().stream().sorted(WORST_FIRST).forEach(this::row);
        }
        out().printf(
                        "%d threats apply, %d rules were looked at and do not.%n",
                        model.threats().size(), model.notApplicable().size());
        crossings(model);
    }

    /// How they stand by decisions and declared controls; evidence is counted by `assess`.
    private List<AssessedThreat> standings(AiSystem system, Wiring wiring, ThreatModel model) {
        Instant now = Instant.now();
        EvidenceView none = EvidenceView.of(List.of(), Targets.UNKNOWN, now);
        Standings standings = new Standings(none, Approvals.of(system), wiring.cards(), now);
        Stream<Threat> others = isAll ? model.notApplicable().stream() : Stream.empty();
        return Stream.concat(model.threats().stream(), others)
                .sorted(WORST_FIRST)
                .map(standings::assess)
                .toList();
    }

    private void crossings(ThreatModel model) {
        for (Crossing crossing : model.crossings()) {
            out().println();
            out().println("Path: " + VisibleText.of(crossing.title()));
            out().println("  way: " + VisibleText.of(Explanation.route(crossing.shortest())));
            if (!crossing.joins().isEmpty()) {
                out().println("  met by: " + VisibleText.of(Explanation.route(crossing.joins())));
            }
            out().println(
                            "  cut: "
                                    + VisibleText.of(crossing.cutWords())
                                    + " ("
                                    + VisibleText.of(crossing.mend())
                                    + ")");
        }
    }

    private void row(Threat threat) {
        out().printf(
                        "%s  %-8s  %-10s  %s: %s%n",
                        threat.id(),
                        threat.severity().word(),
                        word(threat.applicability()),
                        VisibleText.of(threat.at()),
                        VisibleText.of(threat.title()));
        if (threat.applicability() instanceof Applicability.DoesNotApply) {
            return;
        }
        List<Fact> seen =
                threat.applicability().facts().stream()
                        .filter(fact -> !fact.spot().isNone())
                        .toList();
        seen.stream()
                .limit(MAX_SPOTS)
                .forEach(fact ->
                        out().printf(
                                        "%14s  seen: %s = %s (%s)%n",
                                        "",
                                        fact.name(),
                                        VisibleText.of(fact.value()),
                                        VisibleText.of(fact.spot().toString())));
        if (seen.size() > MAX_SPOTS) {
            out().printf("%14s  and %d more; see --explain%n", "", seen.size() - MAX_SPOTS);
        }
    }

    private static String word(Applicability applicability) {
        return switch (applicability) {
            case Applicability.Applies _ -> "applies";
            case Applicability.Mitigated _ -> "mitigated";
            case Applicability.DoesNotApply _ -> "not here";
        };
    }
}
