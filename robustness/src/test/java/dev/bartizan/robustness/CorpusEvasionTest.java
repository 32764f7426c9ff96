package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Counts of the first 64 test images that withstand, against those that AutoAttack-standard left
/// (`robust_reference` in the corpora's manifest).
class CorpusEvasionTest {
    private static final int COUNT = 64;
    private static final float MNIST = 0.05f;
    private static final float CIFAR = 2 / 255f;

    private static void assertLeft(CorpusNets.Net net, Evasion evasion, int reference)
            throws IOException, InterruptedException {
        EvasionResult result = evasion.run(net.task(), EvasionListener.NONE);
        assertThat(result.robustCorrect())
                .as(result.attacks().toString())
                .isBetween(reference - 1, reference + 1);
        assertThat(result.doubts()).isEmpty();
    }

    @Test
    void mnistPerceptron() throws IOException, InterruptedException {
        assertLeft(CorpusNets.mnist("mnist-net_256x4.onnx", COUNT, MNIST), Evasion.quick(), 39);
    }

    @Test
    void mnistNetWithMaxPoolingWhereFixedStepsStayAtNine()
            throws IOException, InterruptedException {
        assertLeft(CorpusNets.mnist("Convnet_maxpool.onnx", COUNT, MNIST), Evasion.standard(), 5);
    }

    @Test
    void cifarNetWithStridedConvolutions() throws IOException, InterruptedException {
        assertLeft(
                CorpusNets.cifar(
                        "cifar_base_kw.onnx",
                        COUNT,
                        CIFAR,
                        List.of(.485f, .456f, .406f),
                        CorpusNets.three(.225f)),
                Evasion.quick(),
                38);
    }

    @Test
    void cifarNetWithResidualBlocks() throws IOException, InterruptedException {
        assertLeft(
                CorpusNets.cifar(
                        "resnet_2b.onnx",
                        COUNT,
                        CIFAR,
                        List.of(.4914f, .4822f, .4465f),
                        List.of(.2471f, .2435f, .2616f)),
                Evasion.quick(),
                37);
    }

    @Test
    void cifarNetWithChannelsLast() throws IOException, InterruptedException {
        assertLeft(
                CorpusNets.cifar(
                        "cifar10_medium.onnx",
                        COUNT,
                        CIFAR,
                        CorpusNets.three(0),
                        CorpusNets.three(1)),
                Evasion.quick(),
                18);
    }
}
