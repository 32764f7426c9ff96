package dev.bartizan.guard.classify;

/// Thresholds on probabilities.
public final class Thresholds {
    private Thresholds() {}

    /// Refuses what is no threshold.
    ///
    /// @throws IllegalArgumentException when it is not above 0 and at most 1
    public static void require(double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "A threshold is above 0 and at most 1, given " + threshold);
        }
    }

    /// A probability on the scale on which the threshold is 0.5: linear below it and above it.
    public static double toHalf(double probability, double threshold) {
        if (probability < threshold) {
            return Math.min(Math.nextDown(0.5), probability / threshold / 2);
        }
        return threshold == 1 ? 1 : 0.5 + (probability - threshold) / (1 - threshold) / 2;
    }
}
