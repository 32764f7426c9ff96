package dev.bartizan.formats.images;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.npy.NpyArray;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Reads the binary version of CIFAR-10 and CIFAR-100 from untrusted bytes: for each image its
/// class in one byte (CIFAR-100: the coarse and the fine one), then 3 planes of 32 x 32 bytes, red,
/// green, blue (A. Krizhevsky, "The CIFAR-10 dataset", section "Binary version").
public final class CifarReader {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int CLASSES_10 = 10;
    private static final int COARSE_100 = 20;
    private static final int FINE_100 = 100;

    private CifarReader() {}

    /// Whether the bytes can be such a file, as far as length and classes tell.
    public static boolean canRead(ByteBuffer bytes) {
        return classBytes(bytes).isPresent();
    }

    /// How many class bytes stand before each image.
    private static Optional<Integer> classBytes(ByteBuffer bytes) {
        if (fits(bytes, 1)) {
            return Optional.of(1);
        }
        return fits(bytes, 2) ? Optional.of(2) : Optional.empty();
    }

    private static boolean fits(ByteBuffer bytes, int labels) {
        int size = PIXELS + labels;
        if (bytes.remaining() == 0 || bytes.remaining() % size != 0) {
            return false;
        }
        for (int at = 0; at < bytes.remaining(); at += size) {
            int first = bytes.get(bytes.position() + at) & 0xff;
            int last = bytes.get(bytes.position() + at + labels - 1) & 0xff;
            boolean isOne =
                    labels == 1 ? first < CLASSES_10 : first < COARSE_100 && last < FINE_100;
            if (!isOne) {
                return false;
            }
        }
        return true;
    }

    /// Reads at most the first `count` images, `[rows, 3, 32, 32]`, with their (fine) classes.
    ///
    /// @throws FormatException when the bytes are no such file
    public static LabelledArray read(ByteBuffer bytes, int count) throws FormatException {
        int labels =
                classBytes(bytes)
                        .orElseThrow(() ->
                                FormatException.broken(
                                        0,
                                        "Not a CIFAR file: "
                                                + bytes.remaining()
                                                + " bytes are no whole number of images with a valid class"));
        int size = PIXELS + labels;
        int rows = Math.min(count, bytes.remaining() / size);
        float[] values = new float[Math.multiplyExact(rows, PIXELS)];
        long[] classes = new long[rows];
        for (int row = 0; row < rows; row++) {
            int at = bytes.position() + row * size + labels;
            classes[row] = bytes.get(at - 1) & 0xff;
            for (int i = 0; i < PIXELS; i++) {
                values[row * PIXELS + i] = bytes.get(at + i) & 0xff;
            }
        }
        return new LabelledArray(
                NpyArray.of(List.of(rows, 3, SIDE, SIDE), values),
                Optional.of(NpyArray.of(List.of(rows), classes)));
    }
}
