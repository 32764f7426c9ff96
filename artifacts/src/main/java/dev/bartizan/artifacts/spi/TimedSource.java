package dev.bartizan.artifacts.spi;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;

/// Bytes that are read while there is time.
record TimedSource(ByteSource bytes, TimeLimit time) implements ByteSource {
    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        time.check();
        return bytes.read(offset, into, at, length);
    }

    /// Does not ask: it is what every format is recognised by, and costs less than asking.
    @Override
    public boolean has(long offset, byte... expected) throws IOException {
        return bytes.has(offset, expected);
    }

    @Override
    public ByteSource slice(long offset, long length) {
        return new TimedSource(bytes.slice(offset, length), time);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
