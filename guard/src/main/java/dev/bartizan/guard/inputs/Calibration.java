package dev.bartizan.guard.inputs;

import java.util.Arrays;

/// Thresholds that keep to a rate of false alarms.
final class Calibration {
    private Calibration() {}

    /// The smallest threshold that at most the given share of honest scores exceeds: the empirical
    /// quantile with the finite-sample correction of split conformal prediction (Vovk, Gammerman
    /// and Shafer, Algorithmic Learning in a Random World, 2005): rank ceil((n + 1)(1 - rate)).
    ///
    /// @param honest scores of honest inputs, higher is stranger
    /// @return infinity when there are too few scores for the rate
    static double threshold(double[] honest, double rate) {
        double[] sorted = honest.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * (1 - rate));
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[Math.max(0, rank - 1)];
    }
}
