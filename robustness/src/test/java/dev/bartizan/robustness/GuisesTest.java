package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.gradient.ScoreOutput;
import dev.bartizan.tensors.inference.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One linear rule over whole numbers from 0 to 255, written in the ways in which models are
/// deployed. An example is broken within radius r exactly when its distance from the boundary is
/// below r times the sum of |w|, whatever the guise.
class GuisesTest {
    private static final int WIDTH = 12;
    private static final int ROWS = 60;
    private static final float RADIUS = 9;
    private static final String N = Integer.toString(WIDTH);

    private final float[] weights = new float[WIDTH];
    private final float[] values = new float[ROWS * WIDTH];
    private final int[] labels = new int[ROWS];
    private final double[] margins = new double[ROWS];
    private double reach;

    GuisesTest() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < WIDTH; i++) {
            weights[i] = random.nextInt(-32, 33) / 256f;
            reach += RADIUS * Math.abs(weights[i]);
        }
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int i = 0; i < WIDTH; i++) {
                values[row * WIDTH + i] = random.nextInt(20, 236);
                sum += (double) weights[i] * (values[row * WIDTH + i] - 128);
            }
            labels[row] = sum > 0 ? 1 : 0;
            margins[row] = Math.abs(sum);
        }
    }

    /// @param name what is tested
    /// @param input type of the input
    /// @param rows size of its first dimension
    /// @param hasOneScore whether there is one score instead of two
    /// @param nodes that make `z` of `x`
    record Guise(
            String name,
            OnnxElementType input,
            String rows,
            boolean hasOneScore,
            List<OnnxNode> nodes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static OnnxNode op(String opType, String inputs, String output) {
        return OnnxNode.of(opType, List.of(inputs.split(",", -1)), List.of(output));
    }

    private static OnnxNode cast(String from, String to, OnnxElementType type) {
        return OnnxNode.of(
                "Cast", List.of(from), List.of(to), OnnxAttribute.of("to", (long) type.number()));
    }

    static Stream<Guise> guises() {
        List<OnnxNode> two = List.of(op("Sub", "x,m", "c"), op("MatMul", "c,w2", "z"));
        List<OnnxNode> one =
                List.of(op("Sub", "x,m", "c"), op("MatMul", "c,w1", "s"), op("Sigmoid", "s", "z"));
        List<OnnxNode> whole =
                List.of(
                        cast("x", "f", OnnxElementType.FLOAT),
                        op("Sub", "f,m", "c"),
                        op("MatMul", "c,w2", "z"));
        List<OnnxNode> twice =
                List.of(op("Sub", "x,m", "c"), op("MatMul", "c,w2", "s"), op("Softmax", "s", "z"));
        List<OnnxNode> half =
                List.of(
                        cast("x", "h", OnnxElementType.FLOAT16),
                        op("Sub", "h,mh", "ch"),
                        cast("ch", "c", OnnxElementType.FLOAT),
                        op("MatMul", "c,w2", "z"));
        return Stream.of(
                new Guise("plain", OnnxElementType.FLOAT, "n", false, two),
                new Guise("softmax", OnnxElementType.FLOAT, "1", false, twice),
                new Guise("eight rows at once", OnnxElementType.FLOAT, "8", false, two),
                new Guise("one sigmoid", OnnxElementType.FLOAT, "n", true, one),
                new Guise("one sigmoid, one row", OnnxElementType.FLOAT, "1", true, one),
                new Guise("bytes", OnnxElementType.UINT8, "n", false, whole),
                new Guise("whole numbers", OnnxElementType.INT64, "1", false, whole),
                new Guise("half inside", OnnxElementType.FLOAT, "n", false, half),
                new Guise("double", OnnxElementType.DOUBLE, "n", false, whole));
    }

    private DeployedModel model(Guise guise) {
        float[] both = new float[2 * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            both[2 * i] = -weights[i] / 2;
            both[2 * i + 1] = weights[i] / 2;
        }
        String scores = guise.hasOneScore() ? "1" : "2";
        ByteBuffer half = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        half.putShort(Float.floatToFloat16(128)).flip();
        return DeployedModel.of(
                OnnxModel.of(
                        10,
                        21,
                        "test",
                        OnnxGraph.of(
                                "g",
                                guise.nodes(),
                                List.of(
                                        OnnxTensor.floats("m", new long[0], 128),
                                        OnnxTensor.inline(
                                                "mh", OnnxElementType.FLOAT16, new long[0], half),
                                        OnnxTensor.floats("w1", new long[] {WIDTH, 1}, weights),
                                        OnnxTensor.floats("w2", new long[] {WIDTH, 2}, both)),
                                List.of(OnnxValueInfo.tensor("x", guise.input(), guise.rows(), N)),
                                List.of(
                                        OnnxValueInfo.tensor(
                                                "z",
                                                OnnxElementType.FLOAT,
                                                guise.rows(),
                                                scores)))));
    }

    private EvasionResult attack(DeployedModel model) throws IOException, InterruptedException {
        return new Evasion(List.of(AutoPgd.crossEntropy(30), new FastAdaptiveBoundary(20, 9)))
                .run(
                        EvasionTask.of(
                                model,
                                List.of((long) WIDTH),
                                new Examples(values, labels),
                                Ball.of(Norm.LINF, WIDTH, RADIUS, 0, 255),
                                7),
                        EvasionListener.NONE);
    }

    @ParameterizedTest
    @MethodSource("guises")
    void exactlyTheBreakableExamplesAreBroken(Guise guise)
            throws IOException, InterruptedException {
        EvasionResult result = attack(model(guise));
        assertThat(result.cleanCorrect()).isEqualTo(ROWS);
        assertThat(result.isTrustworthy()).as("%s", result.doubts()).isTrue();
        boolean isWhole =
                guise.input() == OnnxElementType.UINT8 || guise.input() == OnnxElementType.INT64;
        for (int row = 0; row < ROWS; row++) {
            if (Math.abs(margins[row] - reach) > 1e-3 * reach) {
                assertThat(result.isBroken(row)).as("row " + row).isEqualTo(margins[row] < reach);
            }
        }
        for (float number : result.changed()) {
            assertThat(!isWhole || number == Math.rint(number)).isTrue();
        }
    }

    @Test
    void aSingleNumberNeedsAThresholdWhereNoSigmoidSaysIt()
            throws IOException, InterruptedException {
        List<OnnxNode> line = List.of(op("Sub", "x,m", "c"), op("MatMul", "c,w1", "z"));
        DeployedModel bare = model(new Guise("line", OnnxElementType.FLOAT, "n", true, line));
        assertThatThrownBy(() -> attack(bare))
                .isInstanceOf(GradientException.class)
                .hasMessageContaining("--threshold");
        EvasionResult result =
                attack(bare.scoredBy(new ScoreOutput(Optional.empty(), OptionalDouble.of(0))));
        long breakable = 0;
        for (double margin : margins) {
            breakable += margin < reach ? 1 : 0;
        }
        assertThat(ROWS - result.robustCorrect()).isEqualTo((int) breakable);
    }

    @Test
    void scoresAreTheOutputFromWhichNoOtherIsComputed() throws IOException, InterruptedException {
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        List.of(op("MatMul", "x,a", "features"), op("MatMul", "features,b", "z")),
                        List.of(
                                OnnxTensor.floats("a", new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
                                OnnxTensor.floats("b", new long[] {3, 2}, 1, 2, 3, 4, 5, 6)),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "2")),
                        List.of(
                                OnnxValueInfo.tensor("features", OnnxElementType.FLOAT, "n", "3"),
                                OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        DeployedModel model = DeployedModel.of(OnnxModel.of(10, 21, "t", graph));
        assertThat(classes(model)).isEqualTo(2);
        ScoreOutput features = new ScoreOutput(Optional.of("features"), OptionalDouble.empty());
        assertThat(classes(model.scoredBy(features))).isEqualTo(3);
        ScoreOutput none = new ScoreOutput(Optional.of("logits"), OptionalDouble.empty());
        assertThatThrownBy(() -> classes(model.scoredBy(none)))
                .hasMessageContaining("[features, z]");
    }

    private static int classes(DeployedModel model) throws IOException, InterruptedException {
        try (AttackedModel asked =
                AttackedModel.open(model, List.of(2L), Preprocessing.NONE, Device.CPU)) {
            return asked.classes();
        }
    }
}
