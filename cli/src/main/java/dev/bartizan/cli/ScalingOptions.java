package dev.bartizan.cli;

import dev.bartizan.robustness.data.AttackData;
import java.util.List;
import picocli.CommandLine.Option;

/// Options that say how numbers of a file become numbers of a model.
final class ScalingOptions {
    @Option(names = "--scale", paramLabel = "D", description = "Divide inputs by D. Default: 1.")
    private float scale = 1;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description =
                    "Subtracted after --scale, for each channel, before the model. Default: 0.")
    private List<Float> mean = List.of(0f);

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "Divided by after --mean, for each channel. Default: 1.")
    private List<Float> deviation = List.of(1f);

    float scale() {
        return scale;
    }

    /// The scaling of inputs that lie between two ends once they are divided.
    AttackData.Scaling within(float low, float high) {
        return new AttackData.Scaling(scale, low, high, mean, deviation);
    }
}
