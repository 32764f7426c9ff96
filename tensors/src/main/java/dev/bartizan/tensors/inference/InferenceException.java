package dev.bartizan.tensors.inference;

import java.io.IOException;

/// A model that was not loaded or a run that gave nothing.
public final class InferenceException extends IOException {
    /// What kind of failure.
    public enum Kind {
        /// The file breaks the rules of ONNX.
        INVALID_MODEL,
        /// The inputs are not those the model takes.
        REFUSED_INPUT,
        /// It took too long.
        TIME_OUT,
        /// It would be too large.
        TOO_LARGE,
        /// ONNX Runtime cannot run it, or says nothing more exact.
        FAILED
    }

    private final Kind kind;

    /// A failure of that kind.
    public InferenceException(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    InferenceException(Kind kind, String what, Throwable cause) {
        super(what, cause);
        this.kind = kind;
    }

    /// What kind of failure.
    public Kind kind() {
        return kind;
    }
}
