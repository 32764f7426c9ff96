package dev.bartizan.robustness.tabular;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Element;
import java.nio.file.Path;
import java.util.Optional;

/// The files that an evasion of a model of tables needs.
///
/// @param name of the model, as the system file gives it
/// @param model its file
/// @param inputs rows
/// @param labels their classes; empty for what the model answers
/// @param features what the columns mean
record EvasionFiles(String name, Path model, Path inputs, Optional<Path> labels, Path features) {
    /// Those of an element; empty when one is not named.
    static Optional<EvasionFiles> of(AiSystem system, Element element) {
        Attributes samples = element.attributes().map("samples");
        Optional<Path> model = system.artifact(element);
        Optional<Path> inputs = samples.text("inputs").map(system::resolve);
        Optional<Path> features =
                samples.text("features")
                        .or(() ->
                                Optional.ofNullable(system.checkParameters().get("evasion"))
                                        .flatMap(own -> own.text("features")))
                        .map(system::resolve);
        if (model.isEmpty() || inputs.isEmpty() || features.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new EvasionFiles(
                        element.attributes().map("artifact").text("path").orElse(""),
                        model.get(),
                        inputs.get(),
                        samples.text("labels").map(system::resolve),
                        features.get()));
    }
}
