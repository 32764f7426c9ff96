package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Imported;
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
    public void imported(Imported name) {}

    @Override
    public void called(Made made, Value result) {
        areThere = true;
    }

    @Override
    public void stateSet(Value object, Value state, long offset) {}

    @Override
    public void itemsPut(Value object, String method, long offset) {}

    @Override
    public void persistent(Value id, long offset) {}

    @Override
    public void extension(long code, long offset) {
        areThere = true;
    }

    @Override
    public void data(Value value, long offset) {}

    @Override
    public void named(String key, Value value, long offset) {}

    @Override
    public void odd(long offset, String message) {}

    @Override
    public void broken(long offset, String message) {}
}
