package dev.bartizan.robustness.smoothing;

/// The standard normal distribution.
final class Normal {
    private static final int BISECTIONS = 100;
    private static final double FAR = 8;

    private Normal() {}

    /// The share below `x`, for |x| up to 8: G. Marsaglia, "Evaluating the normal distribution"
    /// (Journal of Statistical Software 11, 2004), section 3.
    static double below(double x) {
        double sum = x;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term = term * x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /// The number below which a share lies, within -8 and 8.
    ///
    /// @param share between 0 and 1, both excluded
    static double quantile(double share) {
        double low = -FAR;
        double high = FAR;
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
