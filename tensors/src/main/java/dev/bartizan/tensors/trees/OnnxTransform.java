package dev.bartizan.tensors.trees;

/// Post transforms of ONNX's tree operators, computed as ONNX Runtime computes them: in float32
/// whatever the precision of the sums.
public enum OnnxTransform {
    NONE,
    SOFTMAX,
    LOGISTIC,
    SOFTMAX_ZERO,
    PROBIT;

    private static final float NEARLY_ZERO = 0.0000001f;
    private static final float SQUARE_ROOT_OF_2 = (float) Math.sqrt(2);

    /// Scores of several outputs.
    double[] several(double[] sums, Precision precision) {
        return switch (this) {
            case NONE -> sums.clone();
            case LOGISTIC -> each(sums, OnnxTransform::logistic);
            case PROBIT -> each(sums, OnnxTransform::probit);
            case SOFTMAX -> softmax(sums);
            case SOFTMAX_ZERO -> softmaxZero(sums, precision);
        };
    }

    /// The score of one output: only the probit is applied.
    double[] single(double[] sums) {
        return this == PROBIT ? each(sums, OnnxTransform::probit) : sums.clone();
    }

    /// Both scores of a classifier with one sum.
    double[] twoOf(double sum, boolean isProbability, Precision precision) {
        if (this == PROBIT) {
            return new double[] {probit((float) sum), 0};
        }
        if (this == LOGISTIC) {
            return new double[] {logistic((float) -sum), logistic((float) sum)};
        }
        return new double[] {isProbability ? precision.add(1, -sum) : -sum, sum};
    }

    private interface Single {
        float of(float value);
    }

    private static double[] each(double[] sums, Single function) {
        double[] values = new double[sums.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.of((float) sums[i]);
        }
        return values;
    }

    private static float exp(float x) {
        return (float) Math.exp(x);
    }

    private static float logistic(float x) {
        float v = 1 / (1 + exp(-Math.abs(x)));
        return x < 0 ? 1 - v : v;
    }

    /// ONNX Runtime's approximation of √2 erf⁻¹(2p - 1).
    private static float probit(float p) {
        float x = 2 * p - 1;
        float log = (float) Math.log((1 - x) * (1 + x));
        float v = 2 / ((float) Math.PI * 0.147f) + 0.5f * log;
        float v2 = 1 / 0.147f * log;
        float v3 = -v + (float) Math.sqrt(v * v - v2);
        return SQUARE_ROOT_OF_2 * ((x < 0 ? -1 : 1) * (float) Math.sqrt(v3));
    }

    private static float max(double[] sums) {
        float max = -Float.MAX_VALUE;
        for (double sum : sums) {
            max = Math.max(max, (float) sum);
        }
        return max;
    }

    private static double[] softmax(double[] sums) {
        float max = max(sums);
        double[] values = new double[sums.length];
        float total = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = exp((float) sums[i] - max);
            total += (float) values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i] / total;
        }
        return values;
    }

    /// Sums of nearly zero stay out of the total.
    private static double[] softmaxZero(double[] sums, Precision precision) {
        float max = max(sums);
        float atZero = exp(-max);
        double[] values = new double[sums.length];
        float total = 0;
        for (int i = 0; i < values.length; i++) {
            float sum = (float) sums[i];
            if (sum > NEARLY_ZERO || sum < -NEARLY_ZERO) {
                values[i] = exp(sum - max);
                total += (float) values[i];
            } else {
                values[i] = precision.round(sums[i] * atZero);
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = precision.divide(values[i], total);
        }
        return values;
    }
}
