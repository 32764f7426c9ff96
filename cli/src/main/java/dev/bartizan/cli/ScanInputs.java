package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a scan is given: files, folders, patterns that no shell expanded, and standard input.
record ScanInputs(List<String> words, InputStream in) {
    static final String STANDARD_INPUT = "-";
    private static final long MOST_BYTES = 64L << 30;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int DEEPEST = 64;

    List<FileReport> scan(Scanner scanner) throws IOException {
        List<FileReport> files = new ArrayList<>();
        for (String word : words) {
            if (word.equals(STANDARD_INPUT)) {
                files.add(standardInput(scanner));
                continue;
            }
            for (Path path : expand(word)) {
                files.addAll(scanner.scan(path).files());
            }
        }
        return files;
    }

    private FileReport standardInput(Scanner scanner) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        try (Spool spool = new Spool(MOST_BYTES)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                if (!spool.add(block, 0, n)) {
                    throw new UserError(
                            "Standard input is longer than " + MOST_BYTES + " bytes",
                            STANDARD_INPUT,
                            "Write it to a file first.");
                }
            }
            try (ByteSource bytes = spool.toSource()) {
                return scanner.scan(STANDARD_INPUT, bytes);
            }
        }
    }

    private static boolean isPattern(String word) {
        return word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private static List<Path> expand(String word) throws IOException {
        Path path = Path.of(word);
        if (!isPattern(word) || Files.exists(path)) {
            return List.of(path);
        }
        Path start = path.isAbsolute() ? path.getRoot() : Path.of("");
        int fixed = 0;
        while (fixed < path.getNameCount() - 1 && !isPattern(path.getName(fixed).toString())) {
            start = start.resolve(path.getName(fixed++));
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + word);
        try (Stream<Path> below =
                Files.isDirectory(start.resolve("")) || start.toString().isEmpty()
                        ? Files.walk(start, DEEPEST)
                        : Stream.<Path>empty()) {
            List<Path> found =
                    below.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
            if (found.isEmpty()) {
                throw new UserError("No file matches", word, "Check the pattern.");
            }
            return found;
        }
    }
}
