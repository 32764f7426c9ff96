package dev.bartizan.artifacts.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Which files belong to the model that an element names: the file itself; the description files
/// beside it when it has a name that only folders of one model use; or all of a folder.
final class ModelFiles {
    /// Files that describe a model beside its weights, by the convention of the Hugging Face hub.
    static final Set<String> DESCRIPTIONS =
            Set.of(
                    "config.json",
                    "adapter_config.json",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "vocab.json",
                    "vocab.txt",
                    "preprocessor_config.json",
                    "quantize_config.json",
                    "model.safetensors.index.json",
                    "pytorch_model.bin.index.json");

    private static final String WEIGHTS_OF_ONE_MODEL =
            "(model|adapter_model|pytorch_model|tf_model|flax_model|consolidated)"
                    + "([-_.][\\w.-]*)?\\.(safetensors|bin|pt|h5|onnx|gguf|msgpack)";
    private static final int DEPTH = 3;
    private static final int MOST_LISTED = 5_000;
    private static final int MOST_FILES = 100;

    private ModelFiles() {}

    static List<Path> of(Path artifact) throws IOException {
        if (Files.isDirectory(artifact)) {
            try (Stream<Path> files =
                    Files.find(artifact, DEPTH, (_, attributes) -> attributes.isRegularFile())) {
                return files.limit(MOST_LISTED).sorted().limit(MOST_FILES).toList();
            }
        }
        Path folder = artifact.toAbsolutePath().getParent();
        String name = artifact.getFileName().toString().toLowerCase(Locale.ROOT);
        if (folder == null || !name.matches(WEIGHTS_OF_ONE_MODEL)) {
            return List.of(artifact);
        }
        Stream<Path> beside =
                DESCRIPTIONS.stream().sorted().map(folder::resolve).filter(Files::isRegularFile);
        return Stream.concat(Stream.of(artifact), beside).toList();
    }
}
