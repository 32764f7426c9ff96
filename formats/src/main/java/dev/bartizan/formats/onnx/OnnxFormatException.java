package dev.bartizan.formats.onnx;

import java.io.IOException;

/// The bytes are not an ONNX model within the limits: what is wrong and at which byte.
public final class OnnxFormatException extends IOException {
    private final long offset;

    OnnxFormatException(String what, long offset) {
        super(what + " (offset " + offset + ")");
        this.offset = offset;
    }

    /// Byte offset from the start of the model where it was noticed.
    public long offset() {
        return offset;
    }
}
