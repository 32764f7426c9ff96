package dev.bartizan.tensors;

import java.io.IOException;

/// A model names weights in another file that is not read: outside its folder, a link, missing or
/// too large.
final class ExternalDataException extends IOException {
    ExternalDataException(String what) {
        super(what);
    }
}
