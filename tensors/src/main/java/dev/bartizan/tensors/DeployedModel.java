package dev.bartizan.tensors;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxFormatException;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxTensorData;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.gradient.ScoreOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The ONNX file that is deployed, read once: what is parsed is what is run.
public final class DeployedModel {
    private final Path path;
    private final OnnxModel model;
    private final byte[] bytes;
    private final ScoreOutput output;

    private DeployedModel(Path path, OnnxModel model, byte[] bytes, ScoreOutput output) {
        this.output = output;
        this.path = path;
        this.model = model;
        this.bytes = bytes;
    }

    /// Reads a file and the weights that it keeps in other files of its folder.
    ///
    /// @throws UserError when it is no model that can be used: not there, broken, over a limit,
    ///   weights outside its folder, weights that are no numbers
    /// @throws IOException when the disk fails
    public static DeployedModel read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new UserError("There is no such model", path.toString(), "Check the path.");
        }
        try {
            ByteBuffer file = OnnxReader.bytes(path, OnnxLimits.DEFAULT);
            OnnxModel model = OnnxReader.read(file, OnnxLimits.DEFAULT);
            ExternalData external = ExternalData.of(model, path);
            OnnxModel whole = external.isEmpty() ? model : external.inlined(model);
            requireNumbers(whole, path);
            return new DeployedModel(
                    path,
                    whole,
                    external.isEmpty() ? copy(file) : OnnxWriter.bytes(whole),
                    ScoreOutput.FOUND);
        } catch (OnnxFormatException e) {
            throw new UserError(
                    "This is no ONNX model that can be read: " + e.getMessage(),
                    path.toString(),
                    "Run bartizan scan on it.",
                    e);
        } catch (ExternalDataException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    path.toString(),
                    "Keep weights in files beside the model, or inside it.",
                    e);
        }
    }

    private static byte[] copy(ByteBuffer file) {
        byte[] bytes = new byte[file.remaining()];
        file.duplicate().get(bytes);
        return bytes;
    }

    /// A model made in memory.
    public static DeployedModel of(OnnxModel model) {
        return new DeployedModel(Path.of(""), model, OnnxWriter.bytes(model), ScoreOutput.FOUND);
    }

    private static void requireNumbers(OnnxModel model, Path path) {
        for (OnnxTensor tensor : model.graph().initializers()) {
            firstBroken(tensor)
                    .ifPresent(at -> {
                        throw new UserError(
                                "Weight "
                                        + at
                                        + " of tensor \""
                                        + tensor.name()
                                        + "\" is not a number, so no answer of the model means anything",
                                path.toString(),
                                "Export the model again, or take the last checkpoint without NaN.");
                    });
        }
    }

    private static Optional<Integer> firstBroken(OnnxTensor tensor) {
        if (!(tensor.data() instanceof OnnxTensorData.Inline)
                || tensor.elementType() != OnnxElementType.FLOAT) {
            return Optional.empty();
        }
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// The same with scores where the user says they are.
    public DeployedModel scoredBy(ScoreOutput other) {
        return new DeployedModel(path, model, bytes, other);
    }

    /// Which output tells the scores.
    public ScoreOutput output() {
        return output;
    }

    /// Where it lies; empty when it was made in memory.
    public Path path() {
        return path;
    }

    /// What it says, all weights inside.
    public OnnxModel model() {
        return model;
    }

    /// The bytes of the file itself; written anew only when weights came from other files.
    public byte[] bytes() {
        return bytes.clone();
    }
}
