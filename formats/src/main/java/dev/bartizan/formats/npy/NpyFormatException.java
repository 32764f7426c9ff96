package dev.bartizan.formats.npy;

import java.io.IOException;

/// The bytes are not an array that is taken: what is wrong, and how to mend it where that is known.
public final class NpyFormatException extends IOException {
    NpyFormatException(String what) {
        super(what);
    }
}
