package dev.bartizan.guard.inputs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What training inputs look like, feature by feature: lowest, highest, mean, spread. An input of
/// another length, with a value that is no number, or far from all of it, is told from the rest at
/// a false-alarm rate that was measured on held-back training inputs.
public final class FeatureProfile {
    private final double[] low;
    private final double[] high;
    private final double[] mean;
    private final double[] spread;
    private final double threshold;

    private FeatureProfile(Rows rows, double threshold) {
        low = rows.low;
        high = rows.high;
        mean = rows.mean;
        spread = rows.spread;
        this.threshold = threshold;
    }

    /// Learns from training inputs: statistics from two thirds, the threshold of the distance from
    /// the other third.
    ///
    /// @param inputs `[n, features]`, n at least 30
    /// @param falseAlarms the wanted rate of honest inputs found far, 0..1
    public static FeatureProfile of(List<double[]> inputs, double falseAlarms) {
        if (inputs.size() < 30) {
            throw new IllegalArgumentException(
                    "30 inputs or more are needed, not " + inputs.size());
        }
        Rows rows = new Rows(inputs);
        double[] distances =
                java.util.stream.IntStream.range(0, inputs.size())
                        .filter(i -> i % 3 == 0)
                        .mapToDouble(i -> rows.distance(inputs.get(i)))
                        .toArray();
        return new FeatureProfile(rows, Calibration.threshold(distances, falseAlarms));
    }

    /// What is wrong with an input, in plain words; empty when nothing is.
    public Optional<String> problem(double[] input) {
        if (input.length != mean.length) {
            return Optional.of(mean.length + " features are expected, not " + input.length);
        }
        for (int i = 0; i < input.length; i++) {
            if (!Double.isFinite(input[i])) {
                return Optional.of("feature " + i + " is no finite number");
            }
            double room = high[i] - low[i];
            if (input[i] < low[i] - room || input[i] > high[i] + room) {
                return Optional.of(
                        "feature "
                                + i
                                + " is "
                                + input[i]
                                + ", far outside "
                                + low[i]
                                + " to "
                                + high[i]);
            }
        }
        double distance = distance(mean, spread, input);
        return distance > threshold
                ? Optional.of(
                        "the input lies farther from training data than allowed: "
                                + distance
                                + " over "
                                + threshold)
                : Optional.empty();
    }

    private static double distance(double[] mean, double[] spread, double[] input) {
        double sum = 0;
        for (int i = 0; i < input.length; i++) {
            double z = (input[i] - mean[i]) / spread[i];
            sum += Math.min(z * z, 100);
        }
        return Math.sqrt(sum / input.length);
    }

    /// Statistics of the inputs whose index is no multiple of three.
    private static final class Rows {
        private final double[] low;
        private final double[] high;
        private final double[] mean;
        private final double[] spread;

        Rows(List<double[]> inputs) {
            int width = inputs.getFirst().length;
            low = new double[width];
            high = new double[width];
            mean = new double[width];
            spread = new double[width];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            double count = 0;
            for (int n = 0; n < inputs.size(); n++) {
                double[] row = inputs.get(n);
                if (row.length != width) {
                    throw new IllegalArgumentException("input " + n + " has another length");
                }
                if (n % 3 == 0) {
                    continue;
                }
                count++;
                for (int i = 0; i < width; i++) {
                    low[i] = Math.min(low[i], row[i]);
                    high[i] = Math.max(high[i], row[i]);
                    double delta = row[i] - mean[i];
                    mean[i] += delta / count;
                    spread[i] += delta * (row[i] - mean[i]);
                }
            }
            for (int i = 0; i < width; i++) {
                spread[i] = Math.max(Math.sqrt(spread[i] / Math.max(1, count - 1)), 1e-9);
            }
        }

        double distance(double[] row) {
            return FeatureProfile.distance(mean, spread, row);
        }
    }
}
