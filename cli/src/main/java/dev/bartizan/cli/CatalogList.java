package dev.bartizan.cli;

import dev.bartizan.knowledge.AvidReport;
import dev.bartizan.knowledge.CatalogueEntry;
import dev.bartizan.knowledge.Catalogues;
import dev.bartizan.knowledge.KnowledgeFolder;
import dev.bartizan.reports.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// `bartizan catalog list`: what is known.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Lists the catalogues, or the entries of one.")
final class CatalogList extends ShellCommand {
    private static final String AVID = "avid";

    @Parameters(
            arity = "0..1",
            paramLabel = "CATALOGUE",
            description =
                    "atlas, owasp-llm, owasp-agentic, owasp-ml, nist, cwe, stride, or avid for"
                            + " imported reports.")
    private @Nullable String catalogue;

    @Option(names = "--search", paramLabel = "WORD", description = "Entries with that word only.")
    private String word = "";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Where imports lie. Default: bartizan/knowledge in your data folder.")
    private @Nullable Path store;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private ThreatsCommand.Format format = ThreatsCommand.Format.table;

    @Override
    public Integer call() throws IOException {
        KnowledgeFolder folder = CatalogStore.open(store);
        Catalogues catalogues = folder.catalogues();
        if (catalogue == null) {
            summary(folder, catalogues);
        } else if (catalogue.equals(AVID)) {
            folder.reports().stream()
                    .filter(report -> matches(report.toString()))
                    .forEach(this::row);
        } else if (catalogues.names().contains(catalogue)) {
            entries(catalogues, catalogue);
        } else {
            throw Mistakes.unknown(
                    "catalogue", catalogue, String.join(", ", catalogues.names()) + ", avid");
        }
        out().flush();
        return 0;
    }

    private void summary(KnowledgeFolder folder, Catalogues catalogues) throws IOException {
        Map<String, String> versions = folder.versions();
        for (String name : catalogues.names()) {
            String version = versions.get(name);
            out().printf(
                            "%-14s %4d entries  %s%n",
                            name,
                            catalogues.entries(name).size(),
                            version == null ? "as shipped" : "imported " + VisibleText.of(version));
        }
        out().printf("%-14s %4d reports  imported%n", AVID, folder.reports().size());
    }

    private void entries(Catalogues catalogues, String name) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (CatalogueEntry entry : catalogues.entries(name)) {
            if (!matches(entry.id() + " " + entry.name())) {
                continue;
            }
            if (format == ThreatsCommand.Format.json) {
                list.add(JsonMapper.shared().<tools.jackson.databind.JsonNode>valueToTree(entry));
            } else {
                out().printf(
                                "%-16s %-13s %-12s %s%n",
                                entry.id(),
                                entry.kind(),
                                entry.maturity(),
                                VisibleText.of(entry.name()));
            }
        }
        if (format == ThreatsCommand.Format.json) {
            out().println(list.toPrettyString());
        }
    }

    private void row(AvidReport report) {
        out().printf(
                        "%-16s %-10s %-20s %s %s%n",
                        report.id(),
                        report.reported(),
                        VisibleText.of(report.problem()),
                        report.effects(),
                        VisibleText.of(String.join("; ", report.artifacts())));
    }

    private boolean matches(String text) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }
}
