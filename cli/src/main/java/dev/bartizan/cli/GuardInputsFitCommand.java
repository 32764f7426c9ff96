package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.inputs.FeatureProfile;
import dev.bartizan.guard.inputs.InputProfile;
import dev.bartizan.guard.inputs.InputProfile.Steadiness;
import dev.bartizan.guard.inputs.InputProfileFile;
import dev.bartizan.guard.inputs.Stability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bartizan guard inputs fit`: a profile of honest inputs.
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Learns what honest inputs look like from training data: range, mean and spread of each"
                    + " feature from two thirds of them, thresholds from the other third, so that at"
                    + " most --rate of honest inputs is found strange.",
            "",
            "With --model also how far the model's answers move when an input is rounded to --step"
                    + " (feature squeezing) and shaken by up to --shake (local consistency). Half of"
                    + " the rate then goes to that.",
            "",
            "Inputs are read as \"bartizan attack\" reads them (.npy, .npz, IDX, CIFAR, images), or"
                    + " from .csv and .tsv."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard inputs fit --inputs train.csv --out profile.json",
            "  bartizan guard inputs fit --inputs train.npz --rate 0.01 --model net.onnx"
                    + " --step 0.25 --shake 0.1 --out profile.json",
            "  bartizan guard inputs fit --inputs images-idx3-ubyte.gz --scale 255 --count 3000"
                    + " --model net.onnx --out profile.json"
        })
final class GuardInputsFitCommand extends ShellCommand {
    private static final int MOST_CALIBRATED = 600;

    @Mixin private GuardInputOptions inputs = new GuardInputOptions();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model that answers them (ONNX), for detectors that ask it.")
    private @Nullable Path model;

    @Option(
            names = "--rate",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of honest inputs that may be found strange (default: 0.01).")
    private double rate = 0.01;

    @Option(
            names = "--step",
            paramLabel = "S",
            defaultValue = "0.25",
            description =
                    "What features are rounded to before the model is asked again (default:"
                            + " 0.25).")
    private double step = 0.25;

    @Option(
            names = "--shake",
            paramLabel = "H",
            defaultValue = "0.1",
            description = "Largest change of a feature in a shaken input (default: 0.1).")
    private double shake = 0.1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the shaken inputs; a secret one of its own without it.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the profile goes.")
    private @Nullable Path target;

    @Override
    public Integer call() throws IOException {
        if (target == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        if (!(rate > 0 && rate < 1) || !(step > 0) || !(shake > 0)) {
            throw new UserError(
                    "A rate is above 0 and below 1; step and shake are above 0",
                    "--rate " + rate + " --step " + step + " --shake " + shake,
                    "Write for example --rate 0.01 --step 0.25 --shake 0.1.");
        }
        try (GuardInputRows read = GuardInputRows.open(inputs, model)) {
            requireEnough(read.rows());
            boolean asksModel = model != null;
            FeatureProfile features = FeatureProfile.of(read.rows(), asksModel ? rate / 2 : rate);
            Optional<Steadiness> steady =
                    asksModel ? Optional.of(steadiness(read)) : Optional.empty();
            InputProfile profile =
                    new InputProfile(features, rate, read.digest(), read.rows().size(), steady);
            Files.write(target, InputProfileFile.write(profile));
            say(profile);
        }
        return 0;
    }

    private void requireEnough(List<double[]> rows) {
        double each = model == null ? rate / 2 : rate / 4;
        int held = (int) Math.ceil(1 / each);
        int fewest = Math.max(FeatureProfile.FEWEST, 3 * held);
        if (rows.size() < fewest) {
            throw new UserError(
                    "A rate of " + rate + " cannot be set on " + rows.size() + " inputs",
                    inputs.path().toString(),
                    "Give " + fewest + " training inputs or more, or a higher --rate.");
        }
        for (int n = 0; n < rows.size(); n++) {
            for (double number : rows.get(n)) {
                if (!Double.isFinite(number)) {
                    throw new UserError(
                            "Training input " + n + " holds what is no finite number",
                            inputs.path().toString(),
                            "Leave such inputs out.");
                }
            }
        }
    }

    private Steadiness steadiness(GuardInputRows read) throws IOException {
        if (model == null) {
            throw new IllegalStateException("There is no model");
        }
        long chosen = seed == null ? new SecureRandom().nextLong() : seed;
        Stability stability = new Stability(read.answers(), step, shake, chosen);
        List<double[]> rows = read.rows();
        int most = Math.max(MOST_CALIBRATED, (int) Math.ceil(4 / rate));
        List<double[]> held =
                IntStream.range(0, rows.size())
                        .filter(i -> i % 3 == 0)
                        .limit(most)
                        .mapToObj(rows::get)
                        .toList();
        stability.calibrate(held, rate / 2);
        return new Steadiness(Digest.ofFile(model), step, shake, chosen, stability.threshold());
    }

    private void say(InputProfile profile) {
        out().println(
                        String.format(
                                Locale.ROOT,
                                "%d features of %d inputs, %s",
                                profile.features().statistics().low().size(),
                                profile.inputs(),
                                profile.set()));
        out().println(
                        String.format(
                                Locale.ROOT,
                                "usual distance up to %.4g, usual excess up to %.4g ranges",
                                profile.features().limits().distance(),
                                profile.features().limits().excess()));
        profile.stability()
                .ifPresent(steady ->
                        out().println(
                                        String.format(
                                                Locale.ROOT,
                                                "usual change of answers up to %.4g of 3, model %s",
                                                steady.threshold(),
                                                steady.model())));
        out().flush();
    }
}
