package dev.bartizan.robustness.tabular;

import java.util.List;

/// Something that can be changed on its own: one column, or the columns of a group together.
///
/// @param columns that it sets
/// @param choices cheapest first; the first is to leave it
record Variable(List<Integer> columns, List<Choice> choices) {
    Variable {
        columns = List.copyOf(columns);
        choices = List.copyOf(choices);
    }

    /// Values for the columns of a variable.
    ///
    /// @param values one for each column
    /// @param cost against the unchanged row
    record Choice(List<Double> values, double cost) {
        Choice {
            values = List.copyOf(values);
        }
    }

    void set(double[] row, Choice choice) {
        for (int i = 0; i < columns.size(); i++) {
            row[columns.get(i)] = choice.values().get(i);
        }
    }

    /// The value of a column under a choice.
    double value(int choice, int column) {
        return choices.get(choice).values().get(columns.indexOf(column));
    }
}
