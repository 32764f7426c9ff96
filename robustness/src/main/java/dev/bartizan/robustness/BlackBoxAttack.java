package dev.bartizan.robustness;

import java.io.IOException;

/// An attack that only asks for scores or answers, so that it works on whatever answers.
public interface BlackBoxAttack extends Attack {
    /// As {@link Attack#run}, on anything that gives scores.
    ///
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] run(ScoreSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    @Override
    default float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return run((ScoreSource) model, examples, ball, seed);
    }

    @Override
    default boolean isWhiteBox() {
        return false;
    }
}
