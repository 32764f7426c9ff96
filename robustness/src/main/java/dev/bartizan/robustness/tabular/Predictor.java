package dev.bartizan.robustness.tabular;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A model that answers rows of numbers. Not for use by two threads at once.
public interface Predictor extends AutoCloseable {
    /// Numbers in one row.
    int columns();

    /// The nearest number that the model can be given.
    double round(double value);

    /// Answers rows.
    ///
    /// @throws IOException when the model cannot be asked
    /// @throws InterruptedException when cancelled
    List<Answer> ask(List<double[]> rows) throws IOException, InterruptedException;

    /// The trees inside, when it is an ensemble: then minimal costs can be exact.
    Optional<TreePredictor> trees();

    /// Its gradient, where it is a network that has one; not to be closed by the caller.
    ///
    /// @throws InterruptedException when cancelled
    default Optional<Slopes> slopes() throws InterruptedException {
        return Optional.empty();
    }

    /// Rows answered so far.
    long queries();

    @Override
    void close();
}
