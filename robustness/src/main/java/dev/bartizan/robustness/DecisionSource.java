package dev.bartizan.robustness;

import java.io.IOException;
import java.util.List;

/// A classifier that can be asked which class it answers, and perhaps nothing else.
public interface DecisionSource {
    /// Classes that are told apart.
    int classes();

    /// Sizes of one example.
    List<Long> rowDims();

    /// The class that is answered for each row.
    ///
    /// @param values rows of examples
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    int[] answers(float[] values) throws IOException, InterruptedException;

    /// Numbers in one example.
    default int width() {
        return rowDims().stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
    }
}
