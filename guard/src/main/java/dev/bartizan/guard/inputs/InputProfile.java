package dev.bartizan.guard.inputs;

import dev.bartizan.core.Digest;
import java.util.Optional;

/// What is known of a model's honest inputs.
///
/// @param features statistics and thresholds
/// @param rate false alarms that the thresholds were set for, all detectors together, 0..1
/// @param set digest of the file that was learned from
/// @param inputs how many it held
/// @param stability how stable the model's answers are; empty without a model
public record InputProfile(
        FeatureProfile features,
        double rate,
        Digest set,
        int inputs,
        Optional<Steadiness> stability) {
    /// How stable a model's answers to honest inputs are.
    ///
    /// @param model digest of the model's file
    /// @param step what features are rounded to, above 0
    /// @param shake largest change of a feature in a neighbour, above 0
    /// @param seed of the neighbours
    /// @param threshold highest usual score
    public record Steadiness(Digest model, double step, double shake, long seed, double threshold) {
        /// Checks the numbers.
        public Steadiness {
            if (!(step > 0) || !(shake > 0) || Double.isNaN(threshold)) {
                throw new IllegalArgumentException("step and shake are above 0");
            }
        }
    }
}
