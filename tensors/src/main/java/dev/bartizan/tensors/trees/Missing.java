package dev.bartizan.tensors.trees;

/// What a comparison does with values that are not there.
///
/// @param readsNanAsZero whether NaN is replaced by zero first
/// @param countsZero whether zero (up to 1e-35 either side) is missing
/// @param holds whether the condition holds for a missing value
public record Missing(boolean readsNanAsZero, boolean countsZero, boolean holds) {
    /// LightGBM's `kZeroThreshold`.
    static final double ZERO = 1e-35f;

    /// NaN is missing, nothing else.
    public static Missing nan(boolean holds) {
        return new Missing(false, false, holds);
    }

    boolean isMissing(double value) {
        return Double.isNaN(value) || (countsZero && value >= -ZERO && value <= ZERO);
    }
}
