package dev.bartizan.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/// The files of this repository, for tests that read documents and examples.
public final class Repository {
    private Repository() {}

    /// A file by its path from the root.
    public static Path file(String path) {
        return root().resolve(path).normalize();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("build")) || !hasLauncher(folder)) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("Not below the root of the repository");
            }
            folder = parent;
        }
        return folder;
    }

    private static boolean hasLauncher(Path folder) {
        return Files.isDirectory(folder.resolve("launcher"));
    }
}
