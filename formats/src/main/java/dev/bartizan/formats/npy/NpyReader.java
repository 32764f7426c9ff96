package dev.bartizan.formats.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads `.npy` arrays from untrusted bytes.
public final class NpyReader {
    /// Largest file taken by default.
    public static final int MAX_BYTES = 1 << 28;

    static final int PREFIX_1 = 10;
    static final int PREFIX_2 = 12;
    static final int MAX_HEADER_BYTES = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private NpyReader() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    /// Reads a file of at most {@link #MAX_BYTES}.
    ///
    /// @throws NpyFormatException when it is no array that is taken
    /// @throws IOException when it cannot be read
    public static NpyArray read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (in.read() >= 0) {
                throw new NpyFormatException(
                        "The array is larger than the limit of " + MAX_BYTES + " bytes");
            }
            return read(ByteBuffer.wrap(bytes));
        }
    }

    /// Reads the bytes between position and limit.
    ///
    /// @throws NpyFormatException when they are no array that is taken
    public static NpyArray read(ByteBuffer source) throws NpyFormatException {
        ByteBuffer bytes = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = headerLength(bytes);
        if (headerLength < 0 || headerLength > Math.min(MAX_HEADER_BYTES, bytes.remaining())) {
            throw new NpyFormatException(
                    "The header promises "
                            + Integer.toUnsignedString(headerLength)
                            + " bytes, "
                            + bytes.remaining()
                            + " are there and at most "
                            + MAX_HEADER_BYTES
                            + " are taken");
        }
        byte[] text = new byte[headerLength];
        bytes.get(text);
        NpyHeader header = NpyHeader.parse(new String(text, StandardCharsets.UTF_8));
        return array(header, bytes.slice());
    }

    private static int headerLength(ByteBuffer bytes) throws NpyFormatException {
        if (bytes.remaining() < PREFIX_1 || bytes.mismatch(ByteBuffer.wrap(MAGIC)) < MAGIC.length) {
            throw new NpyFormatException(
                    "Not a .npy file: it does not begin with \\x93NUMPY. Save it with numpy.save.");
        }
        int version = bytes.get(MAGIC.length);
        bytes.position(MAGIC.length + 2);
        if (version == 1) {
            return bytes.getShort() & 0xffff;
        }
        if ((version == 2 || version == 3) && bytes.remaining() >= Integer.BYTES) {
            return bytes.getInt();
        }
        throw new NpyFormatException(
                "Version "
                        + version
                        + " of .npy is not taken, or the file ends early; 1 to 3 are"
                        + " known");
    }

    private static NpyArray array(NpyHeader header, ByteBuffer data) throws NpyFormatException {
        long size = header.elements() * header.type().bytes();
        if (size != data.remaining()) {
            throw new NpyFormatException(
                    "Shape "
                            + header.shape()
                            + " takes "
                            + size
                            + " bytes, "
                            + data.remaining()
                            + " are there");
        }
        ByteBuffer little = header.isBigEndian() ? swapped(header.type(), data) : data;
        ByteBuffer rowMajor =
                header.isFortran() && header.shape().size() > 1
                        ? rowMajor(header.shape(), header.type().bytes(), little)
                        : little;
        return new NpyArray(header.type(), header.shape(), rowMajor);
    }

    private static ByteBuffer swapped(NpyType type, ByteBuffer data) {
        int width = type.bytes();
        ByteBuffer swapped = ByteBuffer.allocate(data.remaining());
        for (int i = 0; i < data.remaining(); i++) {
            swapped.put(i - i % width + width - 1 - i % width, data.get(i));
        }
        return swapped;
    }

    private static ByteBuffer rowMajor(List<Integer> shape, int width, ByteBuffer columns) {
        ByteBuffer rows = ByteBuffer.allocate(columns.remaining());
        int[] index = new int[shape.size()];
        for (int to = 0; to < columns.remaining(); to += width) {
            int from = 0;
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                from = from * shape.get(axis) + index[axis];
            }
            rows.put(to, columns, from * width, width);
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                if (++index[axis] < shape.get(axis)) {
                    break;
                }
                index[axis] = 0;
            }
        }
        return rows;
    }
}
