package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.run.Facts;
import dev.bartizan.threats.ThreatModel;
import dev.bartizan.threats.exchange.ModelExport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan threats export`: the threat model for other tools.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Prints the threat model for another tool.")
final class ThreatsExport extends ShellCommand {
    @Parameters(paramLabel = "SYSTEM.yaml", description = "The system file.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "otm|threat-dragon|csv|mermaid",
            description = "For which tool.")
    private String format = "";

    @Override
    public Integer call() throws InterruptedException {
        Wiring wiring = Wiring.discover();
        AiSystem system = SystemFileReader.read(file, wiring);
        Facts facts = Facts.read(system, wiring.factSources());
        ThreatModel model = ThreatModel.derive(system, facts.facts());
        out().print(
                        switch (format) {
                            case "otm" -> ModelExport.otm(system, model);
                            case "threat-dragon" -> ModelExport.threatDragon(system, model);
                            case "csv" -> ModelExport.csv(model);
                            case "mermaid" -> ModelExport.mermaid(system);
                            default ->
                                    throw Mistakes.unknown(
                                            "format", format, "otm, threat-dragon, csv, mermaid");
                        });
        out().flush();
        return 0;
    }
}
