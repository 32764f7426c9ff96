package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.Budget;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says what loading model files would do, by their content alone. Nothing is executed, unpickled,
/// imported or rendered.
public final class Scanner {
    private static final int MOST_MEMBERS_LISTED = 10_000;

    private final Inspection inspection = new Inspection(Formats.ALL);

    /// A scanner of every format there is.
    public Scanner() {}

    /// Scans a file, or every file of a folder; hidden ones too, links are not followed.
    ///
    /// @param path as the user typed it; reports repeat it
    /// @throws UserError when there is no such file or folder
    /// @throws IOException when it cannot be read
    public ScanReport scan(Path path) throws IOException {
        return scan(path, path.toString());
    }

    /// The same under another name.
    ///
    /// @param shown what reports call it
    public ScanReport scan(Path path, String shown) throws IOException {
        if (Files.isDirectory(path)) {
            return new ScanReport(scanAll(path, filesBelow(path), shown));
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError("No such file or folder", shown, "Check the path.");
        }
        return new ScanReport(List.of(scanFile(path, shown)));
    }

    private List<FileReport> scanAll(Path folder, List<Path> files, String shown)
            throws IOException {
        String prefix = shown.endsWith("/") ? shown : shown + "/";
        try {
            return files.parallelStream()
                    .map(file ->
                            uncheckedScan(
                                    file,
                                    prefix + folder.relativize(file).toString().replace('\\', '/')))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private FileReport uncheckedScan(Path file, String shown) {
        try {
            return scanFile(file, shown);
        } catch (IOException e) {
            return unreadable(shown, "It cannot be read: " + e);
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    private FileReport scanFile(Path file, String shown) throws IOException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            return unreadable(shown, "The link points nowhere");
        }
        if (!Files.isRegularFile(file)) {
            return unreadable(shown, "It is no regular file");
        }
        try (ByteSource bytes = ByteSource.open(file)) {
            return scan(new Item(shown, bytes, Optional.of(file), 0, Item.Role.ANY));
        }
    }

    /// Scans bytes that lie in no file.
    ///
    /// @param name shown in the report
    public FileReport scan(String name, ByteSource bytes) throws IOException {
        return scan(new Item(name, bytes, Optional.empty(), 0, Item.Role.ANY));
    }

    private FileReport scan(Item item) throws IOException {
        Notes notes = new Notes(item, inspection, new Budget());
        inspection.inspect(item, notes);
        return report(notes);
    }

    private static FileReport report(Notes notes) {
        long total = notes.item().bytes().size();
        List<FileReport> members =
                notes.members().stream().limit(MOST_MEMBERS_LISTED).map(Scanner::report).toList();
        return new FileReport(
                notes.item().path(),
                verdict(notes, total),
                notes.formats(),
                notes.canHoldCode(),
                notes.findings(),
                notes.coveredBytes(),
                total,
                notes.uncovered(),
                notes.explanation(),
                members);
    }

    private static Verdict verdict(Notes notes, long total) {
        if (has(notes.findings(), Severity.HIGH)) {
            return Verdict.MALICIOUS;
        }
        if (notes.isSuspicious()) {
            return Verdict.SUSPICIOUS;
        }
        if (notes.isBroken()) {
            return Verdict.UNREADABLE;
        }
        boolean isWhole = notes.uncovered().isEmpty() && notes.coveredBytes() >= total;
        return isWhole ? Verdict.CLEAN : Verdict.NOT_COVERED;
    }

    private static boolean has(List<Finding> findings, Severity atLeast) {
        return findings.stream().anyMatch(finding -> finding.severity().isAtLeast(atLeast));
    }

    private static FileReport unreadable(String shown, String reason) {
        return new FileReport(
                shown,
                Verdict.UNREADABLE,
                List.of(),
                false,
                List.of(),
                0,
                0,
                List.of(reason),
                "",
                List.of());
    }
}
