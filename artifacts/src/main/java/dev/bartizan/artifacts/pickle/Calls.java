package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Made;

/// Hears whether anything is called, and forgets everything else: for the many places among numbers
/// that look like the start of a pickle and are none.
final class Calls implements PickleEvents {
    private boolean areThere;

    /// Whether anything was called.
    boolean areThere() {
        return areThere;
    }

    @Override
    public void called(Made made, Value result) {
        areThere = true;
    }

    @Override
    public void extension(long code, long offset) {
        areThere = true;
    }
}
