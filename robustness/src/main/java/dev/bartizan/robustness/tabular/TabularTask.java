package dev.bartizan.robustness.tabular;

import java.util.List;

/// One row to be evaded.
final class TabularTask {
    private final double[] row;
    private final int label;
    private final List<Variable> variables;
    private final double maxCost;
    private final Minimum known;

    /// @param row the unchanged row
    /// @param label the answer to get away from
    /// @param variables what can be changed
    /// @param maxCost most that may be paid; infinity for any cost
    /// @param known the cheapest evasion found so far
    TabularTask(double[] row, int label, List<Variable> variables, double maxCost, Minimum known) {
        this.row = row.clone();
        this.label = label;
        this.variables = List.copyOf(variables);
        this.maxCost = maxCost;
        this.known = known;
    }

    double[] row() {
        return row.clone();
    }

    int label() {
        return label;
    }

    List<Variable> variables() {
        return variables;
    }

    double maxCost() {
        return maxCost;
    }

    Minimum known() {
        return known;
    }

    TabularTask with(Minimum found) {
        return new TabularTask(row, label, variables, maxCost, found);
    }
}
