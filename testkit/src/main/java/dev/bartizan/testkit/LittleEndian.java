package dev.bartizan.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow; numbers in little-endian order.
final class LittleEndian {
    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer room(int more) {
        if (buffer.remaining() < more) {
            ByteBuffer larger =
                    ByteBuffer.allocate((buffer.capacity() + more) * 2)
                            .order(ByteOrder.LITTLE_ENDIAN);
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    LittleEndian u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    LittleEndian u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    LittleEndian u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    LittleEndian u64(long value) {
        room(8).putLong(value);
        return this;
    }

    LittleEndian zeros(int count) {
        return raw(new byte[count]);
    }

    LittleEndian raw(byte[] content) {
        room(content.length).put(content);
        return this;
    }

    LittleEndian text(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    LittleEndian label(String name) {
        return u8(name.length()).text(name);
    }

    LittleEndian value(String value) {
        return u16(value.length()).text(value);
    }

    int size() {
        return buffer.position();
    }

    byte[] done() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
