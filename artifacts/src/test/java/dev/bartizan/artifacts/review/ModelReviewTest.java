package dev.bartizan.artifacts.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.Place;
import dev.bartizan.core.UnreadableTargetException;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.ElementType;
import dev.bartizan.formats.weights.SafetensorsWriter;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReviewTest {
    @TempDir private Path folder = Path.of("");

    private List<String> review(String artifact) throws IOException {
        Place place = new Place("system.yaml", 1, 1);
        Element element =
                new Element(
                        "m",
                        ElementKind.MODEL_ARTIFACT,
                        "m",
                        "",
                        new Attributes(Map.of("artifact", artifact)),
                        place);
        AiSystem system =
                new AiSystem(
                        "s",
                        folder.resolve("system.yaml"),
                        Attributes.NONE,
                        "staging",
                        Map.of(),
                        Map.of("m", element),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        return new ModelReview()
                .facts(system, element).stream()
                        .map(fact ->
                                fact.name()
                                        + "="
                                        + fact.value()
                                        + " @"
                                        + fact.spot().file()
                                        + ":"
                                        + fact.spot().name())
                        .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).resolve("..").normalize());
        Files.writeString(file, text);
    }

    private void safetensors(String name, Map<String, String> metadata, String... tensors)
            throws IOException, FormatException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (String tensor : tensors) {
            Tensor.Storage storage =
                    new Tensor.Storage(ByteSource.of(new byte[32]), ByteOrder.LITTLE_ENDIAN);
            all.put(tensor, Tensor.rows(ElementType.FLOAT32, List.of(4L, 2L), storage));
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            SafetensorsWriter.write(all, metadata, out);
        }
    }

    @Test
    void adaptersAndTrainingRecordsShowInSafetensors() throws IOException, FormatException {
        safetensors(
                "adapter_model.safetensors",
                Map.of("ss_tag_frequency", "{\"alice\": 12}", "author", "a.b@example.com"),
                "layers.0.q_proj.lora_A.weight");
        write(
                "adapter_config.json",
                """
                {"peft_type": "LORA", "base_model_name_or_path": "acme/base-7b", "revision": null}
                """);
        assertThat(review("adapter_model.safetensors"))
                .contains(
                        "adapter=true @adapter_model.safetensors:layers.0.q_proj.lora_A.weight",
                        "adapter=true @adapter_config.json:peft_type",
                        "model.base-unpinned=acme/base-7b"
                                + " @adapter_config.json:base_model_name_or_path",
                        "model.training-record=ss_tag_frequency"
                                + " @adapter_model.safetensors:__metadata__.ss_tag_frequency",
                        "model.private-text=e-mail-address"
                                + " @adapter_model.safetensors:__metadata__.author",
                        "model.parameters=8 @adapter_model.safetensors:shapes of the tensors");
    }

    @Test
    void aFolderIsReviewedAsOneModel() throws IOException, FormatException {
        Files.createDirectories(folder.resolve("llm"));
        safetensors("llm/model-1.safetensors", Map.of(), "model.embed_tokens.weight");
        safetensors("llm/model-2.safetensors", Map.of(), "lm_head.weight");
        write(
                "llm/config.json",
                """
                {"vocab_size": 4, "hidden_size": 2, "auto_map": {"AutoModel": "modeling_x.X"},
                 "quantization_config": {"quant_method": "gptq", "bits": 4},
                 "output_hidden_states": true}
                """);
        write(
                "llm/tokenizer.json",
                """
                {"model": {"vocab": {"yes": 0, "4111111111111111 ": 1}},
                 "added_tokens": [{"id": 2, "content": "AKIAIOSFODNN7EXAMPLE"}]}
                """);
        assertThat(review("llm"))
                .contains(
                        "model.embedding=4 x 2 @llm/model-1.safetensors:model.embed_tokens.weight",
                        "model.custom-code=modeling_x.X @llm/config.json:auto_map.AutoModel",
                        "model.quantised=gptq @llm/config.json:quantization_config",
                        "model.inner-output=output_hidden_states"
                                + " @llm/config.json:output_hidden_states",
                        "model.private-text=key @llm/tokenizer.json:added_tokens[0]",
                        "model.parameters=16 @llm/model-1.safetensors:shapes of the tensors");
    }

    @Test
    void vocabularyTypesAndBaseShowInGguf() throws IOException {
        Files.write(folder.resolve("m.gguf"), gguf(0));
        assertThat(review("m.gguf"))
                .contains(
                        "adapter=true @m.gguf:general.type",
                        "model.private-text=e-mail-address @m.gguf:tokenizer.ggml.tokens[1]",
                        "model.quantised=q8_0 @m.gguf:token_embd.weight",
                        "model.embedding=2 x 32 @m.gguf:token_embd.weight");
    }

    @Test
    void layersOfKerasTellTheirPart() throws IOException {
        write(
                "net.json",
                """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [
                 {"class_name": "InputLayer", "config": {"name": "in"}},
                 {"class_name": "StringLookup", "config": {"name": "words",
                   "vocabulary": ["yes", "bob@example.org"]}},
                 {"class_name": "Embedding", "config": {"name": "emb", "input_dim": 9,
                   "output_dim": 3}},
                 {"class_name": "Lambda", "config": {"name": "trick"}},
                 {"class_name": "Mine>Layer", "config": {"name": "own"}},
                 {"class_name": "Dense", "config": {"name": "top", "units": 3,
                   "activation": "softmax"}}]}}
                """);
        assertThat(review("net.json"))
                .contains(
                        "model.preprocessing=encodes @net.json:words",
                        "model.private-text=e-mail-address @net.json:words.vocabulary[1]",
                        "model.embedding=9 x 3 @net.json:emb",
                        "model.custom-code=Lambda @net.json:trick",
                        "model.custom-operator=Mine>Layer @net.json:own",
                        "model.output=probabilities @net.json:top");
    }

    @Test
    void brokenMissingAndHostileFilesAreSaidAndNothingIsClaimed()
            throws IOException, FormatException {
        byte[] whole = gguf(0);
        Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length - 40));
        Files.write(folder.resolve("lies.gguf"), gguf(1 << 20));
        write("deep.json", "[".repeat(100_000));
        Files.createDirectories(folder.resolve("mixed"));
        safetensors("mixed/model.safetensors", Map.of(), "a.lora_A.weight");
        write("mixed/config.json", "{\"vocab_size\": ");
        for (String file : List.of("cut.gguf", "lies.gguf", "deep.json", "mixed", "none.onnx")) {
            assertThatThrownBy(() -> review(file))
                    .isInstanceOf(UnreadableTargetException.class)
                    .hasMessageContaining(file)
                    .hasMessageContaining("nothing is");
        }
    }

    /// A small adapter with one rounded table; the offset of its data is given.
    static byte[] gguf(long tensorOffset) {
        ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(1).putLong(2);
        text(out, "general.type");
        out.putInt(8);
        text(out, "adapter");
        text(out, "tokenizer.ggml.tokens");
        out.putInt(9).putInt(8).putLong(2);
        text(out, "yes");
        text(out, "carol@example.net");
        text(out, "token_embd.weight");
        out.putInt(2).putLong(32).putLong(2).putInt(8).putLong(tensorOffset);
        int start = (out.position() + 31) / 32 * 32;
        return Arrays.copyOf(out.array(), start + 68);
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putLong(bytes.length).put(bytes);
    }
}
