package dev.bartizan.cli;

import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Copies of the example systems, to change at will.
final class Examples {
    private Examples() {}

    /// Copies an example below `folder` and returns its system file.
    static Path copy(String name, Path folder) throws IOException {
        Path from = Repository.file("examples/" + name);
        Path to = folder.resolve(name);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(from)) {
            files = tree.filter(path -> !path.toString().contains("bartizan-out")).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
        return to.resolve("system.yaml");
    }

    /// Replaces text in a file; the text must be there.
    static void edit(Path file, String from, String to) {
        try {
            String text = Files.readString(file);
            if (!text.contains(from)) {
                throw new AssertionError(file + " does not contain: " + from);
            }
            Files.writeString(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
