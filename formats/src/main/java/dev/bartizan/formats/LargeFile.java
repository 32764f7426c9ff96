package dev.bartizan.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A large file, of which mostly little is read: the headers of its members, here and there a
/// block. The first of its bytes are copied by the system; once many were asked for, the file is
/// mapped.
///
/// A page of a mapping that is touched for the first time costs more than to copy thousands of
/// bytes, on virtual machines ten times that, and the first mapping of a process costs a tenth of
/// its start. Where all of a file is read, to map it saves the copy.
final class LargeFile implements ByteSource {
    private static final long COPIED_BYTES = 64 << 20;

    private final RandomAccessFile file;
    private final long size;
    private final byte[] start;
    private long copied; // guarded by this, as is the place in the file
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
        file.seek(offset);
        int done = 0;
        while (done < wanted) {
            int n = file.read(into, at + done, wanted - done);
            if (n < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            done += n;
        }
        copied += wanted;
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
