package dev.bartizan.artifacts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// A file to scan, and what the walk over its folder already told of it.
///
/// @param path where it lies
/// @param name its path below the folder that is scanned, with `/`
/// @param kind what it is, links followed
record FoundFile(Path path, String name, Kind kind) {
    enum Kind {
        FILE,
        LINKED_FILE,
        FOLDER_LINK,
        BROKEN_LINK,
        OTHER
    }

    /// A path that is no folder.
    static FoundFile at(Path path) {
        return new FoundFile(path, "", kind(path));
    }

    private static Kind kind(Path path) {
        if (Files.isRegularFile(path)) {
            return Files.isSymbolicLink(path) ? Kind.LINKED_FILE : Kind.FILE;
        }
        if (Files.isDirectory(path)) {
            return Kind.FOLDER_LINK;
        }
        boolean isBroken = Files.isSymbolicLink(path) && !Files.exists(path);
        return isBroken ? Kind.BROKEN_LINK : Kind.OTHER;
    }

    /// Every file below a folder, hidden ones too, in path order.
    static List<FoundFile> below(Path folder) throws IOException {
        String prefix = folder.toString();
        int cut = prefix.length() + (prefix.isEmpty() || prefix.endsWith("/") ? 0 : 1);
        List<FoundFile> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        add(file, attributes.isRegularFile() ? Kind.FILE : kind(file));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        add(file, Kind.OTHER);
                        return FileVisitResult.CONTINUE;
                    }

                    private void add(Path file, Kind kind) {
                        String name = file.toString().substring(cut).replace('\\', '/');
                        files.add(new FoundFile(file, name, kind));
                    }
                });
        files.sort((one, other) -> one.name().compareTo(other.name()));
        return files;
    }
}
