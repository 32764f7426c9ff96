package dev.bartizan.robustness;

import java.io.IOException;
import java.util.List;

/// A file that is asked for one example at a time, as whoever deployed it asks. Not for use by two
/// threads at once.
public final class OriginalFile implements DecisionSource, AutoCloseable {
    private final FileOpponent opponent;

    private OriginalFile(FileOpponent opponent) {
        this.opponent = opponent;
    }

    /// Loads the model of a task.
    ///
    /// @throws IOException when it cannot be run
    /// @throws InterruptedException when cancelled
    public static OriginalFile open(EvasionTask task) throws IOException, InterruptedException {
        return new OriginalFile(FileOpponent.open(task));
    }

    @Override
    public int classes() {
        return opponent.model().classes();
    }

    @Override
    public List<Long> rowDims() {
        return opponent.model().rowDims();
    }

    @Override
    public int[] answers(float[] values) throws IOException, InterruptedException {
        int[] answers = new int[values.length / width()];
        for (int row = 0; row < answers.length; row++) {
            answers[row] = opponent.answer(values, row);
        }
        return answers;
    }

    @Override
    public void close() {
        opponent.close();
    }
}
