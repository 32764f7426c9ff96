package dev.bartizan.guard.classify;

/// A stage gave no answer, so the text is not judged: no answer never means harmless.
public final class StageFailedException extends RuntimeException {
    /// A failure with its cause.
    public StageFailedException(String what, Throwable cause) {
        super(what, cause);
    }
}
