package dev.bartizan.core;

/// Exact statistics of success counts.
public final class Binomial {
    private static final int BISECTIONS = 200;
    private static final int MAX_TERMS = 10_000;

    private Binomial() {}

    /// The exact two-sided interval of C. J. Clopper and E. S. Pearson, "The use of confidence or
    /// fiducial limits illustrated in the case of the binomial" (Biometrika 26, 1934): each tail
    /// holds at most half of `1 - confidence`.
    ///
    /// @param successes 0..trials
    /// @param trials at least 1
    /// @param confidence in (0, 1), such as 0.95
    public static Interval clopperPearson(int successes, int trials, double confidence) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "Not counts of a trial: " + successes + " of " + trials);
        }
        double tail = (1 - confidence) / 2;
        double low = successes == 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1.0);
        double high =
                successes == trials
                        ? 1
                        : betaQuantile(1 - tail, successes + 1.0, trials - successes);
        return new Interval(low, high, confidence);
    }

    private static double betaQuantile(double probability, double a, double b) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = (low + high) / 2;
            if (regularizedBeta(middle, a, b) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /// I_x(a, b) by the continued fraction of NIST DLMF 8.17.22, evaluated by W. J. Lentz's method.
    static double regularizedBeta(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - regularizedBeta(1 - x, b, a);
        }
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
        double tiny = 1e-300;
        double c = 1;
        double d = nonZero(1 - (a + b) * x / (a + 1), tiny);
        d = 1 / d;
        double fraction = d;
        for (int m = 1; m < MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
            d = 1 / nonZero(1 + even * d, tiny);
            c = nonZero(1 + even / c, tiny);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
            d = 1 / nonZero(1 + odd * d, tiny);
            c = nonZero(1 + odd / c, tiny);
            double step = d * c;
            fraction *= step;
            if (Math.abs(step - 1) < 1e-15) {
                break;
            }
        }
        return front * fraction;
    }

    private static double nonZero(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /// ln Γ(x) for x > 0: the Stirling series of NIST DLMF 5.11.1 after shifting x above 15.
    static double logGamma(double x) {
        double shift = 0;
        double y = x;
        while (y < 15) {
            shift += Math.log(y);
            y += 1;
        }
        double r = 1 / (y * y);
        double series =
                (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / y;
        return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
