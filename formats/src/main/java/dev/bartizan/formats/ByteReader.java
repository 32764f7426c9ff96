package dev.bartizan.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A cursor over a {@link ByteSource}. Every read past the end is a {@link FormatException}.
public final class ByteReader {
    private static final int WINDOW_BYTES = 1 << 13;

    private final ByteSource source;
    private final byte[] window;
    private long windowStart;
    private int windowLength;
    private long position;

    /// A cursor at the start.
    public ByteReader(ByteSource source) {
        this(source, 0);
    }

    /// A cursor at an offset.
    public ByteReader(ByteSource source, long position) {
        this(source, position, WINDOW_BYTES);
    }

    /// A cursor at an offset for a short look: it reads so many bytes at a time.
    ///
    /// @param windowBytes from 16 up
    public ByteReader(ByteSource source, long position, int windowBytes) {
        this.source = source;
        this.position = position;
        this.window = new byte[Math.clamp(source.size(), 16, windowBytes)];
    }

    /// What is read.
    public ByteSource source() {
        return source;
    }

    /// Offset of the next byte.
    public long position() {
        return position;
    }

    /// Moves the cursor; past the end is allowed until something is read.
    public void seek(long offset) {
        position = offset;
    }

    /// Bytes left.
    public long remaining() {
        return Math.max(0, source.size() - position);
    }

    /// The next byte, 0..255, without moving; -1 at the end.
    public int peek() throws IOException {
        if (position < windowStart || position >= windowStart + windowLength) {
            windowStart = position;
            windowLength = source.read(position, window, 0, window.length);
            if (windowLength <= 0) {
                windowLength = 0;
                return -1;
            }
        }
        return window[(int) (position - windowStart)] & 0xff;
    }

    /// The next byte, 0..255.
    public int u8() throws IOException, FormatException {
        int value = peek();
        if (value < 0) {
            throw FormatException.truncated(position, "The bytes end early");
        }
        position++;
        return value;
    }

    /// Two bytes, little-endian.
    public int u16() throws IOException, FormatException {
        return u8() | u8() << 8;
    }

    /// Four bytes, little-endian, unsigned.
    public long u32() throws IOException, FormatException {
        return (u16() | (long) u16() << 16) & 0xffffffffL;
    }

    /// Eight bytes, little-endian; negative when over 2^63 - 1.
    public long i64() throws IOException, FormatException {
        return u32() | u32() << 32;
    }

    /// Four bytes, big-endian, unsigned.
    public long u32BigEndian() throws IOException, FormatException {
        return Integer.reverseBytes((int) u32()) & 0xffffffffL;
    }

    /// Eight bytes, big-endian; negative when over 2^63 - 1.
    public long i64BigEndian() throws IOException, FormatException {
        return Long.reverseBytes(i64());
    }

    /// Moves on by `count` bytes that must be there.
    public void skip(long count) throws FormatException {
        if (count < 0 || count > remaining()) {
            throw FormatException.truncated(
                    position,
                    "The bytes end early: "
                            + (count < 0 ? "more than 2^63" : Long.toString(count))
                            + " promised, "
                            + remaining()
                            + " present");
        }
        position += count;
    }

    /// Copies `count` bytes that must be there.
    public byte[] bytes(int count) throws IOException, FormatException {
        long start = position;
        skip(count);
        if (start >= windowStart && position <= windowStart + windowLength) {
            int from = (int) (start - windowStart);
            return Arrays.copyOfRange(window, from, from + count);
        }
        byte[] copy = source.bytes(start, count);
        if (copy.length < count) {
            throw FormatException.truncated(start, "The bytes end early");
        }
        return copy;
    }

    /// A line without its end, as Latin-1; the line end must be there.
    ///
    /// @param limit most bytes in it
    public String line(int limit) throws IOException, FormatException {
        long start = position;
        StringBuilder text = new StringBuilder();
        for (int b = u8(); b != '\n'; b = u8()) {
            if (text.length() >= limit) {
                throw FormatException.limit(start, "A line is longer than " + limit + " bytes");
            }
            text.append((char) b);
        }
        return text.toString();
    }

    /// `count` bytes as UTF-8; broken sequences become U+FFFD.
    public String utf8(int count) throws IOException, FormatException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }
}
