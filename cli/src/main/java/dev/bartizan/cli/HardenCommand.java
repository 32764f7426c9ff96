package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.Norm;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.ExampleFile;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.robustness.harden.Hardening;
import dev.bartizan.robustness.harden.HardeningListener;
import dev.bartizan.robustness.harden.HardeningPlan;
import dev.bartizan.robustness.harden.HardeningState;
import dev.bartizan.robustness.smoothing.SmoothedModel;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `bartizan harden`: trains a small classifier on its own adversarial examples.
@Command(
        name = "harden",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Trains a small ONNX classifier on its own adversarial examples, from the file alone, and"
                    + " writes a new file with the same inputs and outputs. Says what it will cost"
                    + " before it starts, and how many answers survived before and after.",
            "",
            "With --checkpoint a run that was stopped goes on where it was.",
            "",
            "With --smooth nothing is trained: the new file answers the share of noisy copies of its"
                    + " input that the classifier inside puts in each class. What is certain of that"
                    + " classifier, bartizan certify tells, also from the new file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan harden net.onnx --inputs x.npy --labels y.npy --eps 0.1 --out hard.onnx",
            "  bartizan harden net.onnx --inputs train-images.gz --labels train-labels.gz \\",
            "      --scale 255 --eps 0.1 --out hard.onnx --checkpoint hard.npz \\",
            "      --test-inputs test-images.gz --test-labels test-labels.gz --test-count 500",
            "  bartizan harden net.onnx --inputs x.npy --labels y.npy --smooth 0.25 --out voting.onnx"
        })
final class HardenCommand extends ShellCommand {
    private static final List<Double> RATES = List.of(0.03, 0.01, 0.003, 0.001);
    private static final int TRIAL_UPDATES = 100;
    private static final double NEARLY = 1.05;

    @Parameters(paramLabel = "MODEL", description = "An ONNX classifier with one input.")
    private Path model = Path.of("");

    @Mixin private AttackInputs inputs = new AttackInputs();

    @Option(
            names = "--eps",
            paramLabel = "E",
            description =
                    "Largest change of a number that it shall withstand, after --scale; needed"
                            + " without --smooth.")
    private float eps;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "NEW.onnx",
            description = "The new file.")
    private Path out = Path.of("");

    @Option(names = "--epochs", description = "Passes over the examples. Default: 60.")
    private int epochs = 60;

    @Option(names = "--steps", description = "Steps of the attack in training. Default: 5.")
    private int steps = 5;

    @Option(names = "--batch", description = "Examples of one update. Default: 64.")
    private int batch = 64;

    @Option(
            names = "--rate",
            description =
                    "Rate of learning at its highest. Default: the highest of 0.03, 0.01, 0.003 and"
                            + " 0.001 that does well in a short trial.")
    private @Nullable Double rate;

    @Option(names = "--shift", description = "Shift images by up to so many pixels. Default: 1.")
    private int shift = 1;

    @Option(
            names = "--test-inputs",
            paramLabel = "X",
            description = "Examples to count on, before and after. Default: the training examples.")
    private @Nullable Path testInputs;

    @Option(names = "--test-labels", paramLabel = "Y", description = "Their classes.")
    private @Nullable Path testLabels;

    @Option(names = "--test-count", paramLabel = "N", description = "How many. Default: 200.")
    private int testCount = 200;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE.npz",
            description = "Kept after every pass; when it is there, training goes on from it.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--smooth",
            paramLabel = "SIGMA",
            description =
                    "Do not train, vote under noise of this standard deviation, in units after"
                            + " --scale.")
    private @Nullable Double smooth;

    @Option(
            names = "--copies",
            paramLabel = "K",
            description = "Noisy copies that vote with --smooth. Default: 100.")
    private int copies = 100;

    @Option(names = "--seed", description = "Of all randomness. Default: 1.")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private AttackCommand.Format format = AttackCommand.Format.table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireFolder();
        if (smooth != null) {
            requireNoise(smooth);
            new HardenSmoothing(inputs, new SmoothedModel.Noise(smooth, copies, seed), testCount)
                    .run(DeployedModel.read(model), out, this::writeSmoothed);
            return 0;
        }
        requireSense();
        DeployedModel net = DeployedModel.read(model);
        LabelledArray given = inputs.read();
        AttackData data =
                AttackData.of(net.model(), given.inputs(), inputs.count(), inputs.scaling());
        try {
            Examples training =
                    examples(net, data, inputs.labels().or(given::labels), inputs.labelsFrom());
            EvasionTask test = test(net, data, training);
            long cpu = Cpu.nanos();
            OnnxModel trained = train(net, data, training);
            Duration spent = Duration.ofNanos(Cpu.nanos() - cpu);
            HardenSmoothing.write(trained, out);
            EvasionResult before = Evasion.standard().run(test, EvasionListener.NONE);
            EvasionResult after =
                    Evasion.standard()
                            .run(test.of(DeployedModel.of(trained)), EvasionListener.NONE);
            print(before, after, spent);
        } catch (GradientException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    model.toString(),
                    "Harden a small classifier with floating-point weights and a free batch size.",
                    e);
        }
        return 0;
    }

    private void requireSense() {
        boolean isSense = eps > 0 && epochs > 0 && steps > 0 && batch > 0 && shift >= 0;
        if (!isSense || testCount < 1 || (rate != null && !(rate > 0))) {
            throw new UserError(
                    "A training needs numbers above 0",
                    "--eps " + eps + " --epochs " + epochs + " --steps " + steps,
                    "See bartizan harden --help.");
        }
    }

    private void requireNoise(double sigma) {
        if (!(sigma > 0) || Double.isInfinite(sigma) || copies < 1 || testCount < 1) {
            throw new UserError(
                    "A vote needs noise and copies above 0",
                    "--smooth " + sigma + " --copies " + copies,
                    "See bartizan harden --help.");
        }
    }

    private void requireFolder() {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError(
                    "There is no folder for the new model",
                    out.toString(),
                    "Make the folder, or name another one.");
        }
    }

    private void writeSmoothed(HardenSmoothing.Counts counts) {
        if (format == AttackCommand.Format.json) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            node.put("out", out.toString()).put("sigma", smooth).put("copies", copies);
            node.put("seed", seed).put("n", counts.rows());
            node.put("clean_correct_before", counts.before());
            node.put("clean_correct_after", counts.after());
            out().println(node.toPrettyString());
        } else {
            out().printf("%d of %d right before%n", counts.before(), counts.rows());
            out().printf(
                            Locale.ROOT,
                            "%d of %d right by the vote of %d copies under noise of %s%n",
                            counts.after(),
                            counts.rows(),
                            copies,
                            smooth);
            out().println("Written: " + out + " (each run draws fresh noise)");
        }
        out().flush();
    }

    private static Examples examples(
            DeployedModel net, AttackData data, Optional<NpyArray> labels, String where)
            throws IOException, InterruptedException {
        if (labels.isEmpty()) {
            throw new UserError(
                    "Training needs the right classes",
                    where,
                    "Give --labels, or examples with labels inside.");
        }
        try (AttackedModel asked =
                AttackedModel.open(net, data.rowDims(), data.preprocessing(), Device.CPU)) {
            return new Examples(
                    data.values(), Labels.of(labels.get(), data.rows(), asked.classes(), where));
        }
    }

    private EvasionTask test(DeployedModel net, AttackData data, Examples training)
            throws IOException, InterruptedException {
        AttackData used = data;
        Examples examples;
        if (testInputs == null) {
            int[] rows = new int[Math.min(testCount, training.rows())];
            Arrays.setAll(rows, i -> i);
            examples = training.pick(rows);
        } else {
            LabelledArray given = ExampleFile.examples(testInputs, testCount);
            used = AttackData.of(net.model(), given.inputs(), testCount, inputs.scaling());
            Optional<NpyArray> labels =
                    testLabels == null
                            ? given.labels()
                            : Optional.of(ExampleFile.labels(testLabels, testCount));
            examples = examples(net, used, labels, "--test-labels");
        }
        return new EvasionTask(
                net,
                used.rowDims(),
                used.preprocessing(),
                examples,
                used.ball(Norm.LINF, eps, inputs.scaling()),
                seed,
                EvasionTask.ROWS_AT_ONCE,
                Device.CPU,
                Optional.empty());
    }

    private OnnxModel train(DeployedModel net, AttackData data, Examples training)
            throws IOException, InterruptedException {
        AttackData.Scaling scaling = inputs.scaling();
        HardeningPlan plan =
                chosen(
                        net,
                        data,
                        training,
                        new HardeningPlan(
                                eps,
                                scaling.low(),
                                scaling.high(),
                                epochs,
                                Math.min(batch, training.rows()),
                                steps,
                                rate == null ? RATES.getFirst() : rate,
                                shift,
                                seed));
        try (Hardening hardening =
                Hardening.open(net, data.rowDims(), data.preprocessing(), training, plan)) {
            HardenCheckpoint kept = new HardenCheckpoint(checkpoint, net, training, plan);
            Optional<HardeningState> earlier = kept.read();
            if (earlier.isPresent()) {
                hardening.resume(earlier.get());
                err().println("Going on after pass " + earlier.get().epoch() + ".");
            }
            Duration cost = hardening.estimate();
            err().printf(
                            Locale.ROOT,
                            "Training %d weights on %d examples, %d passes: about %d s on one"
                                    + " processor.%n",
                            hardening.parameters(),
                            training.rows(),
                            epochs,
                            cost.toSeconds());
            err().flush();
            return hardening.run(new Progress(kept));
        }
    }

    /// The plan with the highest rate whose trial is nearly as good as the best: a rate that is too
    /// high shows at once, one that is too low only at the end.
    private HardeningPlan chosen(
            DeployedModel net, AttackData data, Examples training, HardeningPlan plan)
            throws IOException, InterruptedException {
        if (rate != null) {
            return plan;
        }
        err().printf("Trying %d rates, %d updates each.%n", RATES.size(), TRIAL_UPDATES);
        err().flush();
        double[] losses = new double[RATES.size()];
        for (int i = 0; i < losses.length; i++) {
            try (Hardening hardening =
                    Hardening.open(
                            net,
                            data.rowDims(),
                            data.preprocessing(),
                            training,
                            plan.at(RATES.get(i)))) {
                double loss = hardening.trial(TRIAL_UPDATES);
                losses[i] = Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
            }
        }
        double enough = NEARLY * Arrays.stream(losses).min().orElseThrow();
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] <= enough) {
                err().printf(Locale.ROOT, "Rate %s after a trial of each.%n", RATES.get(i));
                return plan.at(RATES.get(i));
            }
        }
        throw new IllegalStateException("None of the losses is the least");
    }

    /// Shows on standard error how far it is.
    private final class Progress implements HardeningListener {
        private final HardenCheckpoint kept;
        private final long started = System.nanoTime();
        private long first = -1;

        Progress(HardenCheckpoint kept) {
            this.kept = kept;
        }

        @Override
        public void updated(long done, long of, double loss) {
            first = first < 0 ? done - 1 : first;
            if (Terminal.isInteractive()) {
                double seconds = (System.nanoTime() - started) / 1e9;
                long left = (long) (seconds * (of - done) / Math.max(1, done - first));
                err().printf(
                                Locale.ROOT,
                                "\r\u001b[2Kharden: update %d of %d, loss %.3f, about %d s left",
                                done,
                                of,
                                loss,
                                left);
                err().flush();
            }
        }

        @Override
        public void passed(HardeningState state) throws IOException {
            kept.write(state);
        }
    }

    private void print(EvasionResult before, EvasionResult after, Duration spent) {
        if (format == AttackCommand.Format.json) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            node.put("out", out.toString()).put("norm", "linf");
            node.put("eps", Double.parseDouble(Float.toString(eps)));
            node.put("epochs", epochs).put("steps", steps).put("seed", seed);
            node.put("training_cpu_seconds", spent.toMillis() / 1e3);
            counts(node.putObject("before"), before);
            counts(node.putObject("after"), after);
            out().println(node.toPrettyString());
        } else {
            line("before", before);
            line("after", after);
            out().printf(
                            Locale.ROOT,
                            "norm linf, eps %s, tier standard, %.0f s of CPU for the training%n",
                            eps,
                            spent.toMillis() / 1e3);
            out().println("Written: " + out);
        }
        out().flush();
    }

    private static void counts(ObjectNode node, EvasionResult result) {
        node.put("n", result.rows());
        node.put("clean_correct", result.cleanCorrect());
        node.put("robust_correct", result.robustCorrect());
        node.put("trustworthy", result.isTrustworthy());
    }

    private void line(String when, EvasionResult result) {
        out().printf(
                        Locale.ROOT,
                        "%-6s %d of %d right unchanged (%.1f %%), %d under attack (%.1f %%)%n",
                        when,
                        result.cleanCorrect(),
                        result.rows(),
                        100.0 * result.cleanCorrect() / result.rows(),
                        result.robustCorrect(),
                        100.0 * result.robustCorrect() / result.rows());
    }
}
