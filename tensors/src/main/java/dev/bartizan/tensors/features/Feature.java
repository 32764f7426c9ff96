package dev.bartizan.tensors.features;

import java.util.Locale;

/// One column of a model's input.
///
/// @param name of the column
/// @param type which values it takes
/// @param min smallest value in the domain; negative infinity when not said
/// @param max largest value in the domain; infinity when not said
/// @param isImmutable whether the one who attacks cannot change it
/// @param costPerUnit what changing it by one costs
/// @param group columns of which exactly one is 1; empty for none
/// @param description in words
public record Feature(
        String name,
        Type type,
        double min,
        double max,
        boolean isImmutable,
        double costPerUnit,
        String group,
        String description) {
    /// Which values a column takes.
    public enum Type {
        NUMBER,
        INTEGER,
        FLAG;

        /// The word used in files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Feature {
        if (!(min <= max)) {
            throw new IllegalArgumentException("Range " + min + ".." + max + " is empty");
        }
        if (!(costPerUnit >= 0)) {
            throw new IllegalArgumentException("A cost is not negative, given " + costPerUnit);
        }
    }

    /// Whether the domain has an end on both sides.
    public boolean isBounded() {
        return Double.isFinite(min) && Double.isFinite(max);
    }
}
