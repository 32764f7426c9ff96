package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.Norm;
import dev.bartizan.robustness.SecurityCurve;
import dev.bartizan.robustness.Tier;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.ScoreOutput;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan attack`: how many answers of a classifier survive small changes of its inputs.
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Attacks an ONNX classifier white-box: its graph becomes its own gradient graph and runs in"
                    + " ONNX Runtime. What an attack finds counts only when the file itself, asked for"
                    + " one example at a time, answers it wrongly.",
            "",
            "Examples come from .npy, .npz (arrays x and y), IDX (MNIST), CIFAR-10 or CIFAR-100 binary"
                    + " (labels inside), each also as .gz, or from a folder of PNG or JPEG images (a folder"
                    + " for each class). Images may lie channels first or last, or flat; they are brought"
                    + " to the model's layout.",
            "",
            "Every result says whether it can be relied on: masked or zero gradients, randomness, a"
                    + " wrong scale and the like make it untrustworthy."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --eps 0.05",
            "  bartizan attack mnist.onnx --inputs t10k-images-idx3-ubyte.gz --scale 255 \\",
            "      --labels t10k-labels-idx1-ubyte.gz --eps 0.1 --count 100 --tier standard",
            "  bartizan attack cifar.onnx --inputs test_batch.bin --scale 255 --norm l2 --eps 0.5 \\",
            "      --mean 0.485,0.456,0.406 --std 0.225,0.225,0.225 --save found.npz",
            "  bartizan attack fraud.onnx --features features.yaml --inputs claims.csv \\",
            "      --label-column fraud --from 1 --max-cost 200",
            "  bartizan attack model.ubj --features features.yaml --inputs x.npy --labels y.npy \\",
            "      --challenger new.onnx --save found.csv"
        })
final class AttackCommand extends ShellCommand {
    @Parameters(paramLabel = "MODEL", description = "An ONNX classifier with one input.")
    private Path model = Path.of("");

    @Mixin private AttackInputs inputs = new AttackInputs();

    @Mixin private TabularOptions tabular = new TabularOptions();

    @Option(
            names = "--norm",
            paramLabel = "linf|l2|l1",
            description = "How the size of a change is counted. Default: linf.")
    private String norm = "linf";

    @Option(
            names = "--eps",
            paramLabel = "E",
            description = "Largest change, in units after --scale; needed without --features.")
    private float eps;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description =
                    "quick: Auto-PGD; standard: as strong as AutoAttack; blackbox: scores only, for"
                            + " models without gradient. Default: quick.")
    private String tier = "quick";

    @Option(
            names = "--attacks",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Instead of a tier, these in this order: fgsm, pgd, mi-fgsm, pgd-mt, apgd-ce, apgd-t,"
                            + " apgd-margin, fab-t, square.")
    private List<String> chosen = List.of();

    @Option(
            names = "--target",
            paramLabel = "CLASS",
            description = "Only this wrong answer counts. Default: any.")
    private @Nullable Integer target;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description =
                    "The output with the scores. Default: the first of real numbers from which no"
                            + " other one is computed.")
    private @Nullable String scores;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda",
            description = "cuda needs ONNX Runtime with CUDA. Default: cpu.")
    private String device = "cpu";

    @Option(names = "--seed", description = "Of all randomness. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--save",
            paramLabel = "FILE.npz",
            description =
                    "Keep x, x_adv (in units after --scale, in the model's layout), y and pred (what"
                            + " the file answers for x_adv). With --features also cost, or a .csv of"
                            + " evaded rows before and after.")
    private @Nullable Path save;

    @Option(
            names = "--curve",
            description = "Also with an eighth to four times the budget: how many stay right.")
    private boolean hasCurve;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with pictures, the curve and what speaks against it.")
    private @Nullable Path html;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (tabular.features().isPresent()) {
            return attackTable();
        }
        AttackOutput.Settings settings = settings();
        for (Path file : Stream.of(save, html).flatMap(Stream::ofNullable).toList()) {
            AttackOutput.requireFolder(file);
        }
        DeployedModel net =
                DeployedModel.read(model)
                        .scoredBy(
                                new ScoreOutput(Optional.ofNullable(scores), tabular.threshold()));
        LabelledArray given = inputs.read();
        AttackData data =
                AttackData.of(net.model(), given.inputs(), inputs.count(), inputs.scaling());
        long started = System.nanoTime();
        long cpu = Cpu.nanos();
        Attacked attacked = attack(net, data, given.labels(), settings);
        AttackOutput output =
                new AttackOutput(
                        settings,
                        attacked.result(),
                        Duration.ofNanos(System.nanoTime() - started),
                        Duration.ofNanos(Cpu.nanos() - cpu));
        if (save != null) {
            output.save(data.rowDims(), save);
        }
        if (html != null) {
            AttackReport report =
                    new AttackReport(
                            output,
                            attacked.curve(),
                            inputs.box(),
                            data.rowDims(),
                            "bartizan "
                                    + String.join(
                                            " ",
                                            spec().commandLine()
                                                    .getParent()
                                                    .getParseResult()
                                                    .originalArgs()));
            Files.writeString(html, report.page(String.valueOf(model.getFileName())).write());
        }
        if (format == Format.json) {
            out().println(output.json(attacked.curve()).toPrettyString());
        } else {
            output.table(out());
            output.curve(out(), attacked.curve());
        }
        out().flush();
        return 0;
    }

    /// @param curve points by budget; empty when not asked for
    private record Attacked(EvasionResult result, List<SecurityCurve.Point> curve) {}

    private int attackTable() throws IOException, InterruptedException {
        if (!tier.equals("quick") && !tier.equals("standard")) {
            throw Mistakes.unknown("tier", tier, "quick, standard");
        }
        if (save != null) {
            TabularExamples.require(save);
        }
        long started = System.nanoTime();
        long cpu = Cpu.nanos();
        TabularRun.Ran ran =
                new TabularRun(model, tabular, inputs, seed, tier.equals("standard"), this::showRow)
                        .run();
        TabularOutput output =
                new TabularOutput(
                        ran,
                        tier,
                        Duration.ofNanos(System.nanoTime() - started),
                        Duration.ofNanos(Cpu.nanos() - cpu));
        if (save != null) {
            new TabularExamples(ran).save(save);
        }
        if (format == Format.json) {
            out().println(output.json().toPrettyString());
        } else {
            output.table(out());
        }
        out().flush();
        return 0;
    }

    private void showRow(int done, int of) {
        if (Terminal.isInteractive()) {
            err().print("\r\u001b[2Kattack: row " + done + " of " + of);
            err().flush();
        }
    }

    private AttackOutput.Settings settings() {
        Norm known =
                Norm.of(norm).orElseThrow(() -> Mistakes.unknown("norm", norm, "linf, l2, l1"));
        Tier level =
                Tier.of(tier)
                        .orElseThrow(
                                () -> Mistakes.unknown("tier", tier, "quick, standard, blackbox"));
        for (String name : chosen) {
            if (!Evasion.names().contains(name)) {
                throw Mistakes.unknown("attack", name, String.join(", ", Evasion.names()));
            }
        }
        if (!(eps > 0) || Float.isInfinite(eps)) {
            throw new UserError(
                    "An attack needs a budget above 0",
                    "--eps " + eps,
                    "Give the largest change, in units after --scale, such as 0.03.");
        }
        if (device() == Device.CUDA && !Device.CUDA.isBuiltIn()) {
            throw new UserError(
                    "This ONNX Runtime has no CUDA",
                    "--device cuda",
                    "Put onnxruntime_gpu of the same version in place of onnxruntime and install the"
                            + " CUDA libraries it names, or use --device cpu.");
        }
        return new AttackOutput.Settings(
                known, eps, level, chosen.isEmpty() ? level.word() : "chosen", seed);
    }

    private Device device() {
        return switch (device) {
            case "cpu" -> Device.CPU;
            case "cuda" -> Device.CUDA;
            default -> throw Mistakes.unknown("device", device, "cpu, cuda");
        };
    }

    private Attacked attack(
            DeployedModel net,
            AttackData data,
            Optional<NpyArray> labels,
            AttackOutput.Settings settings)
            throws IOException, InterruptedException {
        try {
            Examples examples = examples(net, data, labels);
            EvasionTask task =
                    new EvasionTask(
                            net,
                            data.rowDims(),
                            data.preprocessing(),
                            examples,
                            data.ball(settings.norm(), eps, inputs.scaling()),
                            seed,
                            EvasionTask.ROWS_AT_ONCE,
                            device(),
                            Optional.empty());
            EvasionListener listener =
                    Terminal.isInteractive() ? new AttackProgress(err()) : EvasionListener.NONE;
            Evasion evasion =
                    chosen.isEmpty()
                            ? Evasion.of(settings.tier(), target != null)
                            : Evasion.named(chosen);
            EvasionResult result = evasion.run(task, listener);
            return new Attacked(
                    result, hasCurve ? SecurityCurve.of(evasion, task, result) : List.of());
        } catch (GradientException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    model.toString(),
                    settings.tier() == Tier.BLACKBOX
                            ? "Give a classifier with one input of numbers and scores by class."
                            : "Give another model, or use --tier blackbox where only the gradient is"
                                    + " missing.",
                    e);
        } catch (InferenceException e) {
            throw new UserError(
                    "ONNX Runtime does not run the model on these examples: " + e.getMessage(),
                    model.toString(),
                    String.valueOf(e.getMessage()).contains("not a registered function/op")
                            ? "It needs operators that ONNX Runtime does not have; export it with"
                                    + " standard ones."
                            : "Check the shape of the examples against the model's input.",
                    e);
        }
    }

    private Examples examples(DeployedModel net, AttackData data, Optional<NpyArray> inside)
            throws IOException, InterruptedException {
        try (AttackedModel asked =
                AttackedModel.open(net, data.rowDims(), data.preprocessing(), device())) {
            int classes = asked.classes();
            if (target != null && (target < 0 || target >= classes)) {
                throw new UserError(
                        "There is no class " + target + "; the model tells " + classes + " apart",
                        "--target " + target,
                        "Give a number from 0 to " + (classes - 1) + ".");
            }
            Optional<NpyArray> given = inputs.labels().or(() -> inside);
            int[] labels =
                    given.isPresent()
                            ? Labels.of(given.get(), data.rows(), classes, inputs.labelsFrom())
                            : asked.answers(data.values());
            return new Examples(
                    data.values(),
                    labels,
                    target == null ? OptionalInt.empty() : OptionalInt.of(target));
        }
    }
}
