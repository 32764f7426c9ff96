package dev.bartizan.robustness;

import java.io.IOException;
import java.util.List;

/// A classifier that can be asked for scores: a model at hand or an endpoint.
public interface ScoreSource {
    /// Classes that are told apart.
    int classes();

    /// Sizes of one example.
    List<Long> rowDims();

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

    /// Numbers in one example.
    default int width() {
        return rowDims().stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
    }

    /// The class that is answered for each row.
    default int[] answers(float[] values) throws IOException, InterruptedException {
        float[] scores = scores(values);
        int[] answers = new int[values.length / width()];
        for (int row = 0; row < answers.length; row++) {
            answers[row] = Scores.best(scores, row, classes());
        }
        return answers;
    }
}
