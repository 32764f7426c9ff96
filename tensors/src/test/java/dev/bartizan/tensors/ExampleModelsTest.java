package dev.bartizan.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleModelsTest {
    private static Path examples() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("build")) && Files.exists(at.resolve("examples"))) {
                return at.resolve("examples");
            }
        }
        throw new AssertionError("No repository around " + here);
    }

    private static void assertSound(
            String example, String model, String input, int width, double accuracy)
            throws IOException, InterruptedException {
        TestSystem test =
                new TestSystem(examples().resolve(example))
                        .with("artifact", Map.of("path", model))
                        .with(
                                "samples",
                                Map.of(
                                        "inputs", "data/x.npy",
                                        "labels", "data/y.npy",
                                        "features", "data/features.yaml"))
                        .with(
                                "contract",
                                Map.of(
                                        "inputs", Map.of(input, List.of("batch", width)),
                                        "outputs", Map.of("probability", List.of("batch", 2)),
                                        "accuracy", accuracy));
        List<Observation> seen =
                new ModelContractCheck().run(test.system(), test.element(), TestSystem.CONTEXT);
        assertThat(seen.stream().<Class<?>>map(one -> one.outcome().getClass()))
                .as(seen.toString())
                .containsExactly(
                        Outcome.Cleared.class, Outcome.Withstood.class, Outcome.Cleared.class);
    }

    @Test
    void fraudModelKeepsItsContract() throws IOException, InterruptedException {
        assertSound("claims-desk", "models/fraud.onnx", "claim", 12, 0.9);
    }

    @Test
    void urgencyModelKeepsItsContract() throws IOException, InterruptedException {
        assertSound("clean-desk", "models/urgency.onnx", "ticket", 4, 0.9);
    }
}
