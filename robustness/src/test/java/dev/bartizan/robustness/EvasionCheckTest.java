package dev.bartizan.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Place;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two numbers, of which the first decides: above 0 it is class 1.
class EvasionCheckTest {
    private static final int ROWS = 40;

    @TempDir private Path folder;
    private final EvasionCheck check = new EvasionCheck();

    @BeforeEach
    void samples() throws IOException {
        float[] values = new float[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            values[2 * row] = (row - ROWS / 2 + 0.5f) / ROWS;
            values[2 * row + 1] = row % 3;
        }
        Files.write(folder.resolve("x.npy"), npy(values));
        write(List.of(OnnxNode.of("MatMul", List.of("x", "w"), List.of("z"))));
    }

    private static byte[] npy(float[] values) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + ROWS + ", 2), }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(128 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) padded.length());
        bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private void write(List<OnnxNode> nodes) throws IOException {
        OnnxGraph graph =
                OnnxGraph.of(
                        "g",
                        nodes,
                        List.of(
                                OnnxTensor.floats("w", new long[] {2, 2}, -1, 1, 0, 0),
                                OnnxTensor.floats("k", new long[0], 1000)),
                        List.of(OnnxValueInfo.tensor("x", OnnxElementType.FLOAT, "n", "2")),
                        List.of(OnnxValueInfo.tensor("z", OnnxElementType.FLOAT, "n", "2")));
        Files.write(folder.resolve("m.onnx"), OnnxWriter.bytes(OnnxModel.of(10, 21, "t", graph)));
    }

    private Observation run(Map<String, Object> samples, Map<String, Object> parameters)
            throws IOException, InterruptedException {
        Map<String, Object> named = new LinkedHashMap<>(samples);
        named.put("inputs", "x.npy");
        Element model =
                new Element(
                        "m",
                        ElementKind.MODEL_ARTIFACT,
                        "m",
                        "",
                        new Attributes(
                                Map.of("artifact", Map.of("path", "m.onnx"), "samples", named)),
                        Place.NOWHERE);
        AiSystem system =
                new AiSystem(
                        "s",
                        folder.resolve("system.yaml"),
                        Attributes.NONE,
                        "staging",
                        Map.of(),
                        Map.of("m", model),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        assertThat(check.isApplicable(system, model)).isTrue();
        assertThat(check.target(system, model)).isPresent();
        Context context =
                new Context(
                        Clock.systemUTC(),
                        5,
                        new Attributes(parameters),
                        Context.Progress.SILENT,
                        false);
        return check.run(system, model, context).getFirst();
    }

    @Test
    void answersWithinTheDeclaredBudgetTurn() throws IOException, InterruptedException {
        Observation seen =
                run(Map.of("budget", Map.of("eps", 0.1), "box", List.of(-1, 2)), Map.of());
        assertThat(seen.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Confirmed.class,
                        confirmed -> {
                            assertThat(confirmed.trials()).isEqualTo(ROWS);
                            assertThat(confirmed.successes()).isEqualTo(8);
                        });
        assertThat(new String(seen.raw().getFirst().bytes(), StandardCharsets.UTF_8).lines())
                .hasSize(9);
    }

    @Test
    void aToleratedShareCountsAsWithstood() throws IOException, InterruptedException {
        Observation seen =
                run(
                        Map.of("budget", Map.of("eps", 0.1), "box", List.of(-1, 2)),
                        Map.of("tolerance", 0.25));
        assertThat(seen.outcome()).isInstanceOf(Outcome.Withstood.class);
    }

    @Test
    void columnsOfWholeNumbersStayWhenNothingIsDeclared() throws IOException, InterruptedException {
        Observation seen = run(Map.of(), Map.of());
        assertThat(seen.summary()).contains("1 of 2 columns").startsWith("2 of 40");
    }

    @Test
    void whatMasksItsGradientIsNotCalledRobust() throws IOException, InterruptedException {
        List<OnnxNode> nodes = new ArrayList<>();
        nodes.add(OnnxNode.of("MatMul", List.of("x", "w"), List.of("s")));
        nodes.add(OnnxNode.of("Sign", List.of("s"), List.of("g")));
        nodes.add(OnnxNode.of("Mul", List.of("g", "k"), List.of("z")));
        write(nodes);
        Observation seen =
                run(Map.of("budget", Map.of("eps", 0.001), "box", List.of(-1, 2)), Map.of());
        assertThat(seen.outcome()).isInstanceOf(Outcome.CouldNotTell.class);
    }
}
