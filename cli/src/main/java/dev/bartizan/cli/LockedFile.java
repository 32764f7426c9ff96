package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A small file that several processes change in turn: read, changed and written whole under a
/// lock.
///
/// @param file the file; beside it lie the lock `FILE.lock` and, while it is written, `FILE.*.new`
/// @param mostBytes larger ones are refused
/// @param what it is called in messages
record LockedFile(Path file, int mostBytes, String what) {
    /// What becomes of the file's bytes.
    ///
    /// @param after the new bytes; empty to leave it as it is
    /// @param result what the caller wants to know
    record Changed<T>(Optional<byte[]> after, T result) {}

    /// Changes bytes; gets an empty value when there is no file yet.
    @FunctionalInterface
    interface Change<T> {
        /// The change of these bytes.
        Changed<T> of(Optional<byte[]> before);
    }

    /// Changes the file while nobody else does.
    ///
    /// @throws UserError when it is no plain file or too large
    <T> T change(Change<T> change) throws IOException {
        Path whole = file.toAbsolutePath();
        Path lock = whole.resolveSibling(whole.getFileName() + ".lock");
        synchronized (LockedFile.class) { // a process may hold the lock of a file only once
            try (FileChannel channel =
                            FileChannel.open(
                                    lock,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS);
                    FileLock held = channel.lock()) {
                Changed<T> changed = change.of(bytes(whole));
                if (changed.after().isPresent() && held.isValid()) {
                    write(whole, changed.after().get());
                }
                return changed.result();
            }
        }
    }

    private Optional<byte[]> bytes(Path whole) throws IOException {
        if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)
                || Files.size(whole) > mostBytes) {
            throw new UserError(
                    "The " + what + " is no plain file of at most " + mostBytes + " bytes",
                    file.toString(),
                    "Name another file.");
        }
        return Optional.of(Files.readAllBytes(whole));
    }

    private static void write(Path whole, byte[] bytes) throws IOException {
        Path fresh = Files.createTempFile(whole.getParent(), whole.getFileName() + ".", ".new");
        try {
            Files.write(fresh, bytes);
            Files.move(
                    fresh,
                    whole,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
