package dev.bartizan.formats.onnx;

import java.io.IOException;

/// The bytes are not an ONNX model within the limits: what is wrong and at which byte.
public final class OnnxFormatException extends IOException {
    private final long offset;
    private final boolean isLimit;

    OnnxFormatException(String what, long offset) {
        this(what, offset, false);
    }

    private OnnxFormatException(String what, long offset, boolean isLimit) {
        super(what + " (offset " + offset + ")");
        this.offset = offset;
        this.isLimit = isLimit;
    }

    static OnnxFormatException limit(String what, long offset) {
        return new OnnxFormatException(what, offset, true);
    }

    /// Whether a limit was reached: the file may be sound, only larger than is read.
    public boolean isLimit() {
        return isLimit;
    }

    /// Byte offset from the start of the model where it was noticed.
    public long offset() {
        return offset;
    }
}
