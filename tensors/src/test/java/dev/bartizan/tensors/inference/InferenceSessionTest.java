package dev.bartizan.tensors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceSessionTest {
    private static final InferenceLimits SHORT =
            new InferenceLimits(1, Duration.ofSeconds(60), Duration.ofMillis(300), 1000);

    private static OnnxValueInfo scalar(String name, OnnxElementType type) {
        return OnnxValueInfo.tensor(name, type);
    }

    private static byte[] model(List<OnnxNode> nodes, OnnxTensor... constants) {
        return OnnxWriter.bytes(
                OnnxModel.of(
                        8,
                        17,
                        "test",
                        OnnxGraph.of(
                                "g",
                                nodes,
                                List.of(constants),
                                List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n")),
                                List.of(OnnxValueInfo.tensor("y", OnnxElementType.FLOAT, "m")))));
    }

    private static Map<String, DenseTensor> ones() {
        return Map.of("x", DenseTensor.of(OnnxElementType.FLOAT, List.of(2L), 1, 1));
    }

    @Test
    void runThatNeverEndsIsStopped() throws InferenceException, InterruptedException {
        OnnxGraph body =
                OnnxGraph.of(
                        "body",
                        List.of(
                                OnnxNode.of("Identity", List.of("go"), List.of("on")),
                                OnnxNode.of("Add", List.of("sum", "sum"), List.of("next"))),
                        List.of(),
                        List.of(
                                scalar("i", OnnxElementType.INT64),
                                scalar("go", OnnxElementType.BOOL),
                                OnnxValueInfo.tensor("sum", OnnxElementType.FLOAT, "n")),
                        List.of(
                                scalar("on", OnnxElementType.BOOL),
                                OnnxValueInfo.tensor("next", OnnxElementType.FLOAT, "n")));
        OnnxNode loop =
                OnnxNode.of(
                        "Loop",
                        List.of("trips", "", "x"),
                        List.of("y"),
                        new OnnxAttribute("body", new OnnxAttributeValue.GraphValue(body)));
        byte[] model = model(List.of(loop), OnnxTensor.longs("trips", new long[0], Long.MAX_VALUE));
        try (InferenceSession session = InferenceSession.open(model, SHORT)) {
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() -> session.run(ones()))
                    .matches(e -> e.kind() == InferenceException.Kind.TIME_OUT);
        }
    }

    @Test
    void outputOverTheLimitIsNotRead() throws InferenceException, InterruptedException {
        OnnxNode expand = OnnxNode.of("Tile", List.of("x", "times"), List.of("y"));
        byte[] model = model(List.of(expand), OnnxTensor.longs("times", new long[] {1}, 5000));
        try (InferenceSession session = InferenceSession.open(model, SHORT)) {
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() -> session.run(ones()))
                    .matches(e -> e.kind() == InferenceException.Kind.TOO_LARGE);
        }
    }

    @Test
    void runsShareMemoryWithTheirCaller() throws InferenceException, InterruptedException {
        byte[] model = model(List.of(OnnxNode.of("Neg", List.of("x"), List.of("y"))));
        SharedFloats in = SharedFloats.of(3);
        SharedFloats out = SharedFloats.of(3);
        float[] seen = new float[2];
        try (InferenceSession session = InferenceSession.open(model, SHORT.keepingMemory());
                HeldTensor x = in.tensor(2);
                HeldTensor y = out.tensor(2)) {
            in.put(0, new float[] {9, 1, 2}, 1, 2);
            session.run(Map.of("x", x), Map.of("y", y));
            in.put(1, new float[] {7}, 0, 1);
            session.run(Map.of("x", x), Map.of("y", y));
            out.get(0, seen, 0, 2);
        }
        assertThat(seen).containsExactly(-1, -7);
    }

    @Test
    void anOutputThatDoesNotFitItsMemoryIsRefused()
            throws InferenceException, InterruptedException {
        byte[] model = model(List.of(OnnxNode.of("Neg", List.of("x"), List.of("y"))));
        SharedFloats memory = SharedFloats.of(4);
        try (InferenceSession session = InferenceSession.open(model, SHORT);
                HeldTensor x = memory.tensor(2);
                HeldTensor y = memory.tensor(1)) {
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() -> session.run(Map.of("x", x), Map.of("y", y)));
        }
    }

    @Test
    void portsAreThoseOfTheModel() throws InferenceException, InterruptedException {
        byte[] model = model(List.of(OnnxNode.of("Neg", List.of("x"), List.of("y"))));
        try (InferenceSession session = InferenceSession.open(model, SHORT)) {
            assertThat(session.inputs()).hasToString("[x float[?]]");
            assertThat(session.run(ones()))
                    .hasEntrySatisfying("y", y -> assertThat(y.number(1)).isEqualTo(-1));
        }
    }

    @Test
    void bytesThatAreNoModelAreSaid() {
        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() ->
                        InferenceSession.open("nothing".getBytes(StandardCharsets.UTF_8), SHORT))
                .matches(e -> e.kind() == InferenceException.Kind.INVALID_MODEL);
    }

    @Test
    void inputOfAnotherRankIsRefused() throws InferenceException, InterruptedException {
        byte[] model = model(List.of(OnnxNode.of("Neg", List.of("x"), List.of("y"))));
        try (InferenceSession session = InferenceSession.open(model, SHORT)) {
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() ->
                            session.run(
                                    Map.of(
                                            "x",
                                            DenseTensor.of(
                                                    OnnxElementType.FLOAT, List.of(1L, 1L), 1))))
                    .matches(e -> e.kind() == InferenceException.Kind.REFUSED_INPUT);
        }
    }
}
