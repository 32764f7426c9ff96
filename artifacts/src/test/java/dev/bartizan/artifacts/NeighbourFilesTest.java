package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that name others beside them as parts of a model.
class NeighbourFilesTest {
    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void weights(String name) throws IOException {
        Files.write(folder.resolve(name), TensorTrials.safetensors(new byte[16]));
    }

    private FileReport report(String name) throws IOException {
        return new Scanner()
                .scan(folder).files().stream()
                        .filter(file -> file.path().endsWith("/" + name))
                        .findFirst()
                        .orElseThrow();
    }

    private static String index(String... tensorsAndShards) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < tensorsAndShards.length; i += 2) {
            map.append(i == 0 ? "" : ",")
                    .append("\"" + tensorsAndShards[i] + "\":\"" + tensorsAndShards[i + 1] + "\"");
        }
        return "{\"metadata\":{\"total_size\":16},\"weight_map\":{" + map + "}}";
    }

    @Test
    void anIndexOfWhatIsThereIsClean() throws IOException {
        write("model.safetensors.index.json", index("w", "model-1.safetensors"));
        weights("model-1.safetensors");

        assertThat(report("model.safetensors.index.json").verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void aShardThatIsNotThereIsSaid() throws IOException {
        write(
                "model.safetensors.index.json",
                index("w", "model-1.safetensors", "v", "model-2.safetensors"));
        write("pytorch_model.bin.index.json", index("w", "pytorch_model-1.bin"));
        weights("model-1.safetensors");

        FileReport report = report("model.safetensors.index.json");
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.notCovered())
                .containsExactly("names \"model-2.safetensors\", which is not here");
        assertThat(report.findings()).isEmpty();
        assertThat(report("pytorch_model.bin.index.json").verdict()).isEqualTo(Verdict.NOT_COVERED);
    }

    @Test
    void aTensorThatItsShardLacksIsSaid() throws IOException {
        write(
                "model.safetensors.index.fp16.json",
                index("w", "model-1.safetensors", "v", "model-1.safetensors"));
        weights("model-1.safetensors");

        FileReport report = report("model.safetensors.index.fp16.json");
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.notCovered().getFirst()).contains("1 tensors", "\"v\"");
    }

    @Test
    void anIndexAloneIsClean() throws IOException {
        Path file = folder.resolve("model.safetensors.index.json");
        Files.writeString(file, index("w", "model-1.safetensors"));

        assertThat(new Scanner().scan(file).files().getFirst().verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void filesOfMlflowAreLookedFor() throws IOException {
        String flavors =
                "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.skops\n    code: null\n  keras:\n    data: data\n";
        write("a/MLmodel", flavors);
        write("a/data/note.txt", "one");
        write("b/MLmodel", flavors);
        write("b/data/note.txt", "one");
        write("b/model.skops", "two");

        assertThat(report("a/MLmodel").notCovered())
                .containsExactly("names \"model.skops\", which is not here");
        assertThat(report("b/MLmodel").notCovered()).isEmpty();
    }

    @Test
    void modulesAreLookedFor() throws IOException {
        write(
                "modules.json",
                "[{\"idx\":0,\"name\":\"0\",\"path\":\"\",\"type\":\"sentence_transformers.models.Transformer\"},"
                        + "{\"idx\":1,\"name\":\"1\",\"path\":\"1_Pooling\",\"type\":\"sentence_transformers.models.Pooling\"},"
                        + "{\"idx\":2,\"name\":\"2\",\"path\":\"2_Normalize\",\"type\":\"sentence_transformers.models.Normalize\"}]");
        assertThat(report("modules.json").notCovered())
                .containsExactly("names \"1_Pooling\", which is not here");

        write("1_Pooling/config.json", "{\"word_embedding_dimension\": 8}");
        assertThat(report("modules.json").verdict()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void pathsThatLeadElsewhereAreLeftToTheirOwnReports() throws IOException {
        write("model.safetensors.index.json", index("w", "../model-1.safetensors"));
        assertThat(report("model.safetensors.index.json").notCovered()).isEmpty();
    }
}
