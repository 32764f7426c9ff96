package dev.bartizan.artifacts.pickle;

import dev.bartizan.formats.FormatException;

/// What to do where Python would raise. Unpicklers differ in what they forgive, so an analysis
/// notes the fault and goes on as if nothing had happened: what stands behind it is looked at all
/// the same. Telling whether bytes are a pickle at all stops at the first fault instead.
final class Faults {
    /// After so many faults the bytes are noise.
    private static final int MOST = 256;

    private final PickleEvents events;
    private final boolean isForgiving;
    private int count;

    private Faults(PickleEvents events, boolean isForgiving) {
        this.events = events;
        this.isForgiving = isForgiving;
    }

    /// The first fault ends it.
    static Faults strict(PickleEvents events) {
        return new Faults(events, false);
    }

    /// Faults are told and passed over.
    static Faults forgiving(PickleEvents events) {
        return new Faults(events, true);
    }

    /// Python would raise here.
    ///
    /// @throws FormatException when that ends it
    void fault(long at, String what) throws FormatException {
        if (!isForgiving || ++count > MOST) {
            throw FormatException.broken(at, what);
        }
        events.broken(at, what);
    }

    /// Readers disagree here; nothing ends.
    void odd(long at, String what) {
        events.odd(at, what);
    }

    /// A fault where a value is needed to go on with.
    Value missing(long at, String what) throws FormatException {
        fault(at, what);
        return new Value.Unknown("nothing: Python would raise here");
    }
}
