package dev.bartizan.guard.inputs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What training inputs look like, feature by feature: lowest, highest, mean, spread. An input of
/// another length, with a value that is no number, with a feature far outside its range, or far
/// from all of it, is told from the rest. The last two have thresholds that were set on held-back
/// training inputs, half of the false alarms each.
public final class FeatureProfile {
    /// Fewest inputs to learn from.
    public static final int FEWEST = 30;

    /// A feature that never changes is given this share of the mean range, so that rounding is not
    /// strange.
    private static final double LEAST_ROOM = 0.1;

    private static final double MOST_SQUARES = 100;
    private static final int HELD_BACK = 3;

    private final Statistics statistics;
    private final Limits limits;
    private final double leastRoom;

    /// One number for each feature.
    ///
    /// @param low lowest values
    /// @param high highest values
    /// @param mean means
    /// @param spread standard deviations, above 0
    public record Statistics(
            List<Double> low, List<Double> high, List<Double> mean, List<Double> spread) {
        /// Checks that they speak of the same features with finite numbers.
        public Statistics {
            low = List.copyOf(low);
            high = List.copyOf(high);
            mean = List.copyOf(mean);
            spread = List.copyOf(spread);
            int width = low.size();
            boolean isGood =
                    width > 0
                            && high.size() == width
                            && mean.size() == width
                            && spread.size() == width;
            for (int i = 0; isGood && i < width; i++) {
                isGood =
                        Double.isFinite(low.get(i))
                                && Double.isFinite(high.get(i) - low.get(i))
                                && low.get(i) <= high.get(i)
                                && Double.isFinite(mean.get(i))
                                && spread.get(i) > 0;
            }
            if (!isGood) {
                throw new IllegalArgumentException(
                        "low, high, mean and spread need finite numbers for the same features");
            }
        }
    }

    /// Thresholds.
    ///
    /// @param distance largest distance from training data that is usual
    /// @param excess how many ranges a feature may lie outside its own
    public record Limits(double distance, double excess) {
        /// Checks the numbers.
        public Limits {
            if (Double.isNaN(distance) || Double.isNaN(excess)) {
                throw new IllegalArgumentException("thresholds are numbers");
            }
        }
    }

    /// A profile of known statistics.
    public FeatureProfile(Statistics statistics, Limits limits) {
        this.statistics = statistics;
        this.limits = limits;
        double sum = 0;
        for (int i = 0; i < statistics.low().size(); i++) {
            sum += statistics.high().get(i) - statistics.low().get(i);
        }
        leastRoom = Math.max(LEAST_ROOM * sum / statistics.low().size(), Double.MIN_NORMAL);
    }

    /// Learns from training inputs: statistics from two thirds, thresholds from the other third.
    ///
    /// @param inputs `[n, features]`, n at least 30, finite numbers
    /// @param falseAlarms the wanted rate of honest inputs found strange, 0..1
    public static FeatureProfile of(List<double[]> inputs, double falseAlarms) {
        if (inputs.size() < FEWEST) {
            throw new IllegalArgumentException(
                    FEWEST + " inputs or more are needed, not " + inputs.size());
        }
        FeatureProfile bare =
                new FeatureProfile(
                        new Moments(inputs).statistics(),
                        new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
        List<double[]> held =
                IntStream.range(0, inputs.size())
                        .filter(i -> i % HELD_BACK == 0)
                        .mapToObj(inputs::get)
                        .toList();
        double[] distances = held.stream().mapToDouble(bare::distance).toArray();
        double[] excesses = held.stream().mapToDouble(row -> bare.furthest(row).excess()).toArray();
        Limits limits =
                new Limits(
                        Calibration.threshold(distances, falseAlarms / 2),
                        Math.max(0, Calibration.threshold(excesses, falseAlarms / 2)));
        return new FeatureProfile(bare.statistics, limits);
    }

    /// What it knows of each feature.
    public Statistics statistics() {
        return statistics;
    }

    /// Its thresholds.
    public Limits limits() {
        return limits;
    }

    /// What is strange about an input; empty when nothing is.
    public Optional<Strange> problem(double[] input) {
        int width = statistics.low().size();
        if (input.length != width) {
            return strange(
                    Strange.Kind.SHAPE, width + " features are expected, not " + input.length);
        }
        for (int i = 0; i < input.length; i++) {
            if (!Double.isFinite(input[i])) {
                return strange(Strange.Kind.NOT_FINITE, "feature " + i + " is no finite number");
            }
        }
        Furthest furthest = furthest(input);
        if (furthest.excess() > limits.excess()) {
            int i = furthest.feature();
            return strange(
                    Strange.Kind.RANGE,
                    String.format(
                            Locale.ROOT,
                            "feature %d is %.6g, far outside %.6g to %.6g",
                            i,
                            input[i],
                            statistics.low().get(i),
                            statistics.high().get(i)));
        }
        double distance = distance(input);
        return distance > limits.distance()
                ? strange(
                        Strange.Kind.DISTANCE,
                        String.format(
                                Locale.ROOT,
                                "it lies %.4g from training data, usual is up to %.4g",
                                distance,
                                limits.distance()))
                : Optional.empty();
    }

    private static Optional<Strange> strange(Strange.Kind kind, String reason) {
        return Optional.of(new Strange(kind, reason));
    }

    /// @param feature the one furthest outside its range
    /// @param excess by how many ranges; negative inside
    private record Furthest(int feature, double excess) {}

    private Furthest furthest(double[] input) {
        Furthest furthest = new Furthest(0, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < input.length; i++) {
            double low = statistics.low().get(i);
            double high = statistics.high().get(i);
            double outside = Math.max(low - input[i], input[i] - high);
            double excess = outside / Math.max(high - low, leastRoom);
            if (excess > furthest.excess()) {
                furthest = new Furthest(i, excess);
            }
        }
        return furthest;
    }

    private double distance(double[] input) {
        double sum = 0;
        for (int i = 0; i < input.length; i++) {
            double z = (input[i] - statistics.mean().get(i)) / statistics.spread().get(i);
            sum += Math.min(z * z, MOST_SQUARES);
        }
        return Math.sqrt(sum / input.length);
    }

    /// Statistics of the inputs whose index is no multiple of three.
    private static final class Moments {
        private final double[] low;
        private final double[] high;
        private final double[] mean;
        private final double[] spread;

        Moments(List<double[]> inputs) {
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
                if (n % HELD_BACK == 0) {
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

        Statistics statistics() {
            return new Statistics(boxed(low), boxed(high), boxed(mean), boxed(spread));
        }

        private static List<Double> boxed(double[] values) {
            return Arrays.stream(values).boxed().toList();
        }
    }
}
