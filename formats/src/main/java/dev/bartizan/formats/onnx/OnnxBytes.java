package dev.bartizan.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Bytes that do not change: a view of the model's bytes, or a copy.
///
/// Equal when the contents are.
public final class OnnxBytes {
    private final ByteBuffer content;

    private OnnxBytes(ByteBuffer content) {
        this.content = content;
    }

    /// A copy of these bytes.
    public static OnnxBytes of(byte[] bytes) {
        return new OnnxBytes(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
    }

    /// The bytes between position and limit, not copied: the caller must not change them later.
    public static OnnxBytes view(ByteBuffer buffer) {
        return new OnnxBytes(buffer.slice().asReadOnlyBuffer());
    }

    /// How many.
    public int size() {
        return content.remaining();
    }

    /// A read-only little-endian view from first to last byte.
    public ByteBuffer buffer() {
        return content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A copy.
    public byte[] toArray() {
        byte[] copy = new byte[size()];
        content.duplicate().get(copy);
        return copy;
    }

    /// As text; what is no UTF-8 shows as replacement characters.
    public String utf8() {
        return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OnnxBytes bytes && content.equals(bytes.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return size() + " bytes";
    }
}
