package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.robustness.Attack;
import dev.bartizan.robustness.AttackChoice;
import dev.bartizan.robustness.AttackWish;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Tier;
import dev.bartizan.tensors.gradient.ScoreOutput;
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
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --norm l2 --minimal",
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --eps 0.05 --tier standard \\",
            "      --resume work/",
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

    @Mixin private AttackOptions options = new AttackOptions();

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description =
                    "The output with the scores. Default: the first of real numbers from which no"
                            + " other one is computed.")
    private @Nullable String scores;

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

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description =
                    "Keep there what is found, 64 examples at a time; the same command goes on where it"
                            + " was interrupted.")
    private @Nullable Path resume;

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
        for (Path file : Stream.of(save, html).flatMap(Stream::ofNullable).toList()) {
            AttackOutput.requireFolder(file);
        }
        AttackChoice choice =
                options.choice(AttackWish.Tells.GRADIENTS, Tier.QUICK, OptionalInt.empty());
        AttackedFile.Opened opened =
                AttackedFile.open(
                        model,
                        new ScoreOutput(Optional.ofNullable(scores), tabular.threshold()),
                        inputs,
                        options.device());
        AttackedFile file = opened.file();
        AttackOutput.Settings settings =
                options.settings(Tier.QUICK, file.data().width(), inputs.side());
        long started = System.nanoTime();
        long cpu = Cpu.nanos();
        EvasionTask task =
                file.task(settings, inputs, opened.labels(), options.target(), resume != null);
        EvasionListener listener =
                Terminal.isInteractive() ? new AttackProgress(err()) : EvasionListener.NONE;
        Optional<EvasionResult> earlier = Optional.empty();
        if (resume != null) {
            AttackCheckpoint checkpoint =
                    new AttackCheckpoint(
                            resume, task.examples(), purpose(file, settings, choice), listener);
            earlier = checkpoint.read();
            listener = checkpoint;
            earlier.ifPresent(
                    part -> err().println("attack: going on after " + part.rows() + " examples"));
        }
        AttackedFile.Attacked attacked =
                file.attack(task, choice, earlier, listener, hasCurve, settings.eps());
        AttackOutput output =
                new AttackOutput(
                        settings,
                        attacked,
                        Duration.ofNanos(System.nanoTime() - started),
                        Duration.ofNanos(Cpu.nanos() - cpu));
        write(output, file.data().rowDims());
        return 0;
    }

    /// All that a result depends on beside the examples.
    private List<String> purpose(
            AttackedFile file, AttackOutput.Settings settings, AttackChoice choice) {
        return List.of(
                Digest.of(file.model().bytes()).hex(),
                settings.toString(),
                choice.attacks().stream().map(Attack::name).toList().toString(),
                String.valueOf(choice.isMinimal()),
                options.queries().toString(),
                inputs.scaling().toString(),
                String.valueOf(scores));
    }

    private void write(AttackOutput output, List<Long> rowDims) throws IOException {
        if (save != null) {
            output.save(rowDims, save);
        }
        if (html != null) {
            String words =
                    String.join(
                            " ", spec().commandLine().getParent().getParseResult().originalArgs());
            AttackReport report =
                    new AttackReport(output, inputs.box(), rowDims, "bartizan " + words);
            Files.writeString(html, report.page(String.valueOf(model.getFileName())).write());
        }
        if (format == Format.json) {
            out().println(output.json().toPrettyString());
        } else {
            output.table(out());
        }
        out().flush();
    }

    private int attackTable() throws IOException, InterruptedException {
        Tier tier = options.tableTier();
        if (save != null) {
            TabularExamples.require(save);
        }
        long started = System.nanoTime();
        long cpu = Cpu.nanos();
        TabularRun.Ran ran =
                new TabularRun(
                                model,
                                tabular,
                                inputs,
                                options.seed(),
                                tier == Tier.STANDARD,
                                this::showRow)
                        .run();
        TabularOutput output =
                new TabularOutput(
                        ran,
                        tier.word(),
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
}
