package dev.bartizan.formats.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;

/// Writes the elements of a tensor one after another, the last axis fastest, little-endian,
/// whatever its strides and byte order are.
final class TensorBytes {
    private static final int BLOCK_BYTES = 1 << 18;

    private final Tensor tensor;
    private final OutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;

    private TensorBytes(Tensor tensor, OutputStream out) {
        this.tensor = tensor;
        this.out = out;
    }

    static void write(Tensor tensor, OutputStream out) throws IOException {
        if (tensor.byteCount() > 0) {
            new TensorBytes(tensor, out).write();
        }
    }

    private void write() throws IOException {
        int axes = tensor.shape().size();
        int inner = axes;
        long run = 1; // elements that follow one another both in the tensor and in its storage
        while (inner > 0 && isJoined(inner - 1, run)) {
            run *= tensor.shape().get(--inner);
        }
        long[] index = new long[inner];
        long at = tensor.offset();
        while (true) {
            copy(at * tensor.type().bytes(), run * tensor.type().bytes());
            int axis = inner - 1;
            while (axis >= 0 && index[axis] == tensor.shape().get(axis) - 1) {
                at -= index[axis] * tensor.strides().get(axis);
                index[axis--] = 0;
            }
            if (axis < 0) {
                break;
            }
            index[axis]++;
            at += tensor.strides().get(axis);
        }
        flush();
    }

    private boolean isJoined(int axis, long run) {
        return tensor.shape().get(axis) == 1 || tensor.strides().get(axis) == run;
    }

    private void copy(long from, long length) throws IOException {
        long at = from;
        long end = from + length;
        while (at < end) {
            if (filled == BLOCK_BYTES) {
                flush();
            }
            int wanted = (int) Math.min(end - at, BLOCK_BYTES - filled);
            int got = tensor.storage().bytes().read(at, block, filled, wanted);
            if (got <= 0) {
                throw new IOException("the bytes of a tensor end early");
            }
            filled += got;
            at += got;
        }
    }

    /// Blocks hold whole elements: every element's size divides the block's.
    private void flush() throws IOException {
        if (tensor.storage().order() == ByteOrder.BIG_ENDIAN) {
            swap(tensor.type().swappedBytes());
        }
        out.write(block, 0, filled);
        filled = 0;
    }

    private void swap(int size) {
        for (int start = 0; start + size <= filled; start += size) {
            for (int low = start, high = start + size - 1; low < high; low++, high--) {
                byte kept = block[low];
                block[low] = block[high];
                block[high] = kept;
            }
        }
    }
}
