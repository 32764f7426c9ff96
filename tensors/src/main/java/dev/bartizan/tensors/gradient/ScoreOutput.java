package dev.bartizan.tensors.gradient;

import java.util.Optional;
import java.util.OptionalDouble;

/// Where a classifier tells its scores, and how they tell the class.
///
/// @param name of the output; empty when it is to be found
/// @param threshold above which a single score means class 1, below it class 0; empty when there is
///   a score for each class, or half behind a sigmoid
public record ScoreOutput(Optional<String> name, OptionalDouble threshold) {
    /// To be found.
    public static final ScoreOutput FOUND =
            new ScoreOutput(Optional.empty(), OptionalDouble.empty());

    /// Scores of the two classes for a single score, the larger of which is the answer.
    ///
    /// @param score what the output gives
    public float[] twoClasses(float score) {
        float above = (float) (score - threshold.orElseThrow());
        return new float[] {-above, above};
    }
}
