package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.ExampleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that name examples and say how their numbers become those of a model.
final class AttackInputs {
    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "X",
            description = "Examples: a file, or a folder of images.")
    private Path inputs = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "Y",
            description =
                    "Their classes. Default: those in the file of examples; without any, what the model"
                            + " answers unchanged.")
    private @Nullable Path labels;

    @Option(names = "--count", paramLabel = "N", description = "Only the first N examples.")
    private int count = Integer.MAX_VALUE;

    @Option(
            names = "--box",
            split = ",",
            paramLabel = "LO,HI",
            description = "Valid inputs, after --scale. Default: 0,1.")
    private List<Float> box = List.of(0f, 1f);

    @Mixin private ScalingOptions scaling = new ScalingOptions();

    int count() {
        return count;
    }

    Path path() {
        return inputs;
    }

    List<Float> box() {
        return box;
    }

    /// Width of the box of valid inputs.
    float side() {
        scaling();
        return box.get(1) - box.get(0);
    }

    AttackData.Scaling scaling() {
        if (count < 1 || box.size() != 2) {
            throw new UserError(
                    "At least one example is attacked, in a box of two ends",
                    "--count " + count + " --box " + box,
                    "See bartizan attack --help.");
        }
        return scaling.within(box.get(0), box.get(1));
    }

    LabelledArray read() throws IOException {
        scaling();
        return ExampleFile.examples(inputs, count);
    }

    Optional<NpyArray> labels() throws IOException {
        return labels == null ? Optional.empty() : Optional.of(ExampleFile.labels(labels, count));
    }

    String labelsFrom() {
        return (labels == null ? inputs : labels).toString();
    }
}
