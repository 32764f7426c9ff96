package dev.bartizan.core;

import java.io.IOException;

/// A file that facts were to be read off is missing, broken or too large. Nothing is claimed of it.
public final class UnreadableTargetException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param message which file, what is wrong and where, one sentence
    public UnreadableTargetException(String message, Throwable cause) {
        super(message, cause);
    }

    /// @param message which file and what is wrong, one sentence
    public UnreadableTargetException(String message) {
        super(message);
    }
}
