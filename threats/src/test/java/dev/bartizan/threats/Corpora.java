package dev.bartizan.threats;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Finds files that are kept beside the repository: `BARTIZAN_CORPORA`, else `../shared/corpora`.
public final class Corpora {
    private Corpora() {}

    /// A folder of the corpora. Missing ones fail in CI and skip the test elsewhere.
    public static Path folder(String name) {
        String set = System.getenv("BARTIZAN_CORPORA");
        Path folder = (set == null ? beside() : Path.of(set)).resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("No corpora at " + folder + "; set BARTIZAN_CORPORA");
        }
        Assumptions.abort("No corpora at " + folder + "; set BARTIZAN_CORPORA");
        throw new AssertionError("not reached");
    }

    private static Path beside() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isRegularFile(here.resolve("build"))) {
            here = here.getParent();
        }
        return here == null ? Path.of("corpora") : here.resolve("../shared/corpora").normalize();
    }
}
