package dev.bartizan.tensors.trees;

import java.util.List;

/// Trees whose leaves add up to an answer, exactly as one library computes it. Does not change.
///
/// @param library that the model is for, such as `XGBoost`
/// @param columns of the input
/// @param columnNames one per column, or none
/// @param outputs numbers that leaves add to
/// @param precision in which rows are read, compared and added
/// @param trees in file order
/// @param aggregation how leaves become numbers
/// @param readout how those become answers
public record TreeEnsemble(
        String library,
        int columns,
        List<String> columnNames,
        int outputs,
        Precision precision,
        List<DecisionTree> trees,
        Aggregation aggregation,
        Readout readout) {
    public TreeEnsemble {
        columnNames = List.copyOf(columnNames);
        trees = List.copyOf(trees);
    }

    /// A row in the ensemble's precision.
    public double[] rounded(double[] row) {
        double[] values = new double[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = precision.round(row[i]);
        }
        return values;
    }

    /// Aggregated leaves, one per output.
    ///
    /// @param row one number per column; NaN where a value is missing
    public double[] margins(double[] row) {
        return aggregation.apply(trees, rounded(row), outputs, precision);
    }

    /// What the library returns for a row: a number, the chance of class 1, or a score per class.
    public double[] scores(double[] row) {
        return readout.scores(margins(row), precision);
    }

    /// The class that is answered; 0 when the model answers a number.
    public int answer(double[] row) {
        return answerOf(margins(row));
    }

    /// The class that is answered for aggregated leaves.
    public int answerOf(double[] margins) {
        return switch (readout) {
            case Readout.Linked linked when linked.task() == Readout.Task.TWO_CLASSES ->
                    linked.scores(margins, precision)[0] > linked.cut() ? 1 : 0;
            case Readout.OnnxTwoClasses two -> margins[0] > two.cut() ? 1 : 0;
            case Readout.OnnxSecondAboveZero _ -> margins[1] > 0 ? 1 : 0;
            case Readout.Linked _, Readout.OnnxClasses _, Readout.OnnxNumbers _ ->
                    readout.task() == Readout.Task.NUMBER ? 0 : highest(margins);
        };
    }

    /// Classes that are told apart; 1 when the model answers a number.
    public int classes() {
        return switch (readout.task()) {
            case NUMBER -> 1;
            case TWO_CLASSES -> 2;
            case CLASSES -> outputs;
        };
    }

    private static int highest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
