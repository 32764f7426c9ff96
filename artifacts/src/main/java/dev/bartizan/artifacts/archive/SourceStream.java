package dev.bartizan.artifacts.archive;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/// A source read from start to end.
final class SourceStream extends InputStream {
    private final ByteSource source;
    private final byte[] one = new byte[1];
    private long at;

    SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = source.read(at, into, offset, length);
        if (n <= 0) {
            return -1;
        }
        at += n;
        return n;
    }

    /// How far it was read.
    long position() {
        return at;
    }

    @Override
    public int available() {
        return (int) Math.clamp(source.size() - at, 0L, Integer.MAX_VALUE);
    }
}
