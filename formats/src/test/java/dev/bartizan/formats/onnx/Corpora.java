package dev.bartizan.formats.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where the corpora lie that some tests read: `BARTIZAN_CORPORA`, or `shared/corpora` beside the
/// repository. Without them the tests are skipped; with `CI=true` they fail.
final class Corpora {
    private Corpora() {}

    static Path folder(String name) {
        String given = System.getenv("BARTIZAN_CORPORA");
        Path corpora = given == null ? repository().resolve("../shared/corpora") : Path.of(given);
        Path folder = corpora.resolve(name).normalize();
        if (!Files.isDirectory(folder) && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("No corpora at " + folder);
        }
        Assumptions.assumeTrue(Files.isDirectory(folder), "No corpora at " + folder);
        return folder;
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("build")) && Files.exists(at.resolve("launcher"))) {
                return at;
            }
        }
        throw new AssertionError("No repository around " + here);
    }
}
