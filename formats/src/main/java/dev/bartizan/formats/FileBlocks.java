package dev.bartizan.formats;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// All bytes that a file holds when it is opened, from the first to the last, in blocks.
///
/// Whether it costs less to have them copied by the system or to map them depends on the machine:
/// on some a mapped page costs a fifth less than a copied one, on others ten times as much. So a
/// large file is begun both ways in turns of a megabyte, whatever is done with the blocks included,
/// and the way that was faster more often takes the rest. Not for several threads.
public final class FileBlocks implements Closeable {
    private static final int TURN_BYTES = 1 << 20;
    private static final int TURNS = 32; // of each way half

    private static final String BECAME_SHORTER = "the file became shorter while it was read";

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer copied;
    private final int blockBytes;
    private final @Nullable Arena arena;
    private final MemorySegment mapped;
    private long at;
    private int turn;
    private boolean byMapping;
    private long turnBegan = System.nanoTime();
    private long lastTurnNanos;
    private int mappingsFaster; // less those that were slower

    @SuppressWarnings("MustBeClosed") // close() closes it
    private FileBlocks(FileChannel channel, int blockBytes) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.blockBytes = blockBytes;
        this.copied = ByteBuffer.allocateDirect(blockBytes);
        this.arena = size >= 2 * TURN_BYTES ? Arena.ofConfined() : null;
        this.mapped = arena == null ? MemorySegment.NULL : map(channel, size, arena);
    }

    /// Opens a file.
    ///
    /// @param blockBytes how many bytes a block has, but the last; a divisor of 1,048,576
    /// @throws IOException when it cannot be opened
    public static FileBlocks open(Path file, int blockBytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileBlocks(channel, blockBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static MemorySegment map(FileChannel channel, long size, Arena arena) {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        } catch (IOException | UnsupportedOperationException _) {
            return MemorySegment.NULL; // a file system that cannot
        }
    }

    /// The next bytes, at the start of that array; returns how many, 0 at the end.
    ///
    /// @throws IOException also when the file became shorter meanwhile
    public int next(byte[] block) throws IOException {
        if (at % TURN_BYTES == 0) {
            takeTurns();
        }
        int length = (int) Math.min(blockBytes, size - at);
        if (byMapping) {
            copyFromMapping(block, length);
        } else {
            read(block, length);
        }
        at += length;
        return length;
    }

    private void takeTurns() {
        if (turn > TURNS || at + TURN_BYTES > mapped.byteSize()) {
            return;
        }
        long now = System.nanoTime();
        long nanos = now - turnBegan;
        if (byMapping) {
            mappingsFaster += Long.signum(lastTurnNanos - nanos);
        }
        lastTurnNanos = nanos;
        turnBegan = now;
        byMapping = turn == TURNS ? mappingsFaster > 0 : turn % 2 == 1;
        turn++;
    }

    private void copyFromMapping(byte[] block, int length) throws IOException {
        try {
            MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at, block, 0, length);
        } catch (InternalError e) { // how the JVM tells of a page that is no longer there
            throw new IOException(BECAME_SHORTER, e);
        }
    }

    private void read(byte[] block, int length) throws IOException {
        copied.clear().limit(length);
        while (copied.hasRemaining()) {
            if (channel.read(copied, at + copied.position()) < 0) {
                throw new IOException(BECAME_SHORTER);
            }
        }
        copied.flip().get(block, 0, length);
    }

    @Override
    public void close() throws IOException {
        if (arena != null) {
            arena.close();
        }
        channel.close();
    }
}
