package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Golden files under `src/test/resources/goldens`. `-Dgolden.rewrite=true` rewrites them.
public final class Goldens {
    private static final Path FOLDER = Path.of("src/test/resources/goldens");

    private Goldens() {}

    /// Holds a text against its golden file.
    public static void check(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file).as("golden file; -Dgolden.rewrite=true writes it").exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
