package dev.bartizan.guard.text;

import dev.bartizan.guard.Detection;
import java.util.List;
import java.util.Set;

/// A text made readable.
///
/// @param plain the folded text, decoded as far as the limits allow, in lower case
/// @param cased the same with its capitals
/// @param findings hidden characters, mixed scripts and encodings met on the way
/// @param encodings names of what was undone
public record Normalised(View plain, View cased, List<Detection> findings, Set<String> encodings) {
    /// Copies the collections.
    public Normalised {
        findings = List.copyOf(findings);
        encodings = Set.copyOf(encodings);
    }
}
