package dev.bartizan.robustness;

import java.io.IOException;

/// Looks for the smallest change that turns an answer, however large it is.
public interface MinimalAttack extends Attack {
    /// For each row the nearest wrongly answered point of the box that was found; the row itself
    /// where none was.
    ///
    /// @param ball tells norm and box; its radius bounds nothing
    /// @param seed of all randomness
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    /// Nearest points that lie in the ball; the example itself where the nearest one does not.
    @Override
    default float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return ball.orOriginal(nearest(model, examples, ball, seed), examples);
    }
}
