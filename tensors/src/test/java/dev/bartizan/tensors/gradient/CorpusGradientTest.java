package dev.bartizan.tensors.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gradients of whole nets against differences along random directions, taken by the reference
/// interpreter in double precision on the file as it is.
class CorpusGradientTest {
    private static final double STEP = 1e-6;
    private static final int DIRECTIONS = 4;

    private static double objective(DoubleInterpreter reference, Doubles x, double[] seed) {
        double[] scores = reference.run(x).values;
        double sum = 0;
        for (int i = 0; i < seed.length; i++) {
            sum += seed[i] * scores[i];
        }
        return sum;
    }

    private static Doubles moved(Doubles x, double[] direction, double length) {
        double[] values = x.values.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += length * direction[i];
        }
        return new Doubles(x.shape, values);
    }

    @ParameterizedTest
    @CsvSource({
        "mnist-net_256x2.onnx, 784;1",
        "mnist_relu_9_200.onnx, 1;28;28",
        "Convnet_maxpool.onnx, 1;28;28",
        "Convnet_avgpool.onnx, 1;28;28",
        "cifar_base_kw.onnx, 3;32;32",
        "cifar_deep_kw.onnx, 3;32;32",
        "resnet_2b.onnx, 3;32;32",
        "cifar10_medium.onnx, 32;32;3"
    })
    void gradientOfANetIsThatOfDifferences(String file, String dims)
            throws IOException, InterruptedException {
        List<Long> row = new ArrayList<>();
        for (String dim : dims.split(";", -1)) {
            row.add(Long.valueOf(dim));
        }
        OnnxModel model = OnnxReader.read(Corpora.folder("models").resolve(file));
        GradientGraph graph = GradientGraph.of(model, row);
        assertThat(graph.takesBatches()).isTrue();
        List<Long> batch = new ArrayList<>(row);
        batch.addFirst(1L);
        int[] shape = batch.stream().mapToInt(Math::toIntExact).toArray();
        SplittableRandom random = new SplittableRandom(21);
        double[] values = random.doubles(Doubles.size(shape)).map(value -> (float) value).toArray();
        double[] seed =
                random.doubles(graph.classes(), -1, 1).map(value -> (float) value).toArray();
        DenseTensor gradient = gradient(graph, batch, values, seed);
        DoubleInterpreter reference = new DoubleInterpreter(model.graph());
        Doubles x = new Doubles(shape, values);
        for (int i = 0; i < DIRECTIONS; i++) {
            double[] direction = random.doubles(values.length, -1, 1).toArray();
            double difference =
                    (objective(reference, moved(x, direction, STEP), seed)
                                    - objective(reference, moved(x, direction, -STEP), seed))
                            / (2 * STEP);
            double product = 0;
            double size = 0;
            for (int k = 0; k < values.length; k++) {
                product += gradient.number(k) * direction[k];
                size += Math.abs(gradient.number(k) * direction[k]);
            }
            assertThat(product).isCloseTo(difference, within(2e-5 * size));
        }
    }

    private static DenseTensor gradient(
            GradientGraph graph, List<Long> batch, double[] values, double[] seed)
            throws IOException, InterruptedException {
        try (InferenceSession session =
                InferenceSession.open(
                        OnnxWriter.bytes(graph.gradient(Objective.SEED)),
                        InferenceLimits.DEFAULT)) {
            DenseTensor gradient =
                    session.run(
                                    Map.of(
                                            graph.input(),
                                            DenseTensor.of(graph.inputType(), batch, values),
                                            GradientGraph.SEED,
                                            DenseTensor.of(
                                                    graph.inputType(),
                                                    List.of(1L, (long) graph.classes()),
                                                    seed)))
                            .get(GradientGraph.GRADIENT);
            if (gradient == null) {
                throw new AssertionError("No gradient");
            }
            return gradient;
        }
    }
}
