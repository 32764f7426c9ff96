package dev.bartizan.artifacts;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/// Writes manifests and data files of OCDBT, as checkpoints of JAX have them.
final class OcdbtFiles {
    static final String NAME = "0123456789abcdef0123456789abcdef";

    private OcdbtFiles() {}

    /// A manifest of one version, whose root lies in a file.
    static byte[] manifest(String file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[16]);
        numbers(body, 0, 100, 1 << 20);
        body.write(4);
        numbers(body, 1);
        body.writeBytes(new byte[4]);
        files(body, file);
        numbers(body, 1, 1);
        body.write(0);
        numbers(body, 0, 0, 100, 2, 100, 50);
        body.writeBytes(new byte[8]);
        numbers(body, 0);
        return frame(0x0cdb3a2a, body.toByteArray(), true);
    }

    /// A data file: values one after another, then a leaf that names them and holds others.
    static byte[] data(String file, Map<String, byte[]> outside, Map<String, byte[]> inside) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        outside.values().forEach(all::writeBytes);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        files(body, file);
        int count = outside.size() + inside.size();
        numbers(body, count);
        numbers(body, new long[count - 1]);
        outside.keySet().forEach(key -> numbers(body, key.length()));
        inside.keySet().forEach(key -> numbers(body, key.length()));
        outside.keySet().forEach(key -> body.writeBytes(utf8(key)));
        inside.keySet().forEach(key -> body.writeBytes(utf8(key)));
        outside.values().forEach(value -> numbers(body, value.length));
        inside.values().forEach(value -> numbers(body, value.length));
        outside.values().forEach(_ -> numbers(body, 1));
        inside.values().forEach(_ -> numbers(body, 0));
        numbers(body, new long[outside.size()]);
        long at = 0;
        for (byte[] value : outside.values()) {
            numbers(body, at);
            at += value.length;
        }
        inside.values().forEach(body::writeBytes);
        all.writeBytes(frame(0x0cdb20de, body.toByteArray(), true));
        return all.toByteArray();
    }

    private static void files(ByteArrayOutputStream body, String file) {
        numbers(body, 1, file.length(), 0);
        body.writeBytes(utf8(file));
    }

    private static byte[] frame(int magic, byte[] body, boolean isPacked) {
        byte[] written = isPacked ? Zstd.compress(body) : body;
        ByteBuffer out = ByteBuffer.allocate(written.length + 18).order(ByteOrder.BIG_ENDIAN);
        out.putInt(magic).order(ByteOrder.LITTLE_ENDIAN).putLong(written.length + 18L);
        out.put((byte) 0).put((byte) (isPacked ? 1 : 0)).put(written);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        return out.putInt((int) crc.getValue()).array();
    }

    private static void numbers(ByteArrayOutputStream body, long... numbers) {
        for (long number : numbers) {
            long left = number;
            while (left >= 0x80) {
                body.write((int) (left & 0x7f) | 0x80);
                left >>>= 7;
            }
            body.write((int) left);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
