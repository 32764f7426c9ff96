package dev.bartizan.tensors.trees;

/// The numbers that a library computes with.
public enum Precision {
    /// float32.
    SINGLE,
    /// float64.
    DOUBLE;

    /// The nearest number that can be held.
    public double round(double value) {
        return this == SINGLE ? (float) value : value;
    }

    /// The next larger number that can be held.
    public double next(double value) {
        return this == SINGLE ? Math.nextUp((float) value) : Math.nextUp(value);
    }

    /// The next smaller number that can be held.
    public double previous(double value) {
        return this == SINGLE ? Math.nextDown((float) value) : Math.nextDown(value);
    }

    /// A sum, rounded once.
    double add(double a, double b) {
        return this == SINGLE ? (float) a + (float) b : a + b;
    }

    /// A quotient, rounded once.
    double divide(double a, double b) {
        return this == SINGLE ? (float) a / (float) b : a / b;
    }
}
