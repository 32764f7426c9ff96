package dev.bartizan.robustness;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.ExampleFile;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.robustness.tabular.TableEvasion;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Attacks an ONNX model on the samples that the system file names: how many right answers a small
/// change turns. A turned answer is `Confirmed` when more than the tolerated share turned, for the
/// file itself gave it; no turned answer is `Withstood` only when nothing speaks against the
/// attack. Where the columns of a table are described, changes keep that description and a budget
/// of costs instead.
public final class EvasionCheck implements Check {
    static final Claim EVADED = new Claim("linf-evasion-within-budget");
    private static final String PARAMETERS = "evasion.parameters.json";
    private static final double CONFIDENCE = 0.95;
    private static final int NUMBERS_AT_ONCE = 1 << 18;
    private static final int FEWEST_AT_ONCE = 16;
    private static final int USUAL_ROWS = 100;
    private static final int THOROUGH_ROWS = 1000;
    private static final int USUAL_SECONDS = 30;
    private static final int THOROUGH_SECONDS = 1800;
    private static final int MOST_NAMED = 20;
    private static final String MEND =
            "Harden the model (bartizan harden), and let rules check what no honest input shows.";

    /// Found by `ServiceLoader`.
    public EvasionCheck() {}

    @Override
    public CheckCard card() {
        return new CheckCard(
                "evasion",
                "Whether small changes of samples turn the model's answer",
                "1",
                List.of(EVADED),
                CheckCard.Cost.MINUTES,
                CheckCard.Effects.NONE,
                Duration.ofDays(90),
                Optional.empty(),
                Optional.of(parameters()));
    }

    private static String parameters() {
        try (InputStream in = EvasionCheck.class.getResourceAsStream(PARAMETERS)) {
            if (in == null) {
                throw new IllegalStateException("The schema of parameters is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return TableEvasion.isApplicable(system, element)
                || (model(system, element).isPresent() && inputs(system, element).isPresent());
    }

    private static Optional<Path> model(AiSystem system, Element element) {
        Attributes artifact = element.attributes().map("artifact");
        boolean isOnnx =
                artifact.text("format").map("onnx"::equals).orElse(false)
                        || artifact.text("path")
                                .map(path -> path.toLowerCase(Locale.ROOT).endsWith(".onnx"))
                                .orElse(false);
        return isOnnx ? system.artifact(element) : Optional.empty();
    }

    private static Optional<Path> inputs(AiSystem system, Element element) {
        return sample(system, element, "inputs");
    }

    private static Optional<Path> sample(AiSystem system, Element element, String key) {
        return element.attributes().map("samples").text(key).map(system::resolve);
    }

    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element) throws IOException {
        Path model = system.artifact(element).orElseThrow();
        if (!Files.isRegularFile(model)) {
            return Optional.empty();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        try {
            parts.put(
                    "model",
                    model(system, element).isPresent()
                            ? Digest.of(DeployedModel.read(model).bytes()).hex()
                            : Digest.ofFile(model).hex());
        } catch (UserError e) {
            return Optional.empty();
        }
        Map<String, Optional<Path>> files = new LinkedHashMap<>();
        files.put("inputs", inputs(system, element));
        files.put("labels", sample(system, element, "labels"));
        files.put(
                "features",
                sample(system, element, "features")
                        .or(() -> TableEvasion.features(system, element)));
        for (Map.Entry<String, Optional<Path>> file : files.entrySet()) {
            Optional<Path> readable = file.getValue().filter(Files::isRegularFile);
            if (readable.isPresent()) {
                parts.put(file.getKey(), Digest.ofFile(readable.get()).hex());
            }
        }
        parts.put("samples", element.attributes().map("samples").values().toString());
        return Optional.of(
                TargetDigest.pinned(
                        Digest.composite(parts),
                        element.attributes().map("artifact").text("path").orElse("")
                                + " with samples"));
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException, InterruptedException {
        try {
            return List.of(
                    TableEvasion.isApplicable(system, element)
                            ? TableEvasion.observe(system, element, EVADED, context)
                            : attack(system, element, context));
        } catch (UserError e) {
            return cannotTell(e.what() + " (" + e.where() + "). " + e.mend());
        } catch (GradientException | InferenceException e) {
            return cannotTell(String.valueOf(e.getMessage()));
        }
    }

    private static List<Observation> cannotTell(String reason) {
        return List.of(Observation.of(EVADED, new Outcome.CouldNotTell(reason), reason));
    }

    private static Observation attack(AiSystem system, Element element, Context context)
            throws IOException, InterruptedException {
        Attributes parameters = context.parameters();
        int most = context.isThorough() ? THOROUGH_ROWS : USUAL_ROWS;
        int count = parameters.number("count").map(Number::intValue).orElse(most);
        DeployedModel model = DeployedModel.read(model(system, element).orElseThrow());
        LabelledArray given = ExampleFile.examples(inputs(system, element).orElseThrow(), count);
        SampleBudget budget = SampleBudget.of(system, element, given.inputs());
        AttackData data = AttackData.of(model.model(), given.inputs(), count, budget.scaling());
        Ball ball = budget.ball(data);
        Examples examples = examples(system, element, model, data, given.labels());
        int usual = context.isThorough() ? THOROUGH_SECONDS : USUAL_SECONDS;
        int seconds = parameters.number("seconds").map(Number::intValue).orElse(usual);
        EvasionTask task =
                new EvasionTask(
                        model,
                        data.rowDims(),
                        data.preprocessing(),
                        examples,
                        ball,
                        context.seed(),
                        Math.clamp(
                                NUMBERS_AT_ONCE / data.width(),
                                FEWEST_AT_ONCE,
                                EvasionTask.ROWS_AT_ONCE),
                        Device.CPU,
                        Optional.of(Duration.ofSeconds(seconds)));
        Tier tier = context.isThorough() ? Tier.STANDARD : Tier.QUICK;
        EvasionListener listener = (attack, done, of, _) -> context.progress().at(done, of, attack);
        try {
            EvasionResult result = Evasion.of(tier, false).run(task, listener);
            return observed(new Attacked(result, budget.words(ball), tier), element, context);
        } catch (GradientException e) {
            EvasionResult result = Evasion.blackbox().run(task, listener);
            return observed(
                    new Attacked(result, budget.words(ball), Tier.BLACKBOX), element, context);
        }
    }

    private static Examples examples(
            AiSystem system,
            Element element,
            DeployedModel model,
            AttackData data,
            Optional<NpyArray> inside)
            throws IOException, InterruptedException {
        try (AttackedModel asked =
                AttackedModel.open(model, data.rowDims(), data.preprocessing(), Device.CPU)) {
            Optional<Path> labels = sample(system, element, "labels");
            Optional<NpyArray> array =
                    labels.isPresent()
                            ? Optional.of(ExampleFile.labels(labels.get(), data.rows()))
                            : inside;
            return new Examples(
                    data.values(),
                    array.isPresent()
                            ? Labels.of(
                                    array.get(),
                                    data.rows(),
                                    asked.classes(),
                                    labels.map(Path::toString).orElse("labels"))
                            : asked.answers(data.values()));
        }
    }

    /// What an attack found.
    ///
    /// @param result of it
    /// @param budget in words
    /// @param tier that was run
    private record Attacked(EvasionResult result, String budget, Tier tier) {
        int right() {
            return result.cleanCorrect();
        }

        int broken() {
            return right() - result.robustCorrect();
        }

        String summary() {
            String size =
                    result.medianSize().isEmpty()
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", half of them at a size of %.3g or less",
                                    result.medianSize().getAsDouble());
            return broken()
                    + " of "
                    + right()
                    + " right answers turn under changes of at most "
                    + budget
                    + size
                    + " ("
                    + tier.word()
                    + " tier, "
                    + result.rows()
                    + " samples)";
        }
    }

    private static Observation observed(Attacked attacked, Element element, Context context) {
        EvasionResult result = attacked.result();
        int right = attacked.right();
        if (right == 0) {
            String reason = "The model answers none of " + result.rows() + " samples rightly";
            return Observation.of(EVADED, new Outcome.CouldNotTell(reason), reason);
        }
        int broken = attacked.broken();
        Interval interval = Binomial.clopperPearson(broken, right, CONFIDENCE);
        double tolerance =
                context.parameters().number("tolerance").map(Number::doubleValue).orElse(0.0);
        List<RawMaterial> raw = List.of(turned(result));
        if (broken > tolerance * right) {
            return new Observation(
                    EVADED,
                    new Outcome.Confirmed(right, broken, interval),
                    attacked.summary(),
                    List.of(finding(attacked.summary(), element)),
                    raw);
        }
        if (!result.isTrustworthy()) {
            String reason =
                    attacked.summary()
                            + "; not to be relied on: "
                            + result.doubts().stream()
                                    .map(Doubt::what)
                                    .collect(Collectors.joining("; "));
            return Observation.of(EVADED, new Outcome.CouldNotTell(reason), reason);
        }
        return new Observation(
                EVADED,
                new Outcome.Withstood(right, broken, interval),
                attacked.summary(),
                List.of(),
                raw);
    }

    private static Finding finding(String summary, Element element) {
        return new Finding(
                "answer-turns-within-budget",
                Severity.MEDIUM,
                summary,
                element.attributes().map("artifact").text("path").orElse(""),
                MEND,
                List.of("CWE-1039"),
                List.of("AML.T0015", "AML.T0043"));
    }

    /// A line for each turned sample: its number, the answers before and after, the size, and what
    /// changed by how much.
    private static RawMaterial turned(EvasionResult result) {
        StringBuilder lines = new StringBuilder("sample,label,answer,size,changes\n");
        float[] before = result.examples().values();
        float[] after = result.changed();
        int width = result.examples().width();
        for (int row = 0; row < result.rows(); row++) {
            if (!result.isBroken(row)) {
                continue;
            }
            lines.append(row)
                    .append(',')
                    .append(result.examples().label(row))
                    .append(',')
                    .append(result.answers()[row])
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.5g", result.size(row)))
                    .append(',');
            for (int i = 0, named = 0; i < width && named < MOST_NAMED; i++) {
                float change = after[row * width + i] - before[row * width + i];
                if (change != 0) {
                    named++;
                    lines.append(String.format(Locale.ROOT, "%d:%+.5g ", i, change));
                }
            }
            lines.append('\n');
        }
        return RawMaterial.text("turned.csv", "text/csv", lines.toString());
    }
}
