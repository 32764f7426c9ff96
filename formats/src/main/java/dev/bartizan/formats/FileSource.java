package dev.bartizan.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file behind a window, so that small reads do not each cost a system call.
final class FileSource implements ByteSource {
    private static final int READ_AT_ONCE_BYTES = 1 << 20;
    private static final int WINDOW_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowStart;
    private int windowLength;

    private FileSource(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static ByteSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long size = channel.size();
            FileSource source = new FileSource(channel, size);
            if (size > READ_AT_ONCE_BYTES) {
                return source;
            }
            byte[] all = source.bytes(0, (int) size);
            channel.close();
            return ByteSource.of(all);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        if (offset < 0 || offset >= size) {
            return 0;
        }
        if (length >= WINDOW_BYTES) {
            return Math.max(0, channel.read(ByteBuffer.wrap(into, at, length), offset));
        }
        if (offset < windowStart || offset >= windowStart + windowLength) {
            fill(offset);
        }
        int skip = (int) (offset - windowStart);
        int n = Math.min(length, windowLength - skip);
        if (n <= 0) {
            return 0;
        }
        System.arraycopy(window, skip, into, at, n);
        return n;
    }

    private void fill(long offset) throws IOException {
        windowStart = offset;
        windowLength = 0;
        while (windowLength < WINDOW_BYTES) {
            int n =
                    channel.read(
                            ByteBuffer.wrap(window, windowLength, WINDOW_BYTES - windowLength),
                            offset + windowLength);
            if (n <= 0) {
                return;
            }
            windowLength += n;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
