package dev.bartizan.robustness;

import java.io.IOException;

/// Hears how far an evasion is.
public interface EvasionListener {
    /// Hears nothing.
    EvasionListener NONE = (_, _, _, _) -> {};

    /// An attack begins on some of the examples.
    ///
    /// @param attack its name
    /// @param done examples that are settled
    /// @param of how many there are
    /// @param share of the work on the current examples that is done, 0..1
    void began(String attack, int done, int of, double share);

    /// Some examples are settled.
    ///
    /// @param part what was found for them
    /// @throws IOException when it cannot be kept
    default void settled(EvasionResult part) throws IOException {}
}
