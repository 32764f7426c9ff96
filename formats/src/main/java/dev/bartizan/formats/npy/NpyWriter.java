package dev.bartizan.formats.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Writes arrays as `.npy`, version 1 (2 when the header is long), as NumPy does byte for byte.
public final class NpyWriter {
    private static final int ALIGNMENT = 64;
    private static final int MAX_VERSION_1_HEADER = 0xffff;

    private NpyWriter() {}

    /// Writes a file.
    ///
    /// @throws IOException when it cannot be written
    public static void write(NpyArray array, Path file) throws IOException {
        Files.write(file, bytes(array));
    }

    /// The bytes of an array.
    public static byte[] bytes(NpyArray array) {
        boolean isShort = header(array, NpyReader.PREFIX_1).length <= MAX_VERSION_1_HEADER;
        int prefix = isShort ? NpyReader.PREFIX_1 : NpyReader.PREFIX_2;
        byte[] header = header(array, prefix);
        ByteBuffer elements = array.buffer();
        ByteBuffer out =
                ByteBuffer.allocate(prefix + header.length + elements.remaining())
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.put(NpyReader.magic()).put((byte) (isShort ? 1 : 2)).put((byte) 0);
        if (isShort) {
            out.putShort((short) header.length);
        } else {
            out.putInt(header.length);
        }
        return out.put(header).put(elements).array();
    }

    private static byte[] header(NpyArray array, int prefix) {
        String dims = array.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String order = array.type().bytes() == 1 ? "|" : "<";
        String dictionary =
                "{'descr': '"
                        + order
                        + array.type().code()
                        + "', 'fortran_order': False, 'shape': ("
                        + dims
                        + (array.shape().size() == 1 ? "," : "")
                        + "), }";
        int used = prefix + dictionary.length() + 1;
        int padding = Math.ceilDiv(used, ALIGNMENT) * ALIGNMENT - used;
        return (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
