package dev.bartizan.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Collects unpacked bytes: in memory while they are few, then in a temporary file that vanishes
/// with the source made of it.
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY_BYTES = 4 << 20;

    private final long limit;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream out;
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
        if (out == null && size <= IN_MEMORY_BYTES) {
            memory.write(bytes, from, length);
            return true;
        }
        spill().write(bytes, from, length);
        return true;
    }

    private OutputStream spill() throws IOException {
        if (out != null) {
            return out;
        }
        Path path = Files.createTempFile("bartizan-", ".part");
        file = path;
        OutputStream stream = Files.newOutputStream(path);
        out = stream;
        memory.writeTo(stream);
        memory = new ByteArrayOutputStream(0);
        return stream;
    }

    /// The bytes taken; the spool takes no more. Closing the source removes the temporary file.
    public ByteSource toSource() throws IOException {
        Path path = file;
        if (out == null || path == null) {
            return ByteSource.of(memory.toByteArray());
        }
        out.close();
        ByteSource source = FileSource.open(path);
        file = null;
        return new Temporary(source, path);
    }

    /// Removes the temporary file if no source was made of it.
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private record Temporary(ByteSource source, Path file) implements ByteSource {
        @Override
        public long size() {
            return source.size();
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) throws IOException {
            return source.read(offset, into, at, length);
        }

        @Override
        public void close() throws IOException {
            source.close();
            Files.deleteIfExists(file);
        }
    }
}
