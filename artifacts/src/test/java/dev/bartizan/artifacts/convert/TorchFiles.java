package dev.bartizan.artifacts.convert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes files as `torch.save` does, by hand, from the description of the format.
final class TorchFiles {
    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final StringBuilder items = new StringBuilder();
    String byteOrder = "little";

    /// A view on a storage, under a key.
    TorchFiles tensor(
            String key,
            String type,
            String storage,
            long numel,
            long offset,
            long[] shape,
            long[] strides) {
        items.append(text(key)).append(tensor(type, storage, numel, offset, shape, strides));
        return this;
    }

    static String tensor(
            String type, String storage, long numel, long offset, long[] shape, long[] strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(("
                + text("storage")
                + "ctorch\n"
                + type
                + "\n"
                + text(storage)
                + text("cpu")
                + whole(numel)
                + "tQ"
                + whole(offset)
                + tuple(shape)
                + tuple(strides)
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    /// Anything under a key, as opcodes.
    TorchFiles other(String key, String opcodes) {
        items.append(text(key)).append(opcodes);
        return this;
    }

    TorchFiles storage(String key, byte[] bytes) {
        storages.put(key, bytes);
        return this;
    }

    private String dictionary() {
        return "\u0080\u0002ccollections\nOrderedDict\n)R(" + items + "u.";
    }

    byte[] zip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            member(zip, "archive/data.pkl", latin(dictionary()));
            member(zip, "archive/byteorder", latin(byteOrder));
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                member(zip, "archive/data/" + storage.getKey(), storage.getValue());
            }
            member(zip, "archive/version", latin("3\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void member(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /// The stream of versions before 1.6.
    byte[] legacy(int elementBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(latin("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."));
        out.writeBytes(latin("\u0080\u0002M\u00e9\u0003."));
        out.writeBytes(latin("\u0080\u0002}(" + text("little_endian") + "\u0088u."));
        out.writeBytes(latin(dictionary()));
        StringBuilder keys = new StringBuilder("\u0080\u0002](");
        storages.keySet().forEach(key -> keys.append(text(key)));
        out.writeBytes(latin(keys + "e."));
        for (byte[] bytes : storages.values()) {
            out.writeBytes(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(bytes.length / elementBytes)
                            .array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    static String text(String text) {
        return "X" + little(text.length()) + text;
    }

    static String whole(long value) {
        return "J" + little((int) value);
    }

    private static String little(int value) {
        StringBuilder bytes = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.append((char) (value >> shift & 0xff));
        }
        return bytes.toString();
    }

    static String tuple(long... values) {
        StringBuilder opcodes = new StringBuilder("(");
        for (long value : values) {
            opcodes.append(whole(value));
        }
        return opcodes.append('t').toString();
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
