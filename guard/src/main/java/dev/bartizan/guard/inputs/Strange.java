package dev.bartizan.guard.inputs;

import java.util.Locale;

/// What is strange about an input.
///
/// @param kind which detector says so
/// @param reason plain words
public record Strange(Kind kind, String reason) {
    /// The detectors.
    public enum Kind {
        /// Another number of features.
        SHAPE,
        /// A feature that is no finite number.
        NOT_FINITE,
        /// A feature far outside what training data holds.
        RANGE,
        /// Far from training data as a whole.
        DISTANCE,
        /// The model's answer does not hold when the input is simplified or shaken.
        UNSTABLE;

        /// The name as written in output.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
