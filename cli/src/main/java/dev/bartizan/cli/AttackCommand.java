package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.robustness.Attack;
import dev.bartizan.robustness.AttackChoice;
import dev.bartizan.robustness.AttackWish;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.EvasionTask;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.Tier;
import dev.bartizan.robustness.Work;
import dev.bartizan.robustness.corruption.CommonCorruptions;
import dev.bartizan.robustness.corruption.Corruption;
import dev.bartizan.robustness.corruption.CorruptionResult;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.tensors.gradient.ScoreOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

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
            "  bartizan attack cifar.onnx --inputs test_batch.bin --scale 255 --norm l2 \\",
            "      --eps 0.5 --mean 0.485,0.456,0.406 --std 0.225,0.225,0.225 \\",
            "      --save found.npz",
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --norm l2 --minimal",
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --eps 0.05 \\",
            "      --tier standard --resume work/",
            "  bartizan attack mnist.onnx --inputs t10k-images-idx3-ubyte.gz --scale 255 \\",
            "      --labels t10k-labels-idx1-ubyte.gz --count 200 --corruptions",
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --eps 0.05 \\",
            "      --system system.yaml --element classifier",
            "  bartizan attack http://localhost:8080/v2/models/net --inputs x.npy --labels y.npy \\",
            "      --eps 0.05 --queries 500 --rate 20 --count 50 --resume work/",
            "  bartizan attack fraud.onnx --features features.yaml --inputs claims.csv \\",
            "      --label-column fraud --from 1 --max-cost 200",
            "  bartizan attack model.ubj --features features.yaml --inputs x.npy --labels y.npy \\",
            "      --challenger new.onnx --save found.csv"
        })
final class AttackCommand extends ShellCommand {
    @Parameters(
            paramLabel = "MODEL",
            description =
                    "An ONNX classifier with one input; or the address of one (http://, https:// or"
                            + " simulated:shapes), which is asked for predictions.")
    private String target = "";

    @Mixin private AttackInputs inputs = new AttackInputs();

    @Mixin private TabularOptions tabular = new TabularOptions();

    @Mixin private AttackOptions options = new AttackOptions();

    @Mixin private EndpointOptions endpointOptions = new EndpointOptions();

    @Mixin private AttackEvidence evidence = new AttackEvidence();

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

    @Option(
            names = "--corruptions",
            description =
                    "Count also, or without --eps only, how many answers stay right without an attacker:"
                            + " under noise, blur, contrast, brightness, JPEG and occlusion, each in five"
                            + " severities.")
    private boolean hasCorruptions;

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
        evidence.require(target, options);
        return EndpointOptions.isEndpoint(target) ? attackEndpoint() : attackFile();
    }

    private boolean isCorruptedOnly() {
        return hasCorruptions && !options.hasEps() && !options.isMinimal();
    }

    private int attackFile() throws IOException, InterruptedException {
        AttackChoice choice =
                options.choice(AttackWish.Tells.GRADIENTS, Tier.QUICK, OptionalInt.empty());
        AttackedFile.Opened opened =
                AttackedFile.open(
                        Path.of(target),
                        new ScoreOutput(Optional.ofNullable(scores), tabular.threshold()),
                        inputs,
                        options.device());
        AttackedFile file = opened.file();
        AttackOutput.Settings settings = settings(Tier.QUICK, file.data());
        Stopwatch watch = Stopwatch.started();
        EvasionTask task =
                file.task(settings, inputs, opened.labels(), options.target(), resume != null);
        Optional<CorruptionResult> corrupted =
                hasCorruptions
                        ? Optional.of(corruptions().run(task, this::showCorruption))
                        : Optional.empty();
        if (isCorruptedOnly()) {
            return writeCorrupted(corrupted.orElseThrow());
        }
        Going going =
                going(Digest.of(file.model().bytes()).hex(), task.examples(), settings, choice);
        AttackedFile.Attacked attacked =
                file.attack(
                        task, choice, going.earlier(), going.listener(), hasCurve, settings.eps());
        write(
                new AttackOutput(settings, attacked, corrupted, watch.wall(), watch.cpu()),
                file.data().rowDims(),
                false);
        return 0;
    }

    private int attackEndpoint() throws IOException, InterruptedException {
        if (hasCurve) {
            throw new UserError(
                    "A curve would ask an endpoint six times as much",
                    "--curve",
                    "Use --minimal --attacks hopskipjump, which gives a curve too.");
        }
        try (AttackedEndpoint endpoint = AttackedEndpoint.open(target, inputs, endpointOptions)) {
            AttackChoice choice =
                    options.choice(
                            endpoint.tells(),
                            Tier.BLACKBOX,
                            OptionalInt.of(AttackedEndpoint.QUERIES));
            AttackOutput.Settings settings = settings(Tier.BLACKBOX, endpoint.data());
            Stopwatch watch = Stopwatch.started();
            if (!isCorruptedOnly()) {
                endpoint.sayCost(
                        err(),
                        choice,
                        options.queries().orElse(AttackedEndpoint.QUERIES),
                        endpoint.data().rows());
            }
            Work work = endpoint.work(settings, inputs, options.target());
            Optional<CorruptionResult> corrupted = Optional.empty();
            if (hasCorruptions) {
                corrupted =
                        Optional.of(
                                corruptions()
                                        .run(
                                                endpoint.classifier(),
                                                work.examples(),
                                                options.seed(),
                                                this::showCorruption));
            }
            if (isCorruptedOnly()) {
                return writeCorrupted(corrupted.orElseThrow());
            }
            Going going = going(endpoint.name(), work.examples(), settings, choice);
            AttackedFile.Attacked attacked =
                    endpoint.attack(
                            work, choice, going.earlier(), going.listener(), settings.eps());
            write(
                    new AttackOutput(settings, attacked, corrupted, watch.wall(), watch.cpu()),
                    endpoint.data().rowDims(),
                    endpoint.isSimulated());
            return 0;
        }
    }

    private AttackOutput.Settings settings(Tier usual, AttackData data) {
        return isCorruptedOnly()
                ? new AttackOutput.Settings(
                        options.norm(), inputs.side(), false, "corruptions", options.seed())
                : options.settings(usual, data.width(), inputs.side());
    }

    private CommonCorruptions corruptions() {
        return new CommonCorruptions(
                new CommonCorruptions.Box(inputs.box().get(0), inputs.box().get(1)));
    }

    private void showCorruption(Corruption corruption, int done) {
        if (Terminal.isInteractive()) {
            err().print("\r\u001b[2Kattack: " + corruption.word() + ", " + done + " of 8");
            err().flush();
        }
    }

    private int writeCorrupted(CorruptionResult result) {
        CorruptionOutput output = new CorruptionOutput(result);
        if (format == Format.json) {
            out().println(
                            JsonMapper.shared()
                                    .createObjectNode()
                                    .put("n", result.rows())
                                    .put("clean_correct", result.cleanCorrect())
                                    .put("seed", options.seed())
                                    .set("corruptions", output.json())
                                    .toPrettyString());
        } else {
            output.table(out());
        }
        out().flush();
        return 0;
    }

    /// What an attack starts from.
    ///
    /// @param earlier what was found before it was interrupted
    /// @param listener hears how far it is
    private record Going(Optional<EvasionResult> earlier, EvasionListener listener) {}

    private Going going(
            String subject, Examples examples, AttackOutput.Settings settings, AttackChoice choice)
            throws IOException {
        EvasionListener shown =
                Terminal.isInteractive() ? new AttackProgress(err()) : EvasionListener.NONE;
        if (resume == null) {
            return new Going(Optional.empty(), shown);
        }
        List<String> depends =
                List.of(
                        subject,
                        settings.toString(),
                        choice.attacks().stream().map(Attack::name).toList().toString(),
                        String.valueOf(choice.isMinimal()),
                        options.queries().toString(),
                        inputs.scaling().toString(),
                        String.valueOf(scores));
        AttackCheckpoint checkpoint = new AttackCheckpoint(resume, examples, depends, shown);
        Optional<EvasionResult> earlier = checkpoint.read();
        earlier.ifPresent(
                part -> err().println("attack: going on after " + part.rows() + " examples"));
        return new Going(earlier, checkpoint);
    }

    /// The command as it was typed.
    private String words() {
        return "bartizan "
                + String.join(
                        " ", spec().commandLine().getParent().getParseResult().originalArgs());
    }

    private void write(AttackOutput output, List<Long> rowDims, boolean isSimulated)
            throws IOException {
        String words = words();
        if (save != null) {
            output.save(rowDims, save);
        }
        if (html != null) {
            AttackReport report = new AttackReport(output, inputs.box(), rowDims, words);
            String name =
                    EndpointOptions.isEndpoint(target)
                            ? target
                            : String.valueOf(Path.of(target).getFileName());
            Files.writeString(html, report.page(name).write());
        }
        if (format == Format.json) {
            out().println(output.json().toPrettyString());
        } else {
            output.table(out());
        }
        evidence.keep(output, words, isSimulated).ifPresent(said -> err().println(said));
        out().flush();
    }

    private int attackTable() throws IOException, InterruptedException {
        Tier tier = options.tableTier();
        requireWhatTablesTake();
        if (save != null) {
            TabularExamples.require(save);
        }
        if (html != null) {
            AttackOutput.requireFolder(html);
        }
        Stopwatch watch = Stopwatch.started();
        TabularRun.Ran ran =
                new TabularRun(
                                Path.of(target),
                                tabular,
                                inputs,
                                options.seed(),
                                tier == Tier.STANDARD,
                                this::showRow)
                        .run();
        TabularOutput output = new TabularOutput(ran, tier.word(), watch.wall(), watch.cpu());
        if (save != null) {
            new TabularExamples(ran).save(save);
        }
        if (html != null) {
            String name = String.valueOf(Path.of(target).getFileName());
            Files.writeString(html, output.page(name, tabular.threshold(), words()).write());
        }
        if (format == Format.json) {
            out().println(output.json().toPrettyString());
        } else {
            output.table(out());
        }
        out().flush();
        return 0;
    }

    /// Refuses what an attack on a table would leave aside without a word.
    private void requireWhatTablesTake() {
        Map<String, Boolean> asked = new TreeMap<>();
        asked.put("--curve", hasCurve);
        asked.put("--corruptions", hasCorruptions);
        asked.put("--minimal", options.isMinimal());
        asked.put("--resume", resume != null);
        asked.put("--system", evidence.isAsked());
        asked.forEach((name, isAsked) -> {
            if (isAsked) {
                throw new UserError(
                        "An attack on a table takes no " + name,
                        "--features",
                        name.equals("--system")
                                ? "Name the description as `samples: { features: … }` of the element;"
                                        + " assess then attacks it."
                                : "Leave it out: costs and their curve are always told.");
            }
        });
    }

    private void showRow(int done, int of) {
        if (Terminal.isInteractive()) {
            err().print("\r\u001b[2Kattack: row " + done + " of " + of);
            err().flush();
        }
    }
}
