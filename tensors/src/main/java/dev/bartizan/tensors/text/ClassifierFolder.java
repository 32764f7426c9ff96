package dev.bartizan.tensors.text;

import dev.bartizan.core.Digest;
import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.tensors.DeployedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What was read of a folder that holds a classifier: what is digested is what is run.
///
/// @param place name of the folder, for messages
/// @param model graph and weights
/// @param tokenizer what `TokenizerForm` lets through of `tokenizer.json`
/// @param config what `config.json` says
/// @param digest of all of them together
record ClassifierFolder(
        String place,
        DeployedModel model,
        String tokenizer,
        ClassifierConfig config,
        Digest digest) {
    private static final int MAX_CONFIG_BYTES = 4 << 20;

    /// Reads a folder.
    ///
    /// @throws UserError when something is missing, too large or broken
    static ClassifierFolder read(Path folder) throws IOException {
        Path plain = folder.resolve("model.onnx");
        Path graph = Files.isRegularFile(plain) ? plain : folder.resolve("onnx/model.onnx");
        byte[] tokenizer =
                bytes(folder.resolve("tokenizer.json"), TokenizerForm.MAX_BYTES, "tokenizer");
        byte[] config = bytes(folder.resolve("config.json"), MAX_CONFIG_BYTES, "configuration");
        DeployedModel model = DeployedModel.read(graph);
        Digest digest =
                Digest.composite(
                        Map.of(
                                "model", Digest.of(model.bytes()).hex(),
                                "tokenizer", Digest.of(tokenizer).hex(),
                                "config", Digest.of(config).hex()));
        return new ClassifierFolder(
                folder.toString(),
                model,
                TokenizerForm.checked(tokenizer, folder.resolve("tokenizer.json").toString()),
                ClassifierConfig.of(config, folder.resolve("config.json").toString()),
                digest);
    }

    private static byte[] bytes(Path file, int most, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "The classifier has no " + what,
                    file.toString(),
                    "Name a folder with model.onnx, tokenizer.json and config.json.");
        }
        return NamedFile.bytes(
                file, most, what, "Name the folder of a text classifier: it needs no more.");
    }
}
