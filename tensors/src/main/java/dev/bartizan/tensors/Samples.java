package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyReader;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Examples of a model's inputs that the system file names.
///
/// @param inputs one example per row
/// @param labels right class of each row
/// @param features what the columns mean
record Samples(
        Optional<NpyArray> inputs,
        Optional<NpyArray> labels,
        Optional<FeatureDescription> features) {

    static Optional<Path> path(AiSystem system, Element element, String key) {
        Attributes samples = element.attributes().map("samples");
        return samples.text(key).map(system::resolve);
    }

    /// Reads what is named.
    ///
    /// @throws IOException when a file cannot be read or is no array
    /// @throws dev.bartizan.core.UserError when the feature description is not one
    static Samples read(AiSystem system, Element element) throws IOException {
        Optional<Path> inputs = path(system, element, "inputs");
        Optional<Path> labels = path(system, element, "labels");
        Optional<Path> features = path(system, element, "features");
        return new Samples(
                inputs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(scaled(NpyReader.read(inputs.get()), element)),
                labels.isEmpty() ? Optional.empty() : Optional.of(NpyReader.read(labels.get())),
                features.isEmpty()
                        ? Optional.empty()
                        : Optional.of(FeatureDescription.read(features.get())));
    }

    /// The numbers divided by what the system file says.
    private static NpyArray scaled(NpyArray inputs, Element element) {
        float scale =
                element.attributes()
                        .map("samples")
                        .number("scale")
                        .map(Number::floatValue)
                        .orElse(1f);
        if (scale == 1) {
            return inputs;
        }
        float[] values = inputs.floats(0, inputs.rows());
        for (int i = 0; i < values.length; i++) {
            values[i] /= scale;
        }
        return NpyArray.of(inputs.shape(), values);
    }

    /// Adds the digests of the files that are there.
    static void describe(AiSystem system, Element element, Map<String, String> parts)
            throws IOException {
        element.attributes()
                .map("samples")
                .text("scale")
                .ifPresent(scale -> parts.put("samples:scale", scale));
        for (String key : new String[] {"inputs", "labels", "features"}) {
            Optional<Path> file = path(system, element, key).filter(Files::isRegularFile);
            if (file.isPresent()) {
                parts.put("samples:" + key, Digest.ofFile(file.get()).hex());
            }
        }
    }
}
