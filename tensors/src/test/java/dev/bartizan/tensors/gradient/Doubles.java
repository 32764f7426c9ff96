package dev.bartizan.tensors.gradient;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// A tensor of doubles for the reference interpreter, row-major.
final class Doubles {
    final int[] shape;
    final double[] values;

    Doubles(int[] shape, double[] values) {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException(Arrays.toString(shape) + " of " + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static Doubles zeros(int... shape) {
        return new Doubles(shape, new double[size(shape)]);
    }

    int rank() {
        return shape.length;
    }

    /// Index of each axis at a place.
    static int[] index(int[] shape, int at) {
        int[] index = new int[shape.length];
        int rest = at;
        for (int i = shape.length - 1; i >= 0; i--) {
            index[i] = rest % shape[i];
            rest /= shape[i];
        }
        return index;
    }

    static int place(int[] shape, int[] index) {
        int at = 0;
        for (int i = 0; i < shape.length; i++) {
            at = at * shape[i] + index[i];
        }
        return at;
    }

    double at(int... index) {
        return values[place(shape, index)];
    }

    Doubles map(DoubleUnaryOperator function) {
        return new Doubles(shape, Arrays.stream(values).map(function).toArray());
    }

    Doubles reshaped(int... other) {
        return new Doubles(other, values);
    }

    Doubles transposed(int[] perm) {
        int[] to = new int[perm.length];
        for (int i = 0; i < perm.length; i++) {
            to[i] = shape[perm[i]];
        }
        Doubles result = zeros(to);
        for (int at = 0; at < result.values.length; at++) {
            int[] index = index(to, at);
            int[] from = new int[perm.length];
            for (int i = 0; i < perm.length; i++) {
                from[perm[i]] = index[i];
            }
            result.values[at] = at(from);
        }
        return result;
    }

    static int[] broadcast(int[] a, int[] b) {
        int rank = Math.max(a.length, b.length);
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            int x = i - rank + a.length < 0 ? 1 : a[i - rank + a.length];
            int y = i - rank + b.length < 0 ? 1 : b[i - rank + b.length];
            shape[i] = x == 1 ? y : x;
        }
        return shape;
    }

    double stretched(int[] index) {
        int[] own = new int[shape.length];
        for (int i = 0; i < own.length; i++) {
            int given = index[index.length - shape.length + i];
            own[i] = shape[i] == 1 ? 0 : given;
        }
        return at(own);
    }

    Doubles with(Doubles other, DoubleBinaryOperator function) {
        Doubles result = zeros(broadcast(shape, other.shape));
        for (int at = 0; at < result.values.length; at++) {
            int[] index = index(result.shape, at);
            result.values[at] = function.applyAsDouble(stretched(index), other.stretched(index));
        }
        return result;
    }

    /// Reduces axes by a function of the numbers along them.
    Doubles reduced(long[] axes, boolean keepsDims, ToDoubleFunction<double[]> f) {
        boolean[] isReduced = new boolean[rank()];
        for (long axis : axes) {
            isReduced[(int) (axis < 0 ? axis + rank() : axis)] = true;
        }
        if (axes.length == 0) {
            Arrays.fill(isReduced, true);
        }
        int[] kept = shape.clone();
        int[] inner = shape.clone();
        for (int i = 0; i < rank(); i++) {
            kept[i] = isReduced[i] ? 1 : shape[i];
            inner[i] = isReduced[i] ? shape[i] : 1;
        }
        Doubles result = zeros(kept);
        for (int at = 0; at < result.values.length; at++) {
            int[] outer = index(kept, at);
            double[] along = new double[size(inner)];
            for (int i = 0; i < along.length; i++) {
                int[] index = index(inner, i);
                for (int k = 0; k < index.length; k++) {
                    index[k] += outer[k];
                }
                along[i] = at(index);
            }
            result.values[at] = f.applyAsDouble(along);
        }
        if (keepsDims) {
            return result;
        }
        int[] rest = new int[rank()];
        int count = 0;
        for (int i = 0; i < rank(); i++) {
            if (!isReduced[i]) {
                rest[count++] = shape[i];
            }
        }
        return result.reshaped(Arrays.copyOf(rest, count));
    }
}
