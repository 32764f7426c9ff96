package dev.bartizan.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the shared corpora lie: `BARTIZAN_CORPORA`, or `../shared/corpora` beside the repository.
public final class Corpora {
    private Corpora() {}

    /// A file or folder below the corpora. Skips the test, with the reason, when it is missing;
    /// fails instead where `CI=true`.
    public static Path path(String below) {
        Path path = root().resolve(below);
        boolean isThere = Files.exists(path);
        if ("true".equals(System.getenv("CI")) && !isThere) {
            throw new AssertionError("Corpora are missing: " + path);
        }
        assumeTrue(isThere, "no corpora at " + path + "; set BARTIZAN_CORPORA");
        return path;
    }

    private static Path root() {
        String named = System.getenv("BARTIZAN_CORPORA");
        return named == null
                ? repository().resolve("../shared/corpora").normalize()
                : Path.of(named);
    }

    private static Path repository() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("build"))) {
                return folder;
            }
        }
        return start;
    }
}
