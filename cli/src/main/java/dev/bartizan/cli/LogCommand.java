package dev.bartizan.cli;

import dev.bartizan.core.ledger.Checkpoint;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.ledger.LedgerVerification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan log`: what can be said of the ledger itself.
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "The evidence ledger itself: whether it is what it was.",
        subcommands = LogCommand.Verify.class)
final class LogCommand {
    /// `bartizan log verify`.
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Finds edited, dropped, swapped, reordered and cut-off evidence.",
                "",
                "Whoever may write the folder may also write its checkpoint anew. Only an anchor that"
                        + " was kept elsewhere finds that: every report prints one."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  bartizan log verify examples/claims-desk/bartizan-out",
                "  bartizan log verify bartizan-out --anchor \"$(cat anchor.txt)\""
            })
    static final class Verify extends ShellCommand {
        private static final int MAX_ANCHOR_BYTES = 64 * 1024;
        private static final int MAX_SHOWN = 50;

        @Parameters(
                paramLabel = "DIR",
                description =
                        "An output folder, its evidence/ folder, or the folder of a system file.")
        private Path folder = Path.of("");

        @Option(
                names = "--anchor",
                paramLabel = "TEXT|FILE",
                description =
                        "A checkpoint kept elsewhere: its text, its one-line form, or a file with"
                                + " either.")
        private @Nullable String anchor;

        @Override
        public Integer call() throws IOException {
            Path evidence = Folders.evidenceBelow(folder);
            LedgerVerification result = Ledger.verify(evidence, anchorText());
            PrintWriter out = out();
            result.problems().stream().limit(MAX_SHOWN).forEach(problem -> print(out, problem));
            long hidden =
                    Math.max(0, result.problems().size() - MAX_SHOWN) + result.furtherProblems();
            if (hidden > 0) {
                out.println("… and " + hidden + " more");
            }
            result.shown().forEach(line -> out.println("shown: " + line));
            result.notShown().forEach(line -> out.println("not shown: " + line));
            out.println(
                    result.isIntact()
                            ? "The ledger is intact."
                            : "The ledger was tampered with, or is damaged.");
            result.found().ifPresent(found -> out.println("Anchor: " + found.compact()));
            out.flush();
            return result.isIntact() ? 0 : 1;
        }

        private static void print(PrintWriter out, LedgerVerification.Problem problem) {
            out.println(problem);
            out.println("  mend: " + problem.mend());
        }

        private Optional<String> anchorText() throws IOException {
            if (anchor == null) {
                return Optional.empty();
            }
            if (!anchor.contains("\n") && anchor.length() < 4096) {
                Path file = Path.of(anchor);
                if (Files.isRegularFile(file) && Files.size(file) <= MAX_ANCHOR_BYTES) {
                    return Optional.of(Files.readString(file));
                }
            }
            Checkpoint.parse(anchor);
            return Optional.of(anchor);
        }
    }
}
