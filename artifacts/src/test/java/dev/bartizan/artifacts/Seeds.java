package dev.bartizan.artifacts;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Finding;
import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps what tests scan for the fuzz module to start from, one file for each format and set of
/// findings, in the folder that the system property `bartizan.seeds` names.
final class Seeds {
    private static final int LARGEST_BYTES = 1 << 15;
    private static final int NAME_LENGTH = 16;
    private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

    private Seeds() {}

    static void keep(FileReport report, ByteSource bytes) throws IOException {
        String folder = System.getProperty("bartizan.seeds", "");
        if (folder.isEmpty() || bytes.size() > LARGEST_BYTES || report.formats().isEmpty()) {
            return;
        }
        List<String> rules = report.findings().stream().map(Finding::rule).distinct().toList();
        String kind = report.formats() + " " + report.verdict() + " " + rules;
        if (KEPT.add(kind)) {
            String name = Digest.of(kind).hex().substring(0, NAME_LENGTH);
            for (String format : report.formats()) {
                Path place = Files.createDirectories(Path.of(folder, format));
                Files.write(place.resolve(name), bytes.bytes(0, LARGEST_BYTES));
            }
        }
    }
}
