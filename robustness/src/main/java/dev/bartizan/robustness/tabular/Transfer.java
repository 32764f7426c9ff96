package dev.bartizan.robustness.tabular;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How evasions of one model fare against another that is to do the same work.
///
/// @param tried evasions of the one, of rows that the other answers rightly unchanged
/// @param succeeded of them answered wrongly by the other too
public record Transfer(int tried, int succeeded) {
    /// Asks a model for every evasion of another.
    ///
    /// @param made the attack on the other model
    /// @param own the attack on this model, on the same rows
    /// @param victim this model
    /// @throws IOException when it cannot be asked
    /// @throws InterruptedException when cancelled
    public static Transfer of(TabularResult made, TabularResult own, Predictor victim)
            throws IOException, InterruptedException {
        List<double[]> changed = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (RowResult row : made.with(RowResult.Outcome.EVADED)) {
            boolean isRight = own.rows().get(row.row()).before().label() == row.label();
            if (isRight) {
                List<Double> values = row.evasion().orElseThrow().values();
                changed.add(values.stream().mapToDouble(v -> victim.round(v)).toArray());
                labels.add(row.label());
            }
        }
        List<Answer> answers = changed.isEmpty() ? List.of() : victim.ask(changed);
        int succeeded = 0;
        for (int i = 0; i < answers.size(); i++) {
            succeeded += answers.get(i).label() != labels.get(i) ? 1 : 0;
        }
        return new Transfer(changed.size(), succeeded);
    }
}
