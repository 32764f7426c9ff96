package dev.bartizan.cli;

import dev.bartizan.reports.AssessmentJson;
import dev.bartizan.reports.ComparableAssessment;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.page.HtmlReport;
import dev.bartizan.reports.sarif.Sarif;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/// The files that an assessment leaves in its output folder.
final class Outputs {
    private Outputs() {}

    /// Writes all of them; each replaces its predecessor at once or not at all.
    static void write(ReportInput input, Path out) throws IOException {
        Files.createDirectories(out);
        replace(out.resolve("assessment.json"), AssessmentJson.write(input.assessment()));
        replace(out.resolve("findings.sarif"), Sarif.write(input, root()));
        replace(out.resolve("report.html"), HtmlReport.write(input));
    }

    /// What an earlier run left in that folder.
    static Optional<ComparableAssessment> earlier(Path out) {
        Path file = out.resolve("assessment.json");
        return Files.isRegularFile(file)
                ? Optional.of(AssessmentJson.read(file))
                : Optional.empty();
    }

    /// Where relative addresses in SARIF start: the working folder, which in a pipeline is the
    /// repository's.
    static Path root() {
        return Path.of("").toAbsolutePath();
    }

    /// Writes a text file through a temporary one beside it, with the rights that the user's umask
    /// gives, and makes the folders it lies in.
    static void replace(Path file, String text) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path temporary =
                file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(
                    temporary, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
