package dev.bartizan.robustness.tabular;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Attributes;
import dev.bartizan.core.Binomial;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Evades a model of tables on the samples of a system file, within a budget of costs, and says
/// what that shows of a claim.
public final class TableEvasion {
    private static final int QUICK_ROWS = 60;
    private static final int ROWS = 1000;
    private static final Duration QUICK_TIME = Duration.ofSeconds(20);
    private static final Duration TIME = Duration.ofMinutes(20);
    private static final double CONFIDENCE = 0.95;

    private final EvasionFiles files;
    private final Claim claim;
    private final Context context;
    private final Attributes parameters;

    private TableEvasion(EvasionFiles files, Claim claim, Context context) {
        this.files = files;
        this.claim = claim;
        this.context = context;
        this.parameters = context.parameters();
    }

    /// The file that describes the columns of an element's samples, wherever it is named.
    public static Optional<Path> features(AiSystem system, Element element) {
        return EvasionFiles.of(system, element).map(EvasionFiles::features);
    }

    /// Whether an element names a model, samples, and what their columns mean.
    public static boolean isApplicable(AiSystem system, Element element) {
        return EvasionFiles.of(system, element).isPresent();
    }

    /// Evades an element's model.
    ///
    /// @param claim what the observation speaks of
    /// @throws dev.bartizan.core.UserError when its files do not fit together
    /// @throws IOException when a file cannot be read
    /// @throws InterruptedException when cancelled
    public static Observation observe(
            AiSystem system, Element element, Claim claim, Context context)
            throws IOException, InterruptedException {
        EvasionFiles files = EvasionFiles.of(system, element).orElseThrow();
        return new TableEvasion(files, claim, context).observe();
    }

    private Observation observe() throws IOException, InterruptedException {
        FeatureDescription described = FeatureDescription.read(files.features());
        SampleTable table = SampleTable.read(files.inputs(), files.labels(), described);
        OptionalDouble threshold =
                number("threshold").map(OptionalDouble::of).orElse(OptionalDouble.empty());
        try (Predictor predictor =
                ModelOfTables.read(files.model()).open(described.features().size(), threshold)) {
            List<Integer> labels = table.labels(predictor);
            OptionalInt from = from(labels);
            SampleTable chosen = table.of(labels, from, most());
            TabularSettings settings =
                    new TabularSettings(
                            number("max-cost").orElse(Double.POSITIVE_INFINITY),
                            from,
                            context.seed(),
                            context.isThorough(),
                            time());
            TabularResult result =
                    new TabularAttack(predictor, described, settings)
                            .run(chosen.rows(), chosen.labels(), this::tell);
            return observation(result, threshold);
        }
    }

    private void tell(int done, int of) {
        context.progress().at(done, of, "changing rows of " + files.name());
    }

    private Duration time() {
        Duration usual = context.isThorough() ? TIME : QUICK_TIME;
        return parameters
                .number("seconds")
                .map(seconds -> Duration.ofSeconds(seconds.longValue()))
                .orElse(usual);
    }

    private Optional<Double> number(String key) {
        return parameters.number(key).map(Number::doubleValue);
    }

    private int most() {
        return parameters
                .number("count")
                .map(Number::intValue)
                .orElse(context.isThorough() ? ROWS : QUICK_ROWS);
    }

    /// Class 1 of two: who is caught has a reason to evade.
    private OptionalInt from(List<Integer> labels) {
        Optional<Number> said = parameters.number("from");
        if (said.isPresent()) {
            return OptionalInt.of(said.get().intValue());
        }
        int highest = labels.stream().mapToInt(Integer::intValue).max().orElse(0);
        return highest == 1 ? OptionalInt.of(1) : OptionalInt.empty();
    }

    private Observation observation(TabularResult result, OptionalDouble threshold) {
        EvasionPicture picture = new EvasionPicture(result, threshold, parameters.texts("classes"));
        int trials = result.attacked();
        int broken = result.with(RowResult.Outcome.EVADED).size();
        if (trials == 0 || !result.isTrustworthy()) {
            String reason =
                    trials == 0
                            ? "The samples have no row of that class that the model answers rightly"
                            : "The model does not answer a row the same twice";
            return Observation.of(claim, new Outcome.CouldNotTell(reason), reason);
        }
        Interval interval = Binomial.clopperPearson(broken, trials, CONFIDENCE);
        boolean isTolerated = broken <= number("tolerance").orElse(0.0) * trials;
        if (isTolerated) {
            return Observation.of(
                    claim,
                    new Outcome.Withstood(trials, broken, interval),
                    summary(picture, trials, broken));
        }
        return new Observation(
                claim,
                new Outcome.Confirmed(trials, broken, interval),
                summary(picture, trials, broken),
                List.of(finding(picture)),
                List.of(picture.fields().material()));
    }

    private static String summary(EvasionPicture picture, int trials, int broken) {
        List<String> parts = new ArrayList<>();
        parts.add(broken + " of " + trials + " rows evade the model" + budget(picture));
        picture.result()
                .medianCost()
                .ifPresent(cost -> parts.add("half of them for " + picture.money(cost)));
        return String.join(", ", parts);
    }

    private static String budget(EvasionPicture picture) {
        double most = picture.result().settings().maxCost();
        return Double.isFinite(most)
                ? " for at most " + picture.money(most)
                : " at any cost (no max-cost is set)";
    }

    private Finding finding(EvasionPicture picture) {
        RowResult telling = picture.telling().getFirst();
        return new Finding(
                "evaded-within-budget",
                Severity.HIGH,
                String.format(
                        Locale.ROOT,
                        "Sample %d is answered otherwise (score %.2f before, %.2f after) once %s",
                        telling.row(),
                        telling.before().score(),
                        telling.evasion().orElseThrow().after().score(),
                        picture.words(telling)),
                files.name(),
                "Give less weight to what the sender can change at will, train on changed rows, or"
                        + " have rules check those fields against another source.",
                List.of("CWE-1039"),
                List.of("AML.T0015", "AML.T0043"));
    }
}
