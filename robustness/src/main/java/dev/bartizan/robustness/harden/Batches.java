package dev.bartizan.robustness.harden;

import dev.bartizan.robustness.Examples;
import dev.bartizan.tensors.inference.HeldTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.SharedFloats;
import dev.bartizan.tensors.inference.SharedLongs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The examples of each update, in an order that every pass shuffles anew.
final class Batches implements AutoCloseable {
    private static final long MOST_CHANNELS = 4;

    private final float[] values;
    private final int[] labels;
    private final int width;
    private final List<Long> rowDims;
    private final HardeningPlan plan;
    private final int[] order;
    private final int rows;
    private final float[] start;
    private final float[] low;
    private final float[] high;
    private final SharedFloats sharedStart;
    private final SharedFloats sharedLow;
    private final SharedFloats sharedHigh;
    private final SharedLongs sharedLabels;
    private final Batch batch;

    Batches(Examples examples, List<Long> rowDims, HardeningPlan plan) throws InferenceException {
        this.values = examples.values();
        this.labels = examples.labels();
        this.width = examples.width();
        this.rowDims = List.copyOf(rowDims);
        this.plan = plan;
        this.order = new int[labels.length];
        Arrays.setAll(order, i -> i);
        rows = Math.min(plan.rowsPerUpdate(), labels.length);
        start = new float[rows * width];
        low = new float[start.length];
        high = new float[start.length];
        sharedStart = SharedFloats.of(start.length);
        sharedLow = SharedFloats.of(start.length);
        sharedHigh = SharedFloats.of(start.length);
        sharedLabels = SharedLongs.of(rows);
        long[] dims = new long[rowDims.size() + 1];
        dims[0] = rows;
        for (int i = 1; i < dims.length; i++) {
            dims[i] = rowDims.get(i - 1);
        }
        batch =
                new Batch(
                        sharedStart.tensor(dims),
                        sharedLow.tensor(dims),
                        sharedHigh.tensor(dims),
                        sharedLabels.tensor(rows));
    }

    /// One update's examples, which stand until the next ones are taken.
    ///
    /// @param start random points in the budget
    /// @param low smallest allowed numbers
    /// @param high largest allowed numbers
    record Batch(HeldTensor start, HeldTensor low, HeldTensor high, HeldTensor labels) {}

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

    Batch take(int number, double eps, SplittableRandom random) {
        for (int i = 0; i < rows; i++) {
            int row = order[number * rows + i];
            sharedLabels.put(i, labels[row]);
            shifted(row, start, i, random);
        }
        for (int i = 0; i < start.length; i++) {
            float x = start[i];
            low[i] = (float) Math.max(x - eps, plan.low());
            high[i] = (float) Math.min(x + eps, plan.high());
            start[i] = Math.clamp((float) (x + eps * random.nextDouble(-1, 1)), low[i], high[i]);
        }
        sharedStart.put(0, start, 0, start.length);
        sharedLow.put(0, low, 0, low.length);
        sharedHigh.put(0, high, 0, high.length);
        return batch;
    }

    @Override
    public void close() {
        batch.start().close();
        batch.low().close();
        batch.high().close();
        batch.labels().close();
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
