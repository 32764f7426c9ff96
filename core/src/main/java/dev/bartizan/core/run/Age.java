package dev.bartizan.core.run;

/// Whether a piece of evidence still speaks of what is there.
public enum Age {
    /// It speaks of the present target and is not too old.
    FRESH,
    /// Its time has run out.
    EXPIRED,
    /// The target has changed since.
    OTHER_TARGET,
    /// A later run of the same check took its place.
    SUPERSEDED;

    /// In a few words.
    public String words() {
        return switch (this) {
            case FRESH -> "fresh";
            case EXPIRED -> "stale: too old";
            case OTHER_TARGET -> "stale: the target has changed since";
            case SUPERSEDED -> "superseded by a later run";
        };
    }
}
