package dev.bartizan.robustness.tabular;

import dev.bartizan.tensors.trees.Readout;
import dev.bartizan.tensors.trees.TreeEnsemble;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A tree ensemble as a predictor.
public final class TreePredictor implements Predictor {
    private final TreeEnsemble ensemble;
    private final OptionalDouble threshold;
    private long queries;

    /// @param ensemble the trees
    /// @param threshold score above which class 1 is answered; empty for the library's own rule
    public TreePredictor(TreeEnsemble ensemble, OptionalDouble threshold) {
        this.ensemble = ensemble;
        this.threshold = threshold;
    }

    /// The trees.
    public TreeEnsemble ensemble() {
        return ensemble;
    }

    @Override
    public int columns() {
        return ensemble.columns();
    }

    @Override
    public double round(double value) {
        return ensemble.precision().round(value);
    }

    @Override
    public List<Answer> ask(List<double[]> rows) {
        queries += rows.size();
        return rows.stream().map(this::answer).toList();
    }

    /// The answer for one row.
    Answer answer(double[] row) {
        double[] margins = ensemble.margins(row);
        double[] scores = ensemble.readout().scores(margins, ensemble.precision());
        int label = label(margins, scores);
        boolean isOneNumber = ensemble.readout().task() != Readout.Task.CLASSES;
        return new Answer(
                label,
                isOneNumber ? scores[scores.length - 1] : scores[label],
                isOneNumber
                        ? List.of(margins[decisive()])
                        : Arrays.stream(margins).boxed().toList());
    }

    /// The output that decides between two classes.
    int decisive() {
        return ensemble.readout() instanceof Readout.OnnxSecondAboveZero ? 1 : 0;
    }

    /// The class for margins.
    int label(double[] margins) {
        return label(margins, ensemble.readout().scores(margins, ensemble.precision()));
    }

    private int label(double[] margins, double[] scores) {
        boolean isCut = threshold.isPresent() && ensemble.readout().task() != Readout.Task.CLASSES;
        if (isCut) {
            return scores[scores.length - 1] > threshold.getAsDouble() ? 1 : 0;
        }
        return ensemble.answerOf(margins);
    }

    /// Whether one output alone decides.
    boolean isDecidedByOne() {
        return ensemble.readout().task() != Readout.Task.CLASSES
                && (ensemble.outputs() == 1
                        || (threshold.isEmpty()
                                && ensemble.readout() instanceof Readout.OnnxSecondAboveZero));
    }

    @Override
    public Optional<TreePredictor> trees() {
        return Optional.of(this);
    }

    @Override
    public long queries() {
        return queries;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
