package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Copies files that failed a scan to a folder where nothing loads them: named by digest, with an
/// ending that no loader knows. The originals stay.
record Quarantine(Path folder) {
    /// Copies and returns how many there are now.
    int take(List<FileReport> failed) throws IOException {
        Files.createDirectories(folder);
        int taken = 0;
        for (FileReport file : failed) {
            Path path = Path.of(file.path());
            if (Files.isRegularFile(path)) {
                String name = Digest.ofFile(path).hex();
                Path copy = folder.resolve(name + ".quarantined");
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                copy.toFile().setExecutable(false, false);
                Files.writeString(
                        folder.resolve(name + ".txt"),
                        file.path()
                                + "\n"
                                + file.verdict().word()
                                + "\n"
                                + String.join(
                                        "\n",
                                        file.findings().stream()
                                                .map(f -> f.rule() + ": " + f.message())
                                                .toList())
                                + "\n");
                taken++;
            }
        }
        return taken;
    }
}
