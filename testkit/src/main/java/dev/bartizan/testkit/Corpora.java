package dev.bartizan.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Data that others made, kept beside the repository: corpora (`BARTIZAN_CORPORA`, else
/// `../shared/corpora`) and schemas (`BARTIZAN_SCHEMAS`, else `../shared/schemas`). Where it is
/// missing a test is skipped with the reason; with `CI=true` it fails.
public final class Corpora {
    private Corpora() {}

    /// A file or folder of the corpora.
    public static Path path(String below) {
        return there("BARTIZAN_CORPORA", "../shared/corpora", below);
    }

    /// A folder of the corpora.
    public static Path folder(String name) {
        return path(name);
    }

    /// A file or folder of the schemas.
    public static Path schema(String below) {
        return there("BARTIZAN_SCHEMAS", "../shared/schemas", below);
    }

    private static Path there(String variable, String beside, String below) {
        String set = System.getenv(variable);
        Path path = (set == null ? Repository.file(beside) : Path.of(set)).resolve(below);
        boolean isThere = Files.exists(path);
        String reason = "Nothing lies at " + path + "; set " + variable;
        if (!isThere && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.assumeTrue(isThere, reason);
        return path;
    }
}
