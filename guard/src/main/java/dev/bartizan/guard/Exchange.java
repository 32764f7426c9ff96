package dev.bartizan.guard;

import java.util.List;

/// What goes between a person, a model and its tools at one moment; never changes once made.
///
/// @param parts the pieces in order
public record Exchange(List<Part> parts) {
    /// Copies the list.
    public Exchange {
        parts = List.copyOf(parts);
    }
}
