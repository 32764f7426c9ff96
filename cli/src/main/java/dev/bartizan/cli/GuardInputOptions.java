package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.robustness.data.AttackData;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that name inputs of a model of numbers. Unlike an attack's they have no box: what lies
/// outside is what is looked for.
final class GuardInputOptions {
    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "X",
            description =
                    "Inputs: .npy, .npz, IDX, CIFAR binary (each also .gz), a folder of images, .csv"
                            + " or .tsv.")
    private Path inputs = Path.of("");

    @Option(
            names = "--array",
            paramLabel = "NAME",
            description =
                    "Which array of an .npz file, such as x_adv of what \"bartizan attack\" saves.")
    private @Nullable String array;

    @Option(names = "--count", paramLabel = "N", description = "Only the first N inputs.")
    private int count = Integer.MAX_VALUE;

    @Mixin private ScalingOptions scaling = new ScalingOptions();

    Path path() {
        return inputs;
    }

    Optional<String> array() {
        return Optional.ofNullable(array);
    }

    int count() {
        if (count < 1) {
            throw new UserError("At least one input is read", "--count " + count, "Leave it out.");
        }
        return count;
    }

    float scale() {
        return scaling.scale();
    }

    /// How numbers of the file become numbers of the model.
    AttackData.Scaling scaling() {
        return scaling.within(-Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
