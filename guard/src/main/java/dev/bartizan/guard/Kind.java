package dev.bartizan.guard;

import java.util.Locale;
import java.util.Optional;

/// What sort of text a part is, as the caller states it.
public enum Kind {
    /// Typed by the person.
    USER,
    /// A retrieved document, mail or page.
    DOCUMENT,
    /// What a tool returned.
    TOOL_RESULT,
    /// What the model wrote.
    OUTPUT,
    /// Not stated.
    UNKNOWN;

    /// The kind of that name as written in files (`tool-result`); empty when there is none.
    public static Optional<Kind> named(String name) {
        for (Kind kind : values()) {
            if (kind.label().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The name as written in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the text comes from somewhere the user does not control.
    public boolean isForeign() {
        return this == DOCUMENT || this == TOOL_RESULT;
    }
}
