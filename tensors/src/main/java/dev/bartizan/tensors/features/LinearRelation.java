package dev.bartizan.tensors.features;

import java.util.Map;
import java.util.TreeMap;

/// A weighted sum of columns that stays between two ends, such as a total that is the sum of its
/// parts.
///
/// @param weights by column
/// @param min smallest sum; negative infinity for none
/// @param max largest sum; infinity for none
public record LinearRelation(Map<Integer, Double> weights, double min, double max) {
    /// Sums this much off, relative to the size of what is added, still count as equal.
    private static final double TOLERANCE = 1e-6;

    public LinearRelation {
        weights = java.util.Collections.unmodifiableMap(new TreeMap<>(weights));
        if (!(min <= max)) {
            throw new IllegalArgumentException("Ends " + min + ".." + max + " are empty");
        }
    }

    /// How far the sum lies outside; 0 when the relation holds, NaN when a value is missing.
    public double excess(double[] row) {
        double sum = 0;
        double size = 1;
        for (Map.Entry<Integer, Double> weight : weights.entrySet()) {
            double part = weight.getValue() * row[weight.getKey()];
            sum += part;
            size += Math.abs(part);
        }
        double slack = TOLERANCE * size;
        if (sum < min - slack) {
            return sum - min;
        }
        return sum > max + slack ? sum - max : sum * 0;
    }

    /// Whether it holds.
    public boolean holds(double[] row) {
        return excess(row) == 0;
    }
}
