package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.run.Facts;
import dev.bartizan.threats.ThreatDiff;
import dev.bartizan.threats.ThreatModel;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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

    @Override
    public Integer call() throws InterruptedException {
        Wiring wiring = Wiring.discover();
        ThreatDiff diff = ThreatDiff.between(model(before, wiring), model(after, wiring));
        out().print(diff.markdown());
        out().flush();
        return diff.isEmpty() ? 0 : 1;
    }

    private static ThreatModel model(Path file, Wiring wiring) throws InterruptedException {
        AiSystem system = SystemFileReader.read(file, wiring);
        return ThreatModel.derive(system, Facts.read(system, wiring.factSources()).facts());
    }
}
