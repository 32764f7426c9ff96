package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.ledger.EvidenceJson;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.run.EvidenceView;
import dev.bartizan.core.run.Plan;
import dev.bartizan.core.run.RunListener;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bartizan evidence list`: everything the ledger holds, and how old it is.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Lists the evidence of a system, newest first, and says of each piece whether it"
                        + " still speaks of what is there now. Nothing is run.")
final class EvidenceList extends ShellCommand {
    @Parameters(paramLabel = "SYSTEM.yaml", description = "The system file.")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "As for assess.")
    private @Nullable Path out;

    @Option(names = "--element", description = "Only of this element.")
    private @Nullable String element;

    @Option(names = "--claim", description = "Only about this claim.")
    private @Nullable String claim;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wiring wiring = Wiring.discover();
        AiSystem system = SystemFileReader.read(file, wiring);
        Path folder = Folders.of(system, Optional.ofNullable(out), false);
        try (Ledger ledger = Folders.ledger(system, folder)) {
            Plan plan = Plan.of(system, wiring.checks(), false, RunListener.SILENT);
            EvidenceView view =
                    EvidenceView.of(ledger.evidence(), plan.targets(), Clock.systemUTC().instant());
            switch (format) {
                case table -> printTable(view);
                case json -> printJson(view);
            }
        }
        out().flush();
        return 0;
    }

    private boolean isWanted(Evidence evidence) {
        return (element == null || element.equals(evidence.element()))
                && (claim == null || claim.equals(evidence.claim().name()));
    }

    private void printTable(EvidenceView view) {
        for (Evidence e : view.all()) {
            if (isWanted(e)) {
                out().printf(
                                "%s  %s  %s at %s: %s  (%s, %s)%n",
                                e.id(),
                                Words.minute(e.started()),
                                e.claim(),
                                VisibleText.of(e.element()),
                                VisibleText.of(e.summary()),
                                Words.source(e.source()),
                                view.age(e).words());
            }
        }
    }

    private void printJson(EvidenceView view) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (Evidence e : view.all()) {
            if (isWanted(e)) {
                ObjectNode node = EvidenceJson.write(e);
                node.put("age", view.age(e).words());
                list.add(node);
            }
        }
        out().println(list.toPrettyString());
    }
}
