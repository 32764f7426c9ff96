package dev.bartizan.core;

/// A two-sided confidence interval of a rate, bounds in 0..1.
///
/// @param low lower bound
/// @param high upper bound
/// @param confidence coverage, 0..1, such as 0.95
public record Interval(double low, double high, double confidence) {
    public Interval {
        if (!(0 <= low && low <= high && high <= 1)) {
            throw new IllegalArgumentException("Not an interval of rates: " + low + ".." + high);
        }
        if (!(0 < confidence && confidence <= 1)) {
            throw new IllegalArgumentException("Confidence is in 0..1, given " + confidence);
        }
    }

    /// The interval of something seen with certainty.
    public static Interval exactly(double rate) {
        return new Interval(rate, rate, 1);
    }
}
