package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// An ONNX model that an element names, read once: what is parsed is what is run.
///
/// @param path of the file
/// @param name path as the system file gives it
/// @param bytes of the file
/// @param model what they say
/// @param external files with further weights, found in the same folder
record OnnxFile(Path path, String name, ByteBuffer bytes, OnnxModel model, ExternalData external) {
    private static final int FOLDER_DEPTH = 4;
    private static final int MOST_LISTED = 10_000;
    private static final int MOST_MODELS = 8;

    /// The path of the model, when the element's artifact is one.
    static Optional<Path> path(AiSystem system, Element element) {
        Attributes artifact = element.attributes().map("artifact");
        boolean isOnnx =
                artifact.text("format")
                        .map(format -> format.equals("onnx"))
                        .orElse(
                                AiSystem.artifactName(element)
                                        .map(path -> path.toLowerCase(Locale.ROOT))
                                        .filter(path -> path.endsWith(".onnx"))
                                        .isPresent());
        return isOnnx ? system.artifact(element) : Optional.empty();
    }

    /// The ONNX models in a folder and its subfolders, in the order of their names; the first few
    /// when there are many.
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files =
                Files.find(folder, FOLDER_DEPTH, (path, is) -> is.isRegularFile())) {
            return files.limit(MOST_LISTED)
                    .filter(path -> path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx"))
                    .sorted()
                    .limit(MOST_MODELS)
                    .toList();
        }
    }

    /// Reads the model.
    ///
    /// @throws IOException when it cannot be read or is no model
    static OnnxFile read(Path path, Element element) throws IOException {
        ByteBuffer bytes = OnnxReader.bytes(path, OnnxLimits.DEFAULT);
        OnnxModel model = OnnxReader.read(bytes, OnnxLimits.DEFAULT);
        String name = AiSystem.artifactName(element).orElse("");
        return new OnnxFile(path, name, bytes, model, ExternalData.of(model, path));
    }

    /// The model with all weights inside, as ONNX Runtime gets it.
    ///
    /// @throws IOException when further weights cannot be read
    byte[] selfContained() throws IOException {
        if (external.isEmpty()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        return OnnxWriter.bytes(external.inlined(model));
    }
}
