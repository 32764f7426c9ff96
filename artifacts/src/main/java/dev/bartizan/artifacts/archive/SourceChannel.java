package dev.bartizan.artifacts.archive;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A source as a channel that can only be read.
final class SourceChannel implements SeekableByteChannel {
    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource source;
    private long position;

    SourceChannel(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        byte[] block = source.bytes(position, Math.min(BLOCK_BYTES, into.remaining()));
        if (block.length == 0) {
            return -1;
        }
        into.put(block);
        position += block.length;
        return block.length;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
