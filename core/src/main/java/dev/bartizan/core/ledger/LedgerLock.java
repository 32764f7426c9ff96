package dev.bartizan.core.ledger;

import dev.bartizan.core.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The right to write to one ledger, held by one opener at a time, in this process or another.
final class LedgerLock implements AutoCloseable {
    private static final long STEP_MILLIS = 50;

    private final RandomAccessFile file;

    private LedgerLock(RandomAccessFile file) {
        this.file = file;
    }

    /// Takes the lock, waiting for another holder at most that long.
    ///
    /// @throws UserError when another holds it all that time
    static LedgerLock take(Path path, Duration wait) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long deadline = System.nanoTime() + wait.toNanos();
            while (tryLock(file) == null) {
                if (System.nanoTime() >= deadline) {
                    throw new UserError(
                            "Another run is writing to this evidence folder",
                            path.toString(),
                            "Wait until it ends, or give this run another folder with --out.");
                }
                pause();
            }
            return new LedgerLock(file);
        } catch (IOException | UserError e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("Interrupted while waiting for the ledger");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /// Closing the file releases the lock; the file stays, since removing it would let two in.
    @Override
    public void close() throws IOException {
        file.close();
    }
}
