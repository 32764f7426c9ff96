package dev.bartizan.robustness.tabular;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The cheapest evasion of a row that was found, and what is known of cheaper ones.
final class Minimum {
    private final double @Nullable [] row;
    private final double cost;
    private final double lowerBound;

    /// @param row the changed row; null when none was found
    /// @param cost of the change; infinity when none was found
    /// @param lowerBound no evasion costs less; 0 when nothing is known
    Minimum(double @Nullable [] row, double cost, double lowerBound) {
        this.row = row == null ? null : row.clone();
        this.cost = cost;
        this.lowerBound = lowerBound;
    }

    static Minimum none(double lowerBound) {
        return new Minimum(null, Double.POSITIVE_INFINITY, lowerBound);
    }

    boolean isFound() {
        return row != null;
    }

    double[] row() {
        if (row == null) {
            throw new IllegalStateException("No evasion was found");
        }
        return row.clone();
    }

    double cost() {
        return cost;
    }

    /// A cost that every evasion has at least; empty when nothing is known.
    OptionalDouble lowerBound() {
        return lowerBound > 0 ? OptionalDouble.of(lowerBound) : OptionalDouble.empty();
    }

    /// Whether no evasion can cost less, or none exists.
    boolean isExact() {
        return lowerBound == cost || lowerBound >= cost - 1e-9 * Math.max(1, Math.abs(cost));
    }

    Minimum orCheaper(Minimum other) {
        Minimum cheaper = other.cost < cost ? other : this;
        return new Minimum(cheaper.row, cheaper.cost, Math.max(lowerBound, other.lowerBound));
    }
}
