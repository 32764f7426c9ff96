package dev.bartizan.formats.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes `.npz` as `numpy.savez` does: stored members, each a `.npy` of version 1 (2 when the
/// header is long; NumPy Enhancement Proposal 1).
public final class NpzWriter {
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;
    private static final int LONGEST_VERSION_1 = 0xffff;

    private NpzWriter() {}

    /// Writes tensors by name, in the map's order.
    ///
    /// @throws IllegalArgumentException when NumPy has no such element type
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            byte[] header = header(entry.getValue());
            ZipEntry member = new ZipEntry(entry.getKey() + ".npy");
            member.setTime(0);
            member.setSize(header.length + entry.getValue().byteCount());
            member.setCrc(crc(header, entry.getValue()));
            zip.putNextEntry(member);
            zip.write(header);
            TensorBytes.write(entry.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    /// A stored member's checksum stands before its bytes, so they are gone through twice.
    private static long crc(byte[] header, Tensor tensor) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(header);
        TensorBytes.write(
                tensor,
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        crc.update(b);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        crc.update(bytes, from, length);
                    }
                });
        return crc.getValue();
    }

    private static byte[] header(Tensor tensor) {
        String type =
                tensor.type()
                        .numpy()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "NumPy has no " + tensor.type().word()));
        String dims =
                tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String dictionary =
                "{'descr': '"
                        + type
                        + "', 'fortran_order': False, 'shape': ("
                        + dims
                        + (tensor.shape().size() == 1 ? "," : "")
                        + "), }";
        boolean isShort = dictionary.length() < LONGEST_VERSION_1 - 2 * ALIGNMENT;
        int prefix = isShort ? PREFIX : PREFIX + 2;
        int length = Math.ceilDiv(prefix + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) (isShort ? 1 : 2)).put((byte) 0);
        if (isShort) {
            header.putShort((short) (length - prefix));
        } else {
            header.putInt(length - prefix);
        }
        header.put(dictionary.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < length - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }
}
