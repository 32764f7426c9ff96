package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which classifier of one's own, and how it is read.
final class GuardClassifierOptions {
    private static final int LEAST_WINDOW = 8;
    private static final int MOST_WINDOW = 8_192;

    @Option(
            names = "--classifier",
            paramLabel = "FOLDER",
            description =
                    "A classifier of your own beside the one that ships: a folder with model.onnx,"
                            + " tokenizer.json and config.json, as text classifiers are published."
                            + " It is scanned first, and nothing is fetched.")
    private @Nullable Path folder;

    @Option(
            names = "--classifier-benign",
            split = ",",
            paramLabel = "LABEL",
            description =
                    "Its labels that stand for harmless texts (default: those of a usual name, such"
                            + " as SAFE, benign, LABEL_0).")
    private List<String> harmless = List.of();

    @Option(
            names = "--classifier-window",
            paramLabel = "TOKENS",
            description =
                    "Tokens of one window, at most what it was trained for (default: as its"
                            + " config.json says, at most 512).")
    private @Nullable Integer window;

    Optional<LoadedClassifier> open() throws IOException {
        if (folder == null) {
            if (!harmless.isEmpty() || window != null) {
                throw new UserError(
                        "--classifier-benign and --classifier-window need a classifier",
                        "--classifier",
                        "Name its folder with --classifier FOLDER.");
            }
            return Optional.empty();
        }
        if (window != null && (window < LEAST_WINDOW || window > MOST_WINDOW)) {
            throw new UserError(
                    "A window has " + LEAST_WINDOW + " to " + MOST_WINDOW + " tokens",
                    "--classifier-window " + window,
                    "Leave it out to take what config.json says.");
        }
        OptionalInt tokens = window == null ? OptionalInt.empty() : OptionalInt.of(window);
        return Optional.of(LoadedClassifier.open(folder, Set.copyOf(harmless), tokens));
    }
}
