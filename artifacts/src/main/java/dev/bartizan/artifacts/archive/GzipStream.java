package dev.bartizan.artifacts.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks gzip (RFC 1952) as Python and gunzip do: members one behind another, zero bytes between
/// and behind them passed over, extra fields not looked into. What a member holds is given before
/// anything is said against its end.
final class GzipStream extends InputStream {
    private static final int BLOCK_BYTES = 1 << 13;
    private static final int CHECKED = 2;
    private static final int EXTRA = 4;
    private static final int NAMED = 8;
    private static final int COMMENTED = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] one = new byte[1];
    private int at;
    private int length;
    private long filled;
    private boolean isAtEnd;

    GzipStream(InputStream in) throws IOException {
        this.in = in;
        if (!isMember()) {
            throw new IOException("it is no gzip");
        }
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        while (most > 0 && !isAtEnd) {
            int n = inflate(into, from, most);
            if (n > 0) {
                crc.update(into, from, n);
                return n;
            }
            if (inflater.finished()) {
                at = length - inflater.getRemaining();
                trailer();
                isAtEnd = !isMember();
            } else if (inflater.needsDictionary()) {
                throw new IOException("it needs a dictionary");
            } else if (inflater.needsInput()) {
                at = length;
                if (!fill()) {
                    throw new EOFException("the packed bytes end early");
                }
                inflater.setInput(block, 0, length);
            }
        }
        return most == 0 ? 0 : -1;
    }

    private int inflate(byte[] into, int from, int most) throws IOException {
        try {
            return inflater.inflate(into, from, most);
        } catch (DataFormatException e) {
            throw new IOException("the packed bytes are broken: " + e.getMessage(), e);
        }
    }

    private void trailer() throws IOException {
        long promised = u32();
        long size = u32();
        if (promised != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("what is unpacked does not check");
        }
    }

    /// Whether another member stands here, behind any number of zero bytes; then up to its data.
    private boolean isMember() throws IOException {
        while (peek() == 0) {
            at++;
        }
        if (peek() != 0x1f || !has(3) || (block[at + 1] & 0xff) != 0x8b || block[at + 2] != 8) {
            return false;
        }
        skip(3);
        int flags = u8();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(u8() | u8() << 8);
        }
        for (int texts = flags & (NAMED | COMMENTED); texts != 0; texts &= texts - 1) {
            while (u8() != 0) {} // a name, then a comment
        }
        if ((flags & CHECKED) != 0) {
            skip(2);
        }
        crc.reset();
        inflater.reset();
        inflater.setInput(block, at, length - at);
        return true;
    }

    /// Where the next byte stands in what is read: behind the last member once all were.
    long position() {
        return filled - (length - at);
    }

    /// Whether so many bytes are there, moved to where they lie together.
    private boolean has(int bytes) throws IOException {
        if (length - at < bytes) {
            System.arraycopy(block, at, block, 0, length - at);
            length -= at;
            at = 0;
            for (int n = 0; length < bytes && n >= 0; ) {
                n = in.read(block, length, block.length - length);
                length += Math.max(0, n);
                filled += Math.max(0, n);
            }
        }
        return length - at >= bytes;
    }

    private int peek() throws IOException {
        return at < length || fill() ? block[at] & 0xff : -1;
    }

    private int u8() throws IOException {
        int next = peek();
        if (next < 0) {
            throw new EOFException("the packed bytes end early");
        }
        at++;
        return next;
    }

    private long u32() throws IOException {
        return u8() | u8() << 8 | u8() << 16 | (long) u8() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            u8();
        }
    }

    private boolean fill() throws IOException {
        int n = in.read(block, 0, block.length);
        at = 0;
        length = Math.max(0, n);
        filled += length;
        return n > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
