package dev.bartizan.robustness.harden;

import dev.bartizan.robustness.Examples;
import dev.bartizan.tensors.inference.DenseTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The examples of each update, in an order that every pass shuffles anew.
final class Batches {
    private static final long MOST_CHANNELS = 4;

    private final float[] values;
    private final int[] labels;
    private final int width;
    private final List<Long> rowDims;
    private final HardeningPlan plan;
    private final int[] order;

    Batches(Examples examples, List<Long> rowDims, HardeningPlan plan) {
        this.values = examples.values();
        this.labels = examples.labels();
        this.width = examples.width();
        this.rowDims = List.copyOf(rowDims);
        this.plan = plan;
        this.order = new int[labels.length];
        Arrays.setAll(order, i -> i);
    }

    /// One update's examples.
    ///
    /// @param start random points in the budget
    /// @param low smallest allowed numbers
    /// @param high largest allowed numbers
    record Batch(DenseTensor start, DenseTensor low, DenseTensor high, DenseTensor labels) {}

    /// Updates in one pass.
    int count() {
        return Math.max(1, labels.length / plan.rowsPerUpdate());
    }

    void shuffle(SplittableRandom random) {
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    Batch take(int batch, double eps, SplittableRandom random) {
        int rows = Math.min(plan.rowsPerUpdate(), labels.length);
        float[] start = new float[rows * width];
        float[] low = new float[start.length];
        float[] high = new float[start.length];
        long[] classes = new long[rows];
        for (int i = 0; i < rows; i++) {
            int row = order[batch * rows + i];
            classes[i] = labels[row];
            shifted(row, start, i, random);
        }
        for (int i = 0; i < start.length; i++) {
            float x = start[i];
            low[i] = (float) Math.max(x - eps, plan.low());
            high[i] = (float) Math.min(x + eps, plan.high());
            start[i] = Math.clamp((float) (x + eps * random.nextDouble(-1, 1)), low[i], high[i]);
        }
        List<Long> dims = new ArrayList<>(rowDims);
        dims.addFirst((long) rows);
        return new Batch(
                DenseTensor.ofFloats(dims, start),
                DenseTensor.ofFloats(dims, low),
                DenseTensor.ofFloats(dims, high),
                DenseTensor.ofLongs(List.of((long) rows), classes));
    }

    /// Copies a row, shifted when it is an image; what comes in at an edge is the nearest number
    /// that was there.
    private void shifted(int row, float[] into, int at, SplittableRandom random) {
        boolean isImage = rowDims.size() == 3;
        if (plan.shift() == 0 || !isImage) {
            System.arraycopy(values, row * width, into, at * width, width);
            return;
        }
        boolean isLast = rowDims.get(2) <= MOST_CHANNELS && rowDims.get(0) > MOST_CHANNELS;
        int channels = Math.toIntExact(rowDims.get(isLast ? 2 : 0));
        int high = Math.toIntExact(rowDims.get(isLast ? 0 : 1));
        int wide = Math.toIntExact(rowDims.get(isLast ? 1 : 2));
        int down = random.nextInt(-plan.shift(), plan.shift() + 1);
        int right = random.nextInt(-plan.shift(), plan.shift() + 1);
        for (int i = 0; i < width; i++) {
            int channel = isLast ? i % channels : i / (high * wide);
            int pixel = isLast ? i / channels : i % (high * wide);
            int line = Math.clamp(pixel / wide - down, 0, high - 1);
            int column = Math.clamp(pixel % wide - right, 0, wide - 1);
            int from =
                    isLast
                            ? (line * wide + column) * channels + channel
                            : (channel * high + line) * wide + column;
            into[at * width + i] = values[row * width + from];
        }
    }
}
