package dev.bartizan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.bartizan.core.Digest;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleFilesTest {
    private static final Map<String, byte[]> FILES = ExampleFiles.all();
    private static final boolean REWRITE = Boolean.getBoolean("examples.rewrite");
    private static final Pattern PIN =
            Pattern.compile("path: ([^ ,}]+), sha256: ([0-9a-f]{64}|PIN)");
    private static final long MOST_BYTES = 300_000;

    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("build")) && Files.exists(at.resolve("examples"))) {
                return at.resolve("examples");
            }
        }
        throw new AssertionError("No repository around " + here);
    }

    @Test
    void committedFilesAreThoseTheGeneratorMakes() throws IOException {
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            Path path = folder().resolve(file.getKey());
            if (REWRITE) {
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            assertThat(Files.readAllBytes(path)).as(file.getKey()).isEqualTo(file.getValue());
        }
        assertThat(FILES.values().stream().mapToLong(bytes -> bytes.length).sum())
                .isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims-desk", "clean-desk", "quickstart"})
    void pinsOfTheSystemFileAreTheDigestsOfItsFiles(String example) throws IOException {
        Path system = folder().resolve(example).resolve("system.yaml");
        String text = Files.readString(system);
        if (REWRITE) {
            text =
                    PIN.matcher(text)
                            .replaceAll(pin ->
                                    "path: "
                                            + pin.group(1)
                                            + ", sha256: "
                                            + digest(example, pin.group(1)));
            Files.writeString(system, text);
        }
        Matcher pin = PIN.matcher(text);
        int pins = 0;
        while (pin.find()) {
            assertThat(pin.group(2)).as(pin.group(1)).isEqualTo(digest(example, pin.group(1)));
            pins++;
        }
        assertThat(pins).isPositive();
    }

    /// Digest of what the generator makes, so that no order of the tests matters.
    private static String digest(String example, String path) {
        byte[] bytes = FILES.get(example + "/" + path);
        if (bytes == null) {
            throw new AssertionError("Nothing makes " + path);
        }
        return Digest.of(bytes).hex();
    }

    @Test
    void fraudModelIsRightOnNineOfTenClaimsItHasNotSeen() {
        Table claims = ExampleFiles.claims();
        Table unseen = claims.slice(ExampleFiles.TRAINING_ROWS, claims.rows().size());
        double accuracy = ExampleFiles.fraudNetwork(claims).accuracy(unseen);
        assertThat(accuracy).isGreaterThan(0.9);
        assertThat(unseen.labels().stream().filter(label -> label == 1).count())
                .isBetween(80L, 240L);
    }

    @Test
    void onnxRuntimeAnswersAsThePlainJavaForwardPass() throws OrtException {
        Table claims = ExampleFiles.claims().slice(0, 200);
        Network network = ExampleFiles.fraudNetwork(ExampleFiles.claims());
        byte[] model = OnnxWriter.bytes(network.toOnnx("fraud", "claim", "probability"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {claims.rows().size(), claims.columns().size()};
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input =
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(claims.floats()), shape);
                OrtSession.Result result = session.run(Map.of("claim", input))) {
            float[][] answers = (float[][]) result.get(0).getValue();
            for (int row = 0; row < answers.length; row++) {
                double[] expected = network.probabilities(claims.rows().get(row));
                assertThat((double) answers[row][1])
                        .isCloseTo(expected[1], org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void rowsStayInsideTheDescribedRanges() {
        for (Table table : List.of(ExampleFiles.claims(), ExampleFiles.tickets())) {
            for (double[] row : table.rows()) {
                for (int column = 0; column < row.length; column++) {
                    Column described = table.columns().get(column);
                    assertThat(row[column])
                            .as(described.name())
                            .isBetween(described.min(), described.max());
                }
            }
        }
    }
}
