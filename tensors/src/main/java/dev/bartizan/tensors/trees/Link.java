package dev.bartizan.tensors.trees;

/// What is done to margins before a library returns them.
public enum Link {
    IDENTITY,
    /// 1 / (1 + e^-x).
    LOGISTIC,
    /// e^x over the sum of all.
    SOFTMAX,
    /// e^x.
    EXP,
    /// 1 above 0, otherwise 0.
    STEP,
    /// x² with the sign of x.
    SIGNED_SQUARE,
    /// ln(1 + e^x).
    SOFTPLUS;

    /// Applies it; exponentials are computed in float64 and rounded once to `precision`.
    double[] apply(double[] margins, Precision precision) {
        if (this == SOFTMAX) {
            return softmax(margins, precision);
        }
        double[] values = new double[margins.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = one(margins[i], precision);
        }
        return values;
    }

    private double one(double x, Precision precision) {
        return switch (this) {
            case IDENTITY, SOFTMAX -> x;
            case LOGISTIC -> {
                double below = precision.add(precision.round(Math.exp(-x)), 1);
                yield precision.divide(1, below);
            }
            case EXP -> precision.round(Math.exp(x));
            case STEP -> x > 0 ? 1 : 0;
            case SIGNED_SQUARE -> precision.round(Math.signum(x) * x * x);
            case SOFTPLUS -> precision.round(Math.log1p(Math.exp(x)));
        };
    }

    private static double[] softmax(double[] margins, Precision precision) {
        double max = Double.NEGATIVE_INFINITY;
        for (double margin : margins) {
            max = Math.max(max, margin);
        }
        double[] values = new double[margins.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = precision.round(Math.exp(precision.add(margins[i], -max)));
            sum = precision.add(sum, values[i]);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = precision.divide(values[i], sum);
        }
        return values;
    }
}
