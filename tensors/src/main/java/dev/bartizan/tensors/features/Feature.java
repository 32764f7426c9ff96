package dev.bartizan.tensors.features;

import java.util.Locale;

/// One column of a model's input.
///
/// @param name of the column
/// @param type which values it takes
/// @param min smallest value in the domain; negative infinity when not said
/// @param max largest value in the domain; infinity when not said
/// @param change what the one who attacks can do to it
/// @param costPerUnit what changing it by one costs that person
/// @param group columns of which exactly one is 1; empty for none
/// @param description in words
public record Feature(
        String name,
        Type type,
        double min,
        double max,
        Change change,
        double costPerUnit,
        String group,
        String description) {
    /// Which values a column takes.
    public enum Type {
        NUMBER,
        /// A number with two decimals.
        MONEY,
        INTEGER,
        FLAG;

        /// The word used in files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Values are multiples of it; 0 when any number will do.
        public double step() {
            return switch (this) {
                case NUMBER -> 0;
                case MONEY -> 0.01;
                case INTEGER, FLAG -> 1;
            };
        }
    }

    /// What can be done to a column.
    ///
    /// @param direction which way its value can go
    /// @param by who can do it, in words; empty when not said
    public record Change(Direction direction, String by) {
        /// Any change, by whoever attacks.
        public static final Change FREE = new Change(Direction.BOTH, "");

        /// No change.
        public static final Change NONE = new Change(Direction.NONE, "");
    }

    /// Which way a value can go.
    public enum Direction {
        BOTH,
        UP,
        DOWN,
        NONE;

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

    /// Whether the one who attacks cannot change it.
    public boolean isImmutable() {
        return change.direction() == Direction.NONE;
    }
}
