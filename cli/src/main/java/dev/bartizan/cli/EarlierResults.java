package dev.bartizan.cli;

import dev.bartizan.artifacts.ScanMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the results of earlier scans. The launcher says where its user's cache is, when that
/// folder belongs to the user, and which build this is; run without it, nothing is kept.
final class EarlierResults {
    private static final String FOLDER = "results";
    private static final long WORTH_KEEPING_BYTES = 1 << 20;

    /// Options that only decide what becomes of a scan. Any other one turns the cache off, unless
    /// it is one of {@link #TOLD}.
    private static final Set<String> AFTERWARDS =
            Set.of(
                    ScanOptions.FAIL_ON,
                    ScanOptions.FORMAT,
                    "--explain",
                    "--policy",
                    "--baseline",
                    "--compare",
                    "--quarantine");

    /// Options that change what a scan says, by rules that are part of the build.
    private static final Set<String> TOLD = Set.of("--secrets");

    private EarlierResults() {}

    /// The results that hold for this scan; empty where none may be used, or looking for them would
    /// cost more than the scan.
    static Optional<ScanMemory> open(ScanArguments given) throws IOException {
        return open(
                given,
                System.getProperty("bartizan.cache", ""),
                System.getProperty("bartizan.build", ""));
    }

    /// @param cache folder of the user; empty when there is none
    /// @param build digest of the jar; empty when it is not known
    static Optional<ScanMemory> open(ScanArguments given, String cache, String build)
            throws IOException {
        Set<String> options = given.options().keySet();
        boolean isKnown =
                options.stream()
                        .allMatch(option -> AFTERWARDS.contains(option) || TOLD.contains(option));
        if (cache.isEmpty() || build.isEmpty() || !isKnown || !isWorthIt(given.words())) {
            return Optional.empty();
        }
        List<String> told = options.stream().filter(TOLD::contains).sorted().toList();
        return ScanMemory.open(Path.of(cache, FOLDER), build, told);
    }

    /// Whether there is a folder, a pattern or a large file to scan.
    private static boolean isWorthIt(List<String> words) throws IOException {
        for (String word : words) {
            Path path = Path.of(word);
            boolean isSmall =
                    word.equals(ScanInputs.STANDARD_INPUT)
                            || (Files.isRegularFile(path)
                                    && Files.size(path) < WORTH_KEEPING_BYTES);
            if (!isSmall) {
                return true;
            }
        }
        return false;
    }
}
