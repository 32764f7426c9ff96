package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.features.Feature;
import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.tensors.trees.TreeEnsemble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Looks for the cheapest change of each row that turns its answer, with nothing changed that
/// cannot be.
///
/// A search that asks the model for answers works on every model; networks are searched along their
/// gradient before it. Tree ensembles are then searched by branch and bound, which proves the least
/// cost where it ends in time and no relation between columns is in the way. What was found counts
/// only when the model, asked for that row alone, answers it otherwise and every constraint holds.
public final class TabularAttack {
    private final Predictor predictor;
    private final Constraints constraints;
    private final TabularSettings settings;

    /// Hears how far it is.
    public interface Progress {
        /// `done` of `of` rows.
        void at(int done, int of);
    }

    /// @param predictor the model
    /// @param described its columns
    /// @param settings how
    public TabularAttack(
            Predictor predictor, FeatureDescription described, TabularSettings settings) {
        this.predictor = predictor;
        this.constraints = new Constraints(described, predictor::round);
        this.settings = settings;
    }

    /// Attacks rows.
    ///
    /// @param given rows as the file holds them
    /// @param labels their classes; empty for what the model answers
    /// @throws IOException when the model cannot be asked
    /// @throws InterruptedException when cancelled
    public TabularResult run(
            List<double[]> given, Optional<List<Integer>> labels, Progress progress)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + settings.time().toNanos();
        List<double[]> rows = given.stream().map(this::rounded).toList();
        List<Answer> answers = predictor.ask(rows);
        RowSearch search = new RowSearch(predictor, constraints, settings);
        Optional<TreeEnsemble> ensemble = predictor.trees().map(TreePredictor::ensemble);
        Variables variables = new Variables(constraints, ensemble, rows);
        List<RowResult> results = new ArrayList<>();
        int[] refused = new int[2];
        for (int i = 0; i < rows.size(); i++) {
            Answer before = answers.get(i);
            int label = labels.isPresent() ? labels.get().get(i) : before.label();
            boolean isMeant = settings.from().isEmpty() || settings.from().getAsInt() == label;
            if (before.label() != label || !isMeant || System.nanoTime() > end) {
                results.add(untouched(i, label, before));
                continue;
            }
            TabularTask task =
                    new TabularTask(
                            rows.get(i),
                            label,
                            variables.of(rows.get(i)),
                            settings.maxCost(),
                            Minimum.none(0));
            Minimum found = search.search(task, settings.seed() * 31 + i);
            results.add(result(i, before, task, found, refused));
            progress.at(i + 1, rows.size());
        }
        return new TabularResult(
                constraints.described(),
                results,
                settings,
                search.records(),
                predictor.queries(),
                refused[0],
                refused[1]);
    }

    private double[] rounded(double[] row) {
        return Arrays.stream(row).map(constraints::round).toArray();
    }

    private static RowResult untouched(int row, int label, Answer before) {
        RowResult.Outcome outcome =
                before.label() == label
                        ? RowResult.Outcome.NOT_ATTACKED
                        : RowResult.Outcome.WRONG_UNCHANGED;
        return new RowResult(
                row, label, before, outcome, Optional.empty(), OptionalDouble.empty(), false);
    }

    private RowResult result(int row, Answer before, TabularTask task, Minimum found, int[] refused)
            throws IOException, InterruptedException {
        Optional<RowResult.FoundEvasion> evasion = Optional.empty();
        if (found.isFound()) {
            double[] changed = found.row();
            Answer after = predictor.ask(List.of(changed)).getFirst();
            double cost = constraints.cost(task.row(), changed);
            boolean isKept = constraints.violations(task.row(), changed).isEmpty();
            refused[0] += after.label() == task.label() ? 1 : 0;
            refused[1] += isKept ? 0 : 1;
            if (after.label() != task.label() && isKept && cost <= settings.maxCost()) {
                evasion =
                        Optional.of(
                                new RowResult.FoundEvasion(
                                        Arrays.stream(changed).boxed().toList(),
                                        cost,
                                        after,
                                        changes(task.row(), changed)));
            }
        }
        return new RowResult(
                row,
                task.label(),
                before,
                evasion.isPresent() ? RowResult.Outcome.EVADED : RowResult.Outcome.HELD,
                evasion,
                found.lowerBound(),
                found.isFound()
                        ? found.isExact()
                        : found.lowerBound().orElse(0) > settings.maxCost() || found.isExact());
    }

    private List<FieldChange> changes(double[] from, double[] to) {
        List<FieldChange> changes = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            if (Constraints.isChanged(from[i], to[i])) {
                Feature feature = constraints.described().features().get(i);
                changes.add(
                        new FieldChange(
                                feature.name(),
                                from[i],
                                to[i],
                                feature.costPerUnit() * Math.abs(to[i] - from[i]),
                                feature.change().by()));
            }
        }
        return changes;
    }
}
