package dev.bartizan.reports;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the published schemas: `BARTIZAN_SCHEMAS`, else `../shared/schemas` beside the repository.
public final class Schemas {
    private Schemas() {}

    /// A file below the schemas' folder. Without it the test fails in CI, and is skipped elsewhere.
    public static Path file(String path) {
        Path folder =
                Optional.ofNullable(System.getenv("BARTIZAN_SCHEMAS"))
                        .map(Path::of)
                        .orElseGet(() -> root().resolve("../shared/schemas").normalize());
        Path file = folder.resolve(path);
        if (Files.isRegularFile(file)) {
            return file;
        }
        String why = "No " + file + "; set BARTIZAN_SCHEMAS to the folder of published schemas";
        if ("true".equals(System.getenv("CI"))) {
            return fail(why);
        }
        return abort(why);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("build"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }
}
