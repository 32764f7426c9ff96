package dev.bartizan.robustness.harden;

/// How a classifier is trained on its own adversarial examples.
///
/// @param eps largest change of a number that is trained against
/// @param low smallest valid number
/// @param high largest valid number
/// @param epochs passes over the examples
/// @param rowsPerUpdate examples of one update
/// @param steps of the attack for each update
/// @param rate of Adam at its highest
/// @param shift largest shift of an image, in pixels, by which examples are varied
/// @param seed of all randomness
public record HardeningPlan(
        float eps,
        float low,
        float high,
        int epochs,
        int rowsPerUpdate,
        int steps,
        double rate,
        int shift,
        long seed) {
    public HardeningPlan {
        boolean isSense =
                eps > 0
                        && low < high
                        && epochs > 0
                        && rowsPerUpdate > 0
                        && steps > 0
                        && rate > 0
                        && shift >= 0;
        if (!isSense) {
            throw new IllegalArgumentException("Numbers of a plan are above 0");
        }
    }

    /// The same with another rate.
    public HardeningPlan at(double other) {
        return new HardeningPlan(eps, low, high, epochs, rowsPerUpdate, steps, other, shift, seed);
    }
}
