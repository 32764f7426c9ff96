package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.threats.exchange.ModelImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan threats import`: another tool's model as a system file.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a system file from another tool's threat model: OTM, Threat Dragon, Threagile, TM7,"
                    + " pytm, draw.io, TM-BOM (CycloneDX and OWASP schema). The format is told by content. What could"
                    + " not be kept, or had to be guessed, is listed."
        })
final class ThreatsImport extends ShellCommand {
    private static final int DECISION_DAYS = 180;

    @Parameters(paramLabel = "FILE", description = "The other tool's file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where the system file goes; never over an existing one. Default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--decisions-until",
            paramLabel = "DAY",
            description =
                    "Last day of decisions that the other tool holds, as 2027-03-31: there they have"
                            + " no end. Default: 180 days from now.")
    private @Nullable LocalDate decisionsUntil;

    @Override
    public Integer call() throws IOException {
        LocalDate until =
                decisionsUntil == null
                        ? LocalDate.now(ZoneOffset.UTC).plusDays(DECISION_DAYS)
                        : decisionsUntil;
        ModelImport.Imported imported = ModelImport.read(file, until);
        if (out == null) {
            out().print(imported.yaml());
        } else {
            write(out, imported.yaml());
        }
        err().printf(
                        "%s: %d elements, %d flows, %d zones, %d decisions%n",
                        imported.format(),
                        imported.elements(),
                        imported.flows(),
                        imported.zones(),
                        imported.decisions());
        imported.losses().forEach(loss -> err().println("  not kept: " + VisibleText.of(loss)));
        out().flush();
        err().flush();
        return 0;
    }

    private static void write(Path to, String text) throws IOException {
        if (Files.exists(to)) {
            throw new UserError(
                    "There is a file already",
                    to.toString(),
                    "Name another with --out, or remove it.");
        }
        Outputs.replace(to, text);
    }
}
