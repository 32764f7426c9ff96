package dev.bartizan.formats.onnx;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// Immutable lists of numbers kept in arrays: tree ensembles have millions of them.
final class PackedList {
    private PackedList() {}

    static List<Long> ofLongs(long[] owned) {
        return new Longs(owned);
    }

    static List<Float> ofFloats(float[] owned) {
        return new Floats(owned);
    }

    static List<Long> copyOfLongs(List<Long> list) {
        return list instanceof Longs
                ? list
                : new Longs(list.stream().mapToLong(Long::longValue).toArray());
    }

    static List<Float> copyOfFloats(List<Float> list) {
        if (list instanceof Floats) {
            return list;
        }
        float[] copy = new float[list.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = list.get(i);
        }
        return new Floats(copy);
    }

    private static final class Longs extends AbstractList<Long> implements RandomAccess {
        private final long[] values;

        Longs(long[] values) {
            this.values = values;
        }

        @Override
        public Long get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private static final class Floats extends AbstractList<Float> implements RandomAccess {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public Float get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
