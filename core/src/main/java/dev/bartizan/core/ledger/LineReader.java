package dev.bartizan.core.ledger;

import dev.bartizan.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/// Reads a ledger line by line in constant memory; hashes lines of any length, keeps the bytes of
/// those within the limit.
final class LineReader implements Closeable {
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte LEAF = 0;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long completeBytes;

    /// A line without its newline.
    ///
    /// @param bytes the content; empty when it is longer than the limit
    /// @param length how many bytes it has
    /// @param hash its leaf hash
    /// @param isComplete whether a newline ended it
    @SuppressWarnings("ArrayRecordComponent") // inside one package, never shared
    record Line(byte[] bytes, long length, byte[] hash, boolean isComplete) {
        boolean isTooLong() {
            return length > MAX_LINE_BYTES;
        }
    }

    LineReader(Path file) throws IOException {
        in = new FileInputStream(file.toFile());
    }

    /// The next line; empty at the end.
    Optional<Line> next() throws IOException {
        if (at == end && !fill()) {
            return Optional.empty();
        }
        MessageDigest sha = Digest.sha256();
        sha.update(LEAF);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
        long length = 0;
        while (at < end || fill()) {
            int newline = indexOfNewline();
            int stop = newline < 0 ? end : newline;
            sha.update(buffer, at, stop - at);
            length += stop - at;
            if (length <= MAX_LINE_BYTES) {
                kept.write(buffer, at, stop - at);
            }
            at = newline < 0 ? end : newline + 1;
            if (newline >= 0) {
                completeBytes += length + 1;
                return Optional.of(line(kept, length, sha, true));
            }
        }
        return Optional.of(line(kept, length, sha, false));
    }

    private static Line line(
            ByteArrayOutputStream kept, long length, MessageDigest sha, boolean isComplete) {
        byte[] bytes = length > MAX_LINE_BYTES ? new byte[0] : kept.toByteArray();
        return new Line(bytes, length, sha.digest(), isComplete);
    }

    /// How many bytes the complete lines read so far take.
    long completeBytes() {
        return completeBytes;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private int indexOfNewline() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
