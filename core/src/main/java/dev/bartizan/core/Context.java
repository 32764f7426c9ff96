package dev.bartizan.core;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// What a check gets from the runner.
///
/// @param clock the time
/// @param seed derived from system, element and check; the same run repeats to the same evidence
/// @param parameters what the system file says for this check
/// @param progress where to tell how far it is
/// @param isThorough whether the user asked for the long run
/// @param earlier what the check left of the same element before
public record Context(
        Clock clock,
        long seed,
        Attributes parameters,
        Progress progress,
        boolean isThorough,
        Earlier earlier) {
    /// The first look at an element.
    public Context(
            Clock clock, long seed, Attributes parameters, Progress progress, boolean isThorough) {
        this(clock, seed, parameters, progress, isThorough, Earlier.NOTHING);
    }

    /// Hears how far a check is.
    public interface Progress {
        /// `done` of `of` steps, with a few words.
        void at(int done, int of, String words);

        /// Hears nothing.
        Progress SILENT = (done, of, words) -> {};
    }

    /// What a check left of an element when it last found it sound.
    public interface Earlier {
        /// The first look.
        Earlier NOTHING = _ -> Optional.empty();

        /// The newest material with an ending of its name that evidence of this check, in this
        /// version, at this element holds, where its claim was cleared or proved.
        ///
        /// @param ending such as `.json`
        Optional<byte[]> material(String ending) throws IOException;
    }
}
