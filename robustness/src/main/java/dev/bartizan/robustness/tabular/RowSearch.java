package dev.bartizan.robustness.tabular;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The searches that a row goes through, each with what the ones before it found: along the
/// gradient where the model has one, by questions alone, and by branch and bound where it is made
/// of trees.
final class RowSearch {
    private final Predictor predictor;
    private final Constraints constraints;
    private final TabularSettings settings;
    private final Predictor asked;
    private final GreedySearch greedy;
    private final Optional<Slopes> slopes;
    private final Map<String, SearchRecord> records = new LinkedHashMap<>();

    /// One search of a row that knows what the ones before it found.
    private interface Step {
        Minimum from(TabularTask task) throws IOException, InterruptedException;
    }

    RowSearch(Predictor predictor, Constraints constraints, TabularSettings settings)
            throws InterruptedException {
        this.predictor = predictor;
        this.constraints = constraints;
        this.settings = settings;
        this.asked = predictor.trees().<Predictor>map(trees -> trees).orElse(predictor);
        this.slopes = predictor.slopes();
        this.greedy =
                new GreedySearch(asked, constraints, settings.restarts(), settings.queriesPerRow());
    }

    /// The cheapest evasion found.
    ///
    /// @param seed of this row
    Minimum search(TabularTask task, long seed) throws IOException, InterruptedException {
        TabularTask known = task;
        if (slopes.isPresent()) {
            GradientSearch search = new GradientSearch(asked, slopes.get(), constraints, greedy);
            known = step("gradient", known, search::search);
        }
        known = step("search", known, t -> greedy.search(t, seed));
        Optional<TreePredictor> trees = predictor.trees();
        if (trees.isPresent()) {
            known =
                    step(
                            "branch-and-bound",
                            known,
                            t ->
                                    TreeSearch.search(
                                            trees.get(), constraints, t, settings.workPerRow()));
        }
        return known.known();
    }

    private TabularTask step(String name, TabularTask task, Step step)
            throws IOException, InterruptedException {
        long before = predictor.queries();
        Minimum found = step.from(task);
        long queries = predictor.queries() - before;
        SearchRecord record = records.getOrDefault(name, new SearchRecord(name, 0, 0, 0, 0));
        records.put(name, record.and(task.known(), found, queries));
        return task.with(found);
    }

    /// What each search did so far.
    List<SearchRecord> records() {
        return List.copyOf(records.values());
    }
}
