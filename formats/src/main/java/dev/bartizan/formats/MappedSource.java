package dev.bartizan.formats;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file mapped into memory. Holds no window and no position, so several threads may read it.
final class MappedSource implements ByteSource {
    private final Arena arena;
    private final MemorySegment bytes;

    private MappedSource(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    static ByteSource open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel);
        }
    }

    /// What the channel's file holds now; the channel may be closed afterwards.
    @SuppressWarnings("MustBeClosed") // the source closes it
    static ByteSource of(FileChannel channel) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new MappedSource(
                    arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return bytes.byteSize();
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        if (offset < 0 || offset >= bytes.byteSize()) {
            return 0;
        }
        int n = (int) Math.min(length, bytes.byteSize() - offset);
        try {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, into, at, n);
        } catch (InternalError e) { // how the JVM tells of a page that is no longer there
            throw new IOException("the file became shorter while it was read", e);
        }
        return n;
    }

    @Override
    public void close() {
        arena.close();
    }
}
