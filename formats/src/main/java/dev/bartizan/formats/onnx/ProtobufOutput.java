package dev.bartizan.formats.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Writes protobuf fields, in the order called. Fields with their default value are left out.
final class ProtobufOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private void rawVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private void tag(int field, int wireType) {
        rawVarint(((long) field << 3) | wireType);
    }

    void varint(int field, long value) {
        if (value != 0) {
            always(field, value);
        }
    }

    void always(int field, long value) {
        tag(field, ProtobufInput.VARINT);
        rawVarint(value);
    }

    void fixed32(int field, float value) {
        tag(field, ProtobufInput.FIXED32);
        byte[] little = new byte[Float.BYTES];
        ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
        bytes.writeBytes(little);
    }

    void text(int field, String value) {
        if (!value.isEmpty()) {
            alwaysText(field, value);
        }
    }

    void alwaysText(int field, String value) {
        raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void content(int field, OnnxBytes value) {
        raw(field, value.toArray());
    }

    private void raw(int field, byte[] value) {
        tag(field, ProtobufInput.LENGTH);
        rawVarint(value.length);
        bytes.writeBytes(value);
    }

    void message(int field, Consumer<ProtobufOutput> writer) {
        ProtobufOutput inner = new ProtobufOutput();
        writer.accept(inner);
        raw(field, inner.toByteArray());
    }

    void packedVarints(int field, List<Long> values) {
        if (values.isEmpty()) {
            return;
        }
        ProtobufOutput inner = new ProtobufOutput();
        values.forEach(inner::rawVarint);
        raw(field, inner.toByteArray());
    }

    void packedFloats(int field, List<Float> values) {
        if (values.isEmpty()) {
            return;
        }
        byte[] packed = new byte[Math.multiplyExact(values.size(), Float.BYTES)];
        ByteBuffer little = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(little::putFloat);
        raw(field, packed);
    }
}
