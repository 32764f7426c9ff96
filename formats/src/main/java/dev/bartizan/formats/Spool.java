package dev.bartizan.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Collects unpacked bytes: in memory while they are few, then in a temporary file that vanishes
/// with the source made of it.
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY_BYTES = 4 << 20;

    private final long limit;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private long size;

    /// @param limit most bytes it takes
    public Spool(long limit) {
        this.limit = limit;
    }

    /// How many bytes it has taken.
    public long size() {
        return size;
    }

    /// Takes bytes; returns false, taking none, when they would go over the limit.
    public boolean add(byte[] bytes, int from, int length) throws IOException {
        if (size + length > limit) {
            return false;
        }
        size += length;
        memory.write(bytes, from, length);
        if (memory.size() > IN_MEMORY_BYTES) {
            flush(spill());
        }
        return true;
    }

    private FileChannel spill() throws IOException {
        if (channel != null) {
            return channel;
        }
        Path path = Files.createTempFile("bartizan-", ".part");
        // On POSIX systems the name is gone as soon as the file is open: nothing stays behind,
        // however the process ends.
        FileChannel opened =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        channel = opened;
        flush(opened);
        return opened;
    }

    private void flush(FileChannel to) throws IOException {
        ByteBuffer waiting = ByteBuffer.wrap(memory.toByteArray());
        while (waiting.hasRemaining()) {
            to.write(waiting);
        }
        memory.reset();
    }

    /// The bytes taken; the spool takes no more.
    public ByteSource toSource() throws IOException {
        if (channel == null) {
            return ByteSource.of(memory.toByteArray());
        }
        try (FileChannel spilled = channel) {
            flush(spilled);
            return MappedSource.of(spilled);
        }
    }

    /// Lets go of the temporary file; a source made of it keeps its bytes.
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
