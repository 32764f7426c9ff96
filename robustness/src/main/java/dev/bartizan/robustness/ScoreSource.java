package dev.bartizan.robustness;

import java.io.IOException;

/// A classifier that can be asked for scores: a model at hand or an endpoint.
public interface ScoreSource extends DecisionSource {
    /// Scores of examples, `[rows, classes]`, row-major.
    ///
    /// @param values rows of examples
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    float[] scores(float[] values) throws IOException, InterruptedException;

    /// Scores of some of the rows, each written at its row's place.
    ///
    /// @param rows numbers of rows in `values` and `into`
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    default void scores(float[] values, int[] rows, float[] into)
            throws IOException, InterruptedException {
        float[] scores = scores(Rows.gather(values, rows, width()));
        for (int i = 0; i < rows.length; i++) {
            Rows.copy(scores, i, into, rows[i], classes());
        }
    }

    @Override
    default int[] answers(float[] values) throws IOException, InterruptedException {
        float[] scores = scores(values);
        int[] answers = new int[values.length / width()];
        for (int row = 0; row < answers.length; row++) {
            answers[row] = Scores.best(scores, row, classes());
        }
        return answers;
    }
}
