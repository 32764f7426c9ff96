package dev.bartizan.artifacts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the corpora lie: `BARTIZAN_CORPORA`, else `../shared/corpora` beside the repository.
final class Corpora {
    private Corpora() {}

    /// A folder of the corpora; without it the test fails in CI and is skipped elsewhere.
    static Path folder(String name) {
        String given = System.getenv("BARTIZAN_CORPORA");
        Path root =
                given == null
                        ? repository().resolve("../shared/corpora").normalize()
                        : Path.of(given);
        Path folder = root.resolve(name);
        if (!Files.isDirectory(folder)) {
            String reason = "No corpora at " + folder + "; set BARTIZAN_CORPORA";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason);
            }
            assumeTrue(false, reason);
        }
        return folder;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("build"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }
}
