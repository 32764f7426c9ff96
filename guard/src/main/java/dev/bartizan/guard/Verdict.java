package dev.bartizan.guard;

import java.util.Locale;

/// What the guard says about injection and jailbreak in a text.
public enum Verdict {
    /// Nothing to act on.
    ALLOW,
    /// Looks like an attack; the operator decides.
    FLAG,
    /// A rule that leaves no doubt fired, or the operator wants the classifier to block.
    BLOCK;

    /// The name as written in output.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
