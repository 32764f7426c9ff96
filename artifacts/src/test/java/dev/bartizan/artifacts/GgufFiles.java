package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// GGUF files of keys and no tensors.
final class GgufFiles {
    private static final int SHORT = 2;
    private static final int FLOAT = 6;
    private static final int TEXT = 8;
    private static final int LIST = 9;

    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private int count;

    GgufFiles text(String key, String value) {
        return text(utf8(key), utf8(value));
    }

    GgufFiles text(byte[] key, byte[] value) {
        return key(key, TEXT).bytes(value);
    }

    GgufFiles number(String key, int value) {
        return key(utf8(key), SHORT).raw(value & 0xff, value >> 8);
    }

    GgufFiles texts(String key, String... values) {
        key(utf8(key), LIST).int32(TEXT).int64(values.length);
        for (String value : values) {
            bytes(utf8(value));
        }
        return this;
    }

    GgufFiles floats(String key, float... values) {
        key(utf8(key), LIST).int32(FLOAT).int64(values.length);
        for (float value : values) {
            int32(Float.floatToIntBits(value));
        }
        return this;
    }

    byte[] file() {
        byte[] behind = pairs.toByteArray();
        return ByteBuffer.allocate(24 + behind.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(utf8("GGUF"))
                .putInt(3)
                .putLong(0)
                .putLong(count)
                .put(behind)
                .array();
    }

    private GgufFiles key(byte[] key, int type) {
        count++;
        return bytes(key).int32(type);
    }

    private GgufFiles bytes(byte[] bytes) {
        int64(bytes.length);
        pairs.writeBytes(bytes);
        return this;
    }

    private GgufFiles int32(int value) {
        return raw(value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >>> 24);
    }

    private GgufFiles int64(int value) {
        return int32(value).int32(0);
    }

    private GgufFiles raw(int... bytes) {
        for (int b : bytes) {
            pairs.write(b);
        }
        return this;
    }
}
