package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.data.ExampleFile;
import dev.bartizan.robustness.tabular.ModelOfTables;
import dev.bartizan.robustness.tabular.Predictor;
import dev.bartizan.robustness.tabular.TableFile;
import dev.bartizan.robustness.tabular.TabularAttack;
import dev.bartizan.robustness.tabular.TabularResult;
import dev.bartizan.robustness.tabular.TabularSettings;
import dev.bartizan.robustness.tabular.Transfer;
import dev.bartizan.tensors.features.FeatureDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs an attack on a model of tables.
///
/// @param model the file
/// @param options of this kind of attack
/// @param inputs where rows and labels come from
/// @param seed of all randomness
/// @param isThorough whether to take the time of the standard tier
/// @param progress hears how far it is
record TabularRun(
        Path model,
        TabularOptions options,
        AttackInputs inputs,
        long seed,
        boolean isThorough,
        TabularAttack.Progress progress) {
    private static final Duration NO_LIMIT = Duration.ofDays(30);

    /// What a run gives.
    ///
    /// @param rows as the model was given them
    /// @param result of the attack
    /// @param losses by row
    /// @param rival what came of a second model
    record Ran(
            List<double[]> rows,
            TabularResult result,
            List<Double> losses,
            Optional<Rival> rival) {}

    /// A second model for the same rows.
    ///
    /// @param model its file
    /// @param result of the attack on it
    /// @param toIt how evasions of the first model fare against it
    /// @param fromIt how its evasions fare against the first model
    record Rival(Path model, TabularResult result, Transfer toIt, Transfer fromIt) {}

    Ran run() throws IOException, InterruptedException {
        if (!(options.maxCost() >= 0)) {
            throw new UserError(
                    "A budget is 0 or above",
                    "--max-cost " + options.maxCost(),
                    "Give the most that an evasion may cost.");
        }
        FeatureDescription described = FeatureDescription.read(options.features().orElseThrow());
        TableFile table = table(described);
        if (table.rows().isEmpty()) {
            throw new UserError(
                    "There are no rows", inputs.path().toString(), "Give at least one.");
        }
        TabularSettings settings =
                new TabularSettings(options.maxCost(), options.from(), seed, isThorough, NO_LIMIT);
        List<Double> losses = losses(described, table);
        Optional<ModelOfTables> other = Optional.empty();
        if (options.challenger().isPresent()) {
            other = Optional.of(ModelOfTables.read(options.challenger().get()));
        }
        int width = described.features().size();
        try (Predictor predictor = ModelOfTables.read(model).open(width, options.threshold())) {
            TabularResult result = attack(predictor, described, settings, table);
            List<double[]> rows =
                    table.rows().stream()
                            .map(row -> Arrays.stream(row).map(predictor::round).toArray())
                            .toList();
            return new Ran(
                    rows,
                    result,
                    losses,
                    other.isEmpty()
                            ? Optional.empty()
                            : Optional.of(rival(other.get(), described, table, predictor, result)));
        }
    }

    private Rival rival(
            ModelOfTables file,
            FeatureDescription described,
            TableFile table,
            Predictor champion,
            TabularResult before)
            throws IOException, InterruptedException {
        try (Predictor challenger = file.open(described.features().size(), options.threshold())) {
            TabularResult result = attack(challenger, described, before.settings(), table);
            return new Rival(
                    file.path(),
                    result,
                    Transfer.of(before, result, challenger),
                    Transfer.of(result, before, champion));
        }
    }

    private TabularResult attack(
            Predictor predictor,
            FeatureDescription described,
            TabularSettings settings,
            TableFile table)
            throws IOException, InterruptedException {
        return new TabularAttack(predictor, described, settings)
                .run(table.rows(), table.labels(), progress);
    }

    private TableFile table(FeatureDescription described) throws IOException {
        boolean isText = inputs.path().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        if (isText) {
            TableFile table =
                    TableFile.read(inputs.path(), described, options.labelColumn(), inputs.count());
            return new TableFile(table.rows(), labels(Optional.empty()).or(table::labels));
        }
        LabelledArray given = ExampleFile.examples(inputs.path(), inputs.count());
        NpyArray array = given.inputs();
        int width = described.features().size();
        if (array.rowSize() != width) {
            throw new UserError(
                    "A row has "
                            + array.rowSize()
                            + " numbers, the description has "
                            + width
                            + " columns",
                    inputs.path().toString(),
                    "Describe every column of the model's input, in order.");
        }
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < Math.min(inputs.count(), array.rows()); row++) {
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                values[i] = array.number(row * width + i);
            }
            rows.add(values);
        }
        Optional<List<Integer>> labels = labels(given.labels());
        if (labels.isPresent() && labels.get().size() < rows.size()) {
            throw new UserError(
                    labels.get().size() + " labels for " + rows.size() + " rows",
                    inputs.labelsFrom(),
                    "Give one for each, or fewer rows with --count.");
        }
        return new TableFile(rows, labels);
    }

    private Optional<List<Integer>> labels(Optional<NpyArray> inside) throws IOException {
        Optional<NpyArray> given = inputs.labels().or(() -> inside);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < given.get().size(); i++) {
            labels.add(Math.toIntExact(given.get().integer(i)));
        }
        return Optional.of(labels);
    }

    private List<Double> losses(FeatureDescription described, TableFile table) {
        if (options.lossColumn().isEmpty()) {
            return table.rows().stream().map(_ -> 1.0).toList();
        }
        int column = described.column(options.lossColumn());
        if (column < 0) {
            throw new UserError(
                    "There is no column \"" + options.lossColumn() + "\"",
                    "--loss-column",
                    "Use a name that stands under features.");
        }
        return table.rows().stream().map(row -> row[column]).toList();
    }
}
