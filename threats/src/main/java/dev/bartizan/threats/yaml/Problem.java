package dev.bartizan.threats.yaml;

import dev.bartizan.core.Place;

/// One thing wrong with a file.
///
/// @param place where it is wrong
/// @param key the key or word that is wrong; empty when it is the file as a whole
/// @param message what is wrong, one sentence
/// @param suggestion how to mend it, one sentence; may be empty
public record Problem(Place place, String key, String message, String suggestion) {
    /// One line: place, message, suggestion.
    @Override
    public String toString() {
        String line = place + ": " + message;
        return suggestion.isEmpty() ? line : line + " " + suggestion;
    }
}
