package dev.bartizan.core.ledger;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of the files in an evidence folder.
record LedgerFolder(Path dir) {
    private static final Pattern RAW = Pattern.compile("raw/[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}");
    private static final int MAX_CHECKPOINT_BYTES = 64 * 1024;

    Path ledger() {
        return dir.resolve("ledger.jsonl");
    }

    Path checkpoint() {
        return dir.resolve("checkpoint");
    }

    Path raw() {
        return dir.resolve("raw");
    }

    Path lock() {
        return dir.resolve("ledger.lock");
    }

    /// The first name `ledger.torn-<n>` that is free.
    Path nextTorn() {
        for (int n = 1; ; n++) {
            Path torn = dir.resolve("ledger.torn-" + n);
            if (!Files.exists(torn, LinkOption.NOFOLLOW_LINKS)) {
                return torn;
            }
        }
    }

    /// Where an attachment lies; empty when its path leads elsewhere than into `raw`.
    Optional<Path> attachment(Evidence.Attachment attachment) {
        return RAW.matcher(attachment.path()).matches()
                ? Optional.of(dir.resolve(attachment.path()))
                : Optional.empty();
    }

    /// The checkpoint on disk; empty when there is none.
    ///
    /// @throws UserError when it is not one
    Optional<Checkpoint> readCheckpoint() throws IOException {
        try {
            return Optional.of(Checkpoint.parse(readSmall(checkpoint())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// A small text file.
    ///
    /// @throws UserError when it is longer than a checkpoint may be
    static String readSmall(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_CHECKPOINT_BYTES + 1);
            if (bytes.length > MAX_CHECKPOINT_BYTES) {
                throw new UserError(
                        "Checkpoint is longer than " + MAX_CHECKPOINT_BYTES + " bytes",
                        file.toString(),
                        "Give a file that holds nothing but a checkpoint.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
