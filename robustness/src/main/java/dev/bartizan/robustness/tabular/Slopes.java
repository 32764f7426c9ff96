package dev.bartizan.robustness.tabular;

import java.io.IOException;

/// The way in which a model's answer moves with every column.
public interface Slopes extends AutoCloseable {
    /// The gradient of the best other score less that of a class, by column.
    ///
    /// @param row one number per column
    /// @param label the class to get away from
    /// @throws IOException when the model cannot be asked
    /// @throws InterruptedException when cancelled
    double[] at(double[] row, int label) throws IOException, InterruptedException;

    @Override
    void close();
}
