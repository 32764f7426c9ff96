package dev.bartizan.robustness.harden;

import java.io.IOException;

/// Hears how far a hardening is.
public interface HardeningListener {
    /// Some updates are done.
    ///
    /// @param done updates so far
    /// @param of updates in all
    /// @param loss mean cross-entropy under attack of the last ones
    void updated(long done, long of, double loss);

    /// A pass over the examples is done.
    ///
    /// @param state from which the rest can be done later
    /// @throws IOException when it cannot be kept
    void passed(HardeningState state) throws IOException;
}
