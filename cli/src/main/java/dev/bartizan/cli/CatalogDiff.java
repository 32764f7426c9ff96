package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.run.Facts;
import dev.bartizan.knowledge.AtlasFile;
import dev.bartizan.knowledge.CatalogueChange;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.threats.CatalogueImpact;
import dev.bartizan.threats.CatalogueImpact.Touched;
import dev.bartizan.threats.ThreatModel;
import dev.bartizan.threats.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan catalog diff`: what a new release changes, and what that means at home.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Lists what a release of ATLAS added, removed, renamed, moved and matured, then what it"
                    + " means: your threats that it touches, rules to write, checks missing, priors"
                    + " that move."
        })
final class CatalogDiff extends ShellCommand {
    @Parameters(index = "0", paramLabel = "OLD", description = "The older ATLAS.yaml.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The newer one.")
    private Path after = Path.of("");

    @Option(
            names = "--system",
            arity = "1..*",
            paramLabel = "SYSTEM.yaml",
            description = "System files whose threats may be touched.")
    private List<Path> systems = List.of();

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules of your own, beside those that come with the tool.")
    private @Nullable Path rules;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private ThreatsCommand.Format format = ThreatsCommand.Format.table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        AtlasFile.Release old = AtlasFile.read(before);
        AtlasFile.Release now = AtlasFile.read(after);
        List<CatalogueChange> changes = CatalogueChange.between(old.entries(), now.entries());
        Wiring wiring = Wiring.discover();
        RuleBook book = RuleOptions.book(rules);
        Map<String, ThreatModel> models = models(wiring, book);
        CatalogueImpact impact = CatalogueImpact.of(changes, models, book, testable(wiring));
        if (format == ThreatsCommand.Format.json) {
            out().println(CatalogJson.write(old.version(), now.version(), changes, impact));
        } else {
            out().printf(
                            "ATLAS %s to %s: %s%n",
                            old.version(), now.version(), ChangeCounts.words(changes));
            changes.forEach(this::row);
            print(impact);
        }
        out().flush();
        return 0;
    }

    private Map<String, ThreatModel> models(Wiring wiring, RuleBook book)
            throws InterruptedException {
        Map<String, ThreatModel> models = new TreeMap<>();
        for (AiSystem system : SystemFileReader.readAll(systems, wiring)) {
            Facts facts = Facts.read(system, wiring.factSources());
            models.put(
                    system.name() + " (" + system.file() + ")",
                    ThreatModel.derive(system, facts.facts(), book));
        }
        return models;
    }

    private static Set<String> testable(Wiring wiring) {
        return wiring.checks().stream()
                .flatMap(check -> check.card().claims().stream())
                .map(claim -> claim.base())
                .collect(Collectors.toSet());
    }

    private void row(CatalogueChange change) {
        out().printf(
                        "  %-16s %-44s %s%n",
                        change.entry().id(),
                        VisibleText.of(change.entry().name()),
                        VisibleText.of(CatalogueImpact.what(change)));
    }

    private void print(CatalogueImpact impact) {
        out().println();
        if (systems.isEmpty()) {
            out().println("Your systems: none given; add --system SYSTEM.yaml");
        } else {
            out().printf("Your threats that it touches: %d%n", impact.touched().size());
            impact.touched().forEach(this::row);
            out().printf("Priors that move: %d%n", impact.priorsThatMove().size());
            impact.priorsThatMove().forEach(this::row);
        }
        out().printf("Rules to write: %d%n", impact.rulesToWrite().size());
        impact.rulesToWrite()
                .forEach(entry ->
                        out().printf("  %-16s %s%n", entry.id(), VisibleText.of(entry.name())));
        out().printf("Checks missing: %d%n", impact.checksMissing().size());
        impact.checksMissing()
                .forEach(missing ->
                        out().printf(
                                        "  %-16s nothing tests %s%n",
                                        missing.technique().id(),
                                        String.join(", ", missing.claims())));
    }

    private void row(Touched touched) {
        out().printf(
                        "  %-16s %s: %s %s at %s%n",
                        touched.technique(),
                        VisibleText.of(touched.system()),
                        touched.threat().id(),
                        VisibleText.of(touched.threat().title()),
                        VisibleText.of(touched.threat().at()));
    }
}
