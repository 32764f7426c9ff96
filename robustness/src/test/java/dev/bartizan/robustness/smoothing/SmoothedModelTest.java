package dev.bartizan.robustness.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmoothedModelTest {
    private static final SmoothedModel.Noise NOISE = new SmoothedModel.Noise(0.5, 4000, 3);

    /// Class 0 left of the plane where the first number is 0, class 1 right of it.
    private static OnnxModel plane() {
        return OnnxModel.of(
                8,
                17,
                "test",
                OnnxGraph.of(
                        "plane",
                        List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("y"))),
                        List.of(OnnxTensor.floats("w", new long[] {2, 2}, -1, 1, 0, 0)),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "1", "2")),
                        List.of(OnnxValueInfo.tensor("y", OnnxElementType.FLOAT, "1", "2"))));
    }

    private static OnnxModel smoothed(OnnxModel plain, float... units)
            throws IOException, InterruptedException {
        return SmoothedModel.of(plain, GradientGraph.of(plain, List.of(2L)), units, NOISE);
    }

    private static double[] scores(OnnxModel model, String output, float... x)
            throws IOException, InterruptedException {
        try (InferenceSession session =
                InferenceSession.open(OnnxWriter.bytes(model), InferenceLimits.DEFAULT)) {
            DenseTensor y =
                    Optional.ofNullable(
                                    session.run(
                                                    Map.of(
                                                            "x",
                                                            DenseTensor.ofFloats(
                                                                    List.of(1L, 2L), x)))
                                            .get(output))
                            .orElseThrow();
            return new double[] {y.number(0), y.number(1)};
        }
    }

    @Test
    void votesAreTheShareOfTheNoiseOnEachSide() throws IOException, InterruptedException {
        OnnxModel model = smoothed(plane(), 1, 1);
        double[] shares = scores(model, "y", 0.4f, 7);
        assertThat(shares[1]).isCloseTo(Normal.below(0.4 / 0.5), within(0.02));
        assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-6));
        assertThat(scores(model, "y", 0.4f, 7)).as("in a new session").isEqualTo(shares);
    }

    @Test
    void noiseIsInTheUnitsOfExamples() throws IOException, InterruptedException {
        OnnxModel model = smoothed(plane(), 4, 1);
        assertThat(scores(model, "y", 0.4f, 7)[1]).isCloseTo(Normal.below(0.4 / 2), within(0.02));
    }

    @Test
    void theInterfaceStays() throws IOException, InterruptedException {
        OnnxModel plain = plane();
        OnnxModel model = smoothed(plain, 1, 1);
        assertThat(model.graph().inputs()).isEqualTo(plain.graph().inputs());
        assertThat(model.graph().outputs()).isEqualTo(plain.graph().outputs());
    }

    @Test
    void theClassifierInsideIsFoundAgain() throws IOException, InterruptedException {
        OnnxModel plain = plane();
        SmoothedModel.Inside inside = SmoothedModel.inside(smoothed(plain, 1, 1)).orElseThrow();
        assertThat(inside.sigma()).isEqualTo(0.5);
        String output = inside.model().graph().outputs().getFirst().name();
        assertThat(scores(inside.model(), output, 0.4f, 7)).isEqualTo(scores(plain, "y", 0.4f, 7));
        assertThat(SmoothedModel.inside(plain)).isEmpty();
    }

    @Test
    void whatCannotVoteIsRefused() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> smoothed(doubles(), 1, 1))
                .withMessageContaining("single-precision");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SmoothedModel.Noise(0, 10, 1));
    }

    private static OnnxModel doubles() {
        return OnnxModel.of(
                8,
                17,
                "test",
                OnnxGraph.of(
                        "doubles",
                        List.of(OnnxNode.of("Neg", List.of("x"), List.of("y"))),
                        List.of(),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.DOUBLE, "1", "2")),
                        List.of(OnnxValueInfo.tensor("y", OnnxElementType.DOUBLE, "1", "2"))));
    }
}
