package dev.bartizan.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A large file, of which mostly little is read: the headers of its members, here and there a
/// block. Bytes are copied by the system, small reads with what follows, since a place is mostly
/// asked for several times; once many were asked for, or often, the file is mapped.
///
/// A page of a mapping that is touched for the first time costs more than to copy thousands of
/// bytes, on virtual machines ten times that, and the first mapping of a process costs a tenth of
/// its start. Where all of a file is read, to map it saves the copy.
final class LargeFile implements ByteSource {
    private static final long COPIED_BYTES = 64 << 20;

    /// What a call of the system counts for, so that the file is mapped after some thousands.
    private static final int CALL_BYTES = 16 << 10;

    private static final int BLOCK_BYTES = 4 << 10;

    private final RandomAccessFile file;
    private final long size;
    private final byte[] start;
    private long copied; // guarded by this, as are the place in the file and the block
    private final byte[] block = new byte[BLOCK_BYTES];
    private long blockAt;
    private int blockLength;
    private volatile @Nullable ByteSource mapped;

    private LargeFile(RandomAccessFile file, long size, byte[] start) {
        this.file = file;
        this.size = size;
        this.start = start;
    }

    /// @param start its first bytes, by which many a reader asks what it is
    static ByteSource open(Path path, byte[] start) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new LargeFile(file, file.length(), start);
        } catch (IOException e) {
            file.close();
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
        int wanted = (int) Math.min(length, size - offset);
        if (offset + wanted <= start.length) {
            System.arraycopy(start, (int) offset, into, at, wanted);
            return wanted;
        }
        ByteSource all = mapped;
        return all != null ? all.read(offset, into, at, wanted) : copy(offset, into, at, wanted);
    }

    private synchronized int copy(long offset, byte[] into, int at, int wanted) throws IOException {
        if (wanted > BLOCK_BYTES / 4) {
            return ask(offset, into, at, wanted);
        }
        if (offset < blockAt || offset + wanted > blockAt + blockLength) {
            blockLength = 0;
            blockLength = ask(offset, block, 0, (int) Math.min(BLOCK_BYTES, size - offset));
            blockAt = offset;
        }
        System.arraycopy(block, (int) (offset - blockAt), into, at, wanted);
        return wanted;
    }

    private int ask(long offset, byte[] into, int at, int wanted) throws IOException {
        file.seek(offset);
        int done = 0;
        while (done < wanted) {
            int n = file.read(into, at + done, wanted - done);
            if (n < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            done += n;
        }
        copied += wanted + CALL_BYTES;
        if (copied >= COPIED_BYTES && mapped == null) {
            mapped = MappedSource.of(file.getChannel());
        }
        return wanted;
    }

    @Override
    public synchronized void close() throws IOException {
        try (file) {
            ByteSource all = mapped;
            if (all != null) {
                all.close();
            }
        }
    }
}
