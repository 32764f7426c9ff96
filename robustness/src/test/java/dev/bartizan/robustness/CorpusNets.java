package dev.bartizan.robustness;

import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Nets and images of the corpora, which lie outside the repository.
final class CorpusNets {
    private static final int MNIST_HEADER = 16;
    private static final int MNIST_PIXELS = 28 * 28;
    private static final int CIFAR_PLANE = 32 * 32;
    private static final int CIFAR_ROW = 1 + 3 * CIFAR_PLANE;

    /// A net with the examples and the budget of its inputs.
    record Net(EvasionTask task) {}

    private CorpusNets() {}

    static Path folder() {
        return Corpora.folder("models");
    }

    private static byte[] unzipped(String name, int most) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder().resolve(name)))) {
            return in.readNBytes(most);
        }
    }

    static Net mnist(String file, int count, float eps) throws IOException {
        byte[] images =
                unzipped(
                        "mnist-test-0-4999-images-idx3-ubyte.gz",
                        MNIST_HEADER + count * MNIST_PIXELS);
        byte[] classes = unzipped("mnist-test-0-4999-labels-idx1-ubyte.gz", 8 + count);
        float[] values = new float[count * MNIST_PIXELS];
        int[] labels = new int[count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (images[MNIST_HEADER + i] & 0xff) / 255f;
        }
        for (int i = 0; i < count; i++) {
            labels[i] = classes[8 + i];
        }
        DeployedModel model = DeployedModel.read(folder().resolve(file));
        List<Long> dims = file.startsWith("mnist-net") ? List.of(784L, 1L) : List.of(1L, 28L, 28L);
        return new Net(
                EvasionTask.of(
                        model,
                        dims,
                        new Examples(values, labels),
                        Ball.of(Norm.LINF, MNIST_PIXELS, eps, 0, 1),
                        1));
    }

    /// CIFAR-10 images, brought to mean 0 and deviation 1 by channel before the net sees them.
    static Net cifar(String file, int count, float eps, List<Float> mean, List<Float> deviation)
            throws IOException {
        byte[] images = unzipped("cifar10-test-0-499.bin.gz", count * CIFAR_ROW);
        boolean isChannelLast = file.startsWith("cifar10_medium");
        float[] values = new float[count * 3 * CIFAR_PLANE];
        int[] labels = new int[count];
        float[] means = new float[3 * CIFAR_PLANE];
        float[] deviations = new float[3 * CIFAR_PLANE];
        for (int place = 0; place < 3 * CIFAR_PLANE; place++) {
            int channel = place / CIFAR_PLANE;
            int to = isChannelLast ? place % CIFAR_PLANE * 3 + channel : place;
            means[to] = mean.get(channel);
            deviations[to] = deviation.get(channel);
            for (int row = 0; row < count; row++) {
                values[row * 3 * CIFAR_PLANE + to] =
                        (images[row * CIFAR_ROW + 1 + place] & 0xff) / 255f;
            }
        }
        for (int row = 0; row < count; row++) {
            labels[row] = images[row * CIFAR_ROW];
        }
        DeployedModel model = DeployedModel.read(folder().resolve(file));
        List<Long> dims = isChannelLast ? List.of(32L, 32L, 3L) : List.of(3L, 32L, 32L);
        return new Net(
                new EvasionTask(
                        model,
                        dims,
                        Preprocessing.of(means, deviations),
                        new Examples(values, labels),
                        Ball.of(Norm.LINF, 3 * CIFAR_PLANE, eps, 0, 1),
                        1,
                        EvasionTask.ROWS_AT_ONCE,
                        Device.CPU,
                        Optional.empty()));
    }

    static List<Float> three(float value) {
        return new ArrayList<>(Arrays.asList(value, value, value));
    }
}
