package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.run.Facts;
import dev.bartizan.threats.ThreatModel;
import dev.bartizan.threats.exchange.ModelExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    /// Formats that hold no words of others.
    private static final Set<String> LOSSY =
            Set.of("tm-bom", "tmbom", "tm-bom-owasp", "csv", "mermaid");

    @Parameters(paramLabel = "SYSTEM.yaml", description = "The system file.")
    private Path file = Path.of("");

    @Option(
            names = {"--to", "--format"},
            required = true,
            paramLabel = "FORMAT",
            description =
                    "otm, threat-dragon, tm-bom-cyclonedx, tm-bom (schema of OWASP), csv, mermaid.")
    private String format = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes; an existing file is replaced. Default: standard output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Wiring wiring = Wiring.discover();
        AiSystem system = SystemFileReader.read(file, wiring);
        Facts facts = Facts.read(system, wiring.factSources());
        ThreatModel model = ThreatModel.derive(system, facts.facts());
        String text = text(system, model);
        if (out == null) {
            out().print(text);
        } else {
            Outputs.replace(out, text);
        }
        if (LOSSY.contains(format)) {
            ModelExport.losses(system).forEach(loss -> err().println("  not kept: " + loss));
        }
        out().flush();
        err().flush();
        return 0;
    }

    private String text(AiSystem system, ThreatModel model) {
        return switch (format) {
            case "otm" -> ModelExport.otm(system, model);
            case "threat-dragon", "threat-dragon-v2" -> ModelExport.threatDragon(system, model);
            case "tm-bom-cyclonedx", "cyclonedx" -> ModelExport.cycloneDx(system, model);
            case "tm-bom", "tmbom", "tm-bom-owasp" -> ModelExport.tmBom(system, model);
            case "csv" -> ModelExport.csv(model);
            case "mermaid" -> ModelExport.mermaid(system);
            default ->
                    throw Mistakes.unknown(
                            "format",
                            format,
                            "otm, threat-dragon, tm-bom-cyclonedx, tm-bom, csv, mermaid");
        };
    }
}
