package dev.bartizan.robustness.tabular;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What became of one row.
///
/// @param row its number in the file, from 0
/// @param label its class
/// @param before what the model answers unchanged
/// @param outcome what happened
/// @param evasion the cheapest that was found
/// @param lowerBound no evasion costs less; empty when nothing is known
/// @param isExact whether the cost is proved to be the least, or that no evasion is within the
///   budget
public record RowResult(
        int row,
        int label,
        Answer before,
        Outcome outcome,
        Optional<FoundEvasion> evasion,
        OptionalDouble lowerBound,
        boolean isExact) {
    /// What happened to a row.
    public enum Outcome {
        /// The model was wrong already; nothing was tried.
        WRONG_UNCHANGED,
        /// Not one of the rows that are attacked.
        NOT_ATTACKED,
        /// A change within the budget turns the answer.
        EVADED,
        /// No such change was found.
        HELD
    }

    /// An evasion.
    ///
    /// @param values the changed row
    /// @param cost of the change
    /// @param after what the model answers for it
    /// @param changes by field
    public record FoundEvasion(
            List<Double> values, double cost, Answer after, List<FieldChange> changes) {
        public FoundEvasion {
            values = List.copyOf(values);
            changes = List.copyOf(changes);
        }
    }
}
