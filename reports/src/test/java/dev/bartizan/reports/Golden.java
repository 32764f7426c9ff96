package dev.bartizan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that say what is expected; `-Dgolden.rewrite=true` rewrites them.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/bartizan/reports/golden");

    private Golden() {}

    /// Asserts that the text is what the file of that name holds.
    public static void assertGolden(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(file).as("run once with -Dgolden.rewrite=true").exists();
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
