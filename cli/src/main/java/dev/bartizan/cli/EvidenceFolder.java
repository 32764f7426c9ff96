package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.reports.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// Reads what evidence keeps in a folder, and only what is still as it was kept.
record EvidenceFolder(Path folder) implements KeptFiles {
    private static final int MAX_BYTES = 4 << 20;

    @Override
    public Optional<byte[]> bytes(Evidence.Attachment attachment) {
        Path file = folder.resolve(attachment.path()).normalize();
        if (!file.startsWith(folder.normalize())
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length <= MAX_BYTES && Digest.of(bytes).equals(attachment.digest())
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
