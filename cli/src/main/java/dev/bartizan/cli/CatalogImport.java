package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.knowledge.AtlasFile;
import dev.bartizan.knowledge.AvidFile;
import dev.bartizan.knowledge.AvidReport;
import dev.bartizan.knowledge.CatalogueChange;
import dev.bartizan.knowledge.KnowledgeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan catalog import`: takes official files in.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Takes in the official ATLAS.yaml or reports of AVID (JSON): ids, names and relations, no"
                    + " descriptions. Every file is read before anything is written; importing twice"
                    + " changes nothing. A file that is broken changes nothing and exits 2."
        })
final class CatalogImport extends ShellCommand {
    private static final int HEAD = 256;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Official files.")
    private List<Path> files = List.of();

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Where imports lie. Default: bartizan/knowledge in your data folder.")
    private @Nullable Path store;

    @Override
    public Integer call() throws IOException {
        List<AvidReport> reports = new ArrayList<>();
        List<AtlasFile.Release> releases = new ArrayList<>();
        for (Path file : files) {
            if (isJson(file)) {
                reports.addAll(AvidFile.read(file));
            } else {
                releases.add(AtlasFile.read(file));
            }
        }
        if (releases.size() > 1) {
            throw new UserError(
                    "Two releases of one catalogue were given",
                    files.toString(),
                    "Import the newer one. Nothing was changed.");
        }
        KnowledgeFolder folder = CatalogStore.open(store);
        for (AtlasFile.Release release : releases) {
            List<CatalogueChange> changes = folder.take("atlas", release);
            out().printf(
                            "ATLAS %s: %s%n",
                            release.version(),
                            changes.isEmpty() ? "nothing changed" : ChangeCounts.words(changes));
        }
        if (!reports.isEmpty()) {
            int changed = folder.take(reports).size();
            out().printf(
                            "AVID: %d reports read, %s%n",
                            reports.size(),
                            changed == 0 ? "nothing changed" : changed + " new or changed");
        }
        out().flush();
        return 0;
    }

    private static boolean isJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).strip();
            return head.startsWith("{") || head.startsWith("[");
        }
    }
}
