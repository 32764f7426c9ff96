package dev.bartizan.cli;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyReader;
import dev.bartizan.formats.onnx.OnnxFormatException;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.robustness.AttackData;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.Evasion;
import dev.bartizan.robustness.Examples;
import dev.bartizan.tensors.gradient.GradientException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
            "Images may lie channels first or last; they are brought to the model's layout."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan attack net.onnx --inputs x.npy --labels y.npy --eps 0.05",
            "  bartizan attack cifar.onnx --inputs x.npy --labels y.npy --scale 255 \\",
            "      --mean 0.485,0.456,0.406 --std 0.225,0.225,0.225 --eps 0.00784 --tier standard"
        })
final class AttackCommand extends ShellCommand {
    private static final double CONFIDENCE = 0.95;

    @Parameters(paramLabel = "MODEL", description = "An ONNX classifier with one input.")
    private Path model = Path.of("");

    @Option(names = "--inputs", required = true, paramLabel = "X.npy", description = "Examples.")
    private Path inputs = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "Y.npy",
            description = "Their classes. Default: what the model answers unchanged.")
    private @Nullable Path labels;

    @Option(names = "--norm", paramLabel = "linf", description = "Default: linf.")
    private String norm = "linf";

    @Option(
            names = "--eps",
            required = true,
            paramLabel = "E",
            description = "Largest change of a number, in units after --scale.")
    private float eps;

    @Option(
            names = "--tier",
            paramLabel = "quick|standard",
            description = "quick: Auto-PGD; standard: as strong as AutoAttack. Default: quick.")
    private String tier = "quick";

    @Option(names = "--count", paramLabel = "N", description = "Only the first N examples.")
    private int count = Integer.MAX_VALUE;

    @Option(names = "--scale", paramLabel = "D", description = "Divide inputs by D. Default: 1.")
    private float scale = 1;

    @Option(
            names = "--box",
            split = ",",
            paramLabel = "LO,HI",
            description = "Valid inputs, after --scale. Default: 0,1.")
    private List<Float> box = List.of(0f, 1f);

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "Subtracted after --scale, for each channel. Default: 0.")
    private List<Float> mean = List.of(0f);

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "Divided by after --mean, for each channel. Default: 1.")
    private List<Float> deviation = List.of(1f);

    @Option(names = "--seed", description = "Of all randomness. Default: 1.")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is written.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSense();
        OnnxModel net = read(model);
        AttackData data =
                AttackData.of(
                        net,
                        NpyReader.read(file(inputs)),
                        count,
                        new AttackData.Scaling(scale, box.get(0), box.get(1), mean, deviation),
                        eps);
        long started = System.nanoTime();
        long cpu = cpuNanos();
        try {
            Examples examples = new Examples(data.values(), classes(net, data));
            Evasion evasion = tier.equals("quick") ? Evasion.quick() : Evasion.standard();
            Evasion.Result result = evasion.run(net, data.rowDims(), examples, data.ball(), seed);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            print(result, took, Duration.ofNanos(cpuNanos() - cpu));
        } catch (GradientException e) {
            throw new UserError(
                    "The model has no gradient here: " + e.getMessage(),
                    model.toString(),
                    "Attacks without gradients are not on offer yet.",
                    e);
        }
        return 0;
    }

    private void requireSense() {
        if (!norm.equals("linf")) {
            throw Mistakes.unknown("norm", norm, "linf");
        }
        if (!List.of("quick", "standard").contains(tier)) {
            throw Mistakes.unknown("tier", tier, "quick, standard");
        }
        if (!(eps > 0) || count < 1 || box.size() != 2) {
            throw new UserError(
                    "An attack needs a budget above 0, at least one example, and a box of two ends",
                    "--eps " + eps + " --count " + count,
                    "See bartizan attack --help.");
        }
    }

    private static OnnxModel read(Path path) throws IOException {
        try {
            return OnnxReader.read(file(path));
        } catch (OnnxFormatException e) {
            throw new UserError(
                    "This is no ONNX model that can be read: " + e.getMessage(),
                    path.toString(),
                    "Run bartizan scan on it.",
                    e);
        }
    }

    private static Path file(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UserError("There is no such file", path.toString(), "Check the path.");
        }
        return path;
    }

    private int[] classes(OnnxModel net, AttackData data)
            throws IOException, GradientException, InterruptedException {
        if (labels == null) {
            try (AttackedModel asked = AttackedModel.open(net, data.rowDims())) {
                return asked.answers(data.values());
            }
        }
        NpyArray given = NpyReader.read(file(labels));
        if (given.size() < data.rows()) {
            throw new UserError(
                    given.size() + " labels for " + data.rows() + " examples",
                    labels.toString(),
                    "Give one for each, or fewer examples with --count.");
        }
        int[] classes = new int[data.rows()];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = Math.toIntExact(given.integer(row));
        }
        return classes;
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private void print(Evasion.Result result, Duration took, Duration cpu) {
        if (format == Format.json) {
            out().println(json(result, took, cpu).toPrettyString());
        } else {
            table(result, took, cpu);
        }
        out().flush();
    }

    private ObjectNode json(Evasion.Result result, Duration took, Duration cpu) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("n", result.examples());
        node.put("clean_correct", result.cleanCorrect());
        node.put("robust_correct", result.robustCorrect());
        node.put("norm", norm).put("eps", Double.parseDouble(Float.toString(eps)));
        node.put("tier", tier).put("trustworthy", result.isTrustworthy()).put("seed", seed);
        node.put("seconds", took.toMillis() / 1e3).put("cpu_seconds", cpu.toMillis() / 1e3);
        ArrayNode attacks = node.putArray("attacks");
        result.brokenBy()
                .forEach((name, broken) ->
                        attacks.addObject().put("name", name).put("broken", broken));
        return node;
    }

    private void table(Evasion.Result result, Duration took, Duration cpu) {
        Interval interval =
                Binomial.clopperPearson(result.robustCorrect(), result.examples(), CONFIDENCE);
        out().printf(
                        Locale.ROOT,
                        "%d of %d right unchanged, %d of %d under attack (95 %% interval %.1f to %.1f %%)%n",
                        result.cleanCorrect(),
                        result.examples(),
                        result.robustCorrect(),
                        result.examples(),
                        100 * interval.low(),
                        100 * interval.high());
        for (Map.Entry<String, Integer> attack : result.brokenBy().entrySet()) {
            out().printf("  %-10s broke %d%n", attack.getKey(), attack.getValue());
        }
        out().printf(
                        Locale.ROOT,
                        "norm %s, eps %s, tier %s, seed %d, %.1f s, %.1f s of CPU%n",
                        norm,
                        eps,
                        tier,
                        seed,
                        took.toMillis() / 1e3,
                        cpu.toMillis() / 1e3);
        if (!result.isTrustworthy()) {
            out().println(
                            "Do not rely on it: an attack without gradients broke what those with"
                                    + " gradients could not, or the file did not confirm an attack.");
        }
    }
}
