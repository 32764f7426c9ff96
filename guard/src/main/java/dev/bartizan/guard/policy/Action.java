package dev.bartizan.guard.policy;

import java.util.Locale;

/// What a policy does about something found; later ones weigh more.
public enum Action {
    /// Nothing.
    ALLOW,
    /// It is reported.
    WARN,
    /// What was found is replaced by its type.
    REDACT,
    /// What was found is replaced by a token that the vault can undo.
    TOKENISE,
    /// A person must approve.
    ASK,
    /// It is stopped.
    BLOCK;

    /// The name as written in files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The heavier of two.
    public Action or(Action other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
