package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.run.Facts;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.threats.ThreatDiff;
import dev.bartizan.threats.ThreatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bartizan threats diff`: what an edit of the system file does to its threats.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Says in Markdown which threats an edit of a system file adds, removes and changes,"
                        + " and which of the edits did it. Exit code 1 when there is a difference.")
final class ThreatsDiff extends ShellCommand {
    @Parameters(index = "0", paramLabel = "OLD.yaml", description = "As it was.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW.yaml", description = "As it is.")
    private Path after = Path.of("");

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules of your own, beside those that come with the tool.")
    private @Nullable Path rules;

    @Option(
            names = "--format",
            paramLabel = "markdown|json",
            description = "Default: markdown, fit for a comment on a pull request.")
    private Format format = Format.markdown;

    @Option(names = "--markdown", description = "The same as --format markdown.")
    private boolean isMarkdown;

    /// How it is written.
    enum Format {
        markdown,
        json
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Wiring wiring = Wiring.discover();
        ThreatDiff diff = ThreatDiff.between(model(before, wiring), model(after, wiring));
        boolean isJson = format == Format.json && !isMarkdown;
        out().print(isJson ? json(diff) : diff.markdown());
        out().flush();
        return diff.isEmpty() ? 0 : 1;
    }

    private ThreatModel model(Path file, Wiring wiring) throws InterruptedException, IOException {
        AiSystem system = SystemFileReader.read(file, wiring);
        Facts facts = Facts.read(system, wiring.factSources());
        facts.notes().forEach(note -> err().println("note: " + VisibleText.of(note)));
        return ThreatModel.derive(system, facts.facts(), RuleOptions.book(rules));
    }

    private static String json(ThreatDiff diff) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.set("gained", list(diff.gained()));
        root.set("lost", list(diff.lost()));
        root.set("changed", list(diff.changed()));
        return root.toPrettyString() + "\n";
    }

    private static ArrayNode list(List<ThreatDiff.Change> changes) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (ThreatDiff.Change change : changes) {
            ObjectNode node =
                    list.addObject()
                            .put("id", change.threat().id())
                            .put("rule", change.threat().rule())
                            .put("title", change.threat().title())
                            .put("severity", change.threat().severity().word())
                            .put("what", change.what());
            ArrayNode because = node.putArray("because");
            change.because().forEach(because::add);
        }
        return list;
    }
}
