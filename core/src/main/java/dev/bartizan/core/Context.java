package dev.bartizan.core;

import java.time.Clock;

/// What a check gets from the runner.
///
/// @param clock the time
/// @param seed derived from system, element and check; the same run repeats to the same evidence
/// @param parameters what the system file says for this check
/// @param progress where to tell how far it is
/// @param isThorough whether the user asked for the long run
public record Context(
        Clock clock, long seed, Attributes parameters, Progress progress, boolean isThorough) {
    /// Hears how far a check is.
    public interface Progress {
        /// `done` of `of` steps, with a few words.
        void at(int done, int of, String words);

        /// Hears nothing.
        Progress SILENT = (done, of, words) -> {};
    }
}
