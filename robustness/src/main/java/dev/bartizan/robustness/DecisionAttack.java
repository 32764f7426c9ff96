package dev.bartizan.robustness;

import java.io.IOException;

/// An attack that only asks which class is answered, so that it works where scores are kept back.
public interface DecisionAttack extends BlackBoxAttack, MinimalAttack {
    /// Changed examples, as {@link Attack#run}, from answers alone.
    ///
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    float[] decide(DecisionSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    @Override
    default float[] run(ScoreSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return decide(model, examples, ball, seed);
    }

    @Override
    default float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return decide(model, examples, ball, seed);
    }

    /// As {@link MinimalAttack#nearest}, from answers alone.
    ///
    /// @throws IOException when it does not answer
    /// @throws InterruptedException when cancelled
    float[] nearestDecided(DecisionSource model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    @Override
    default float[] nearest(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return nearestDecided(model, examples, ball, seed);
    }
}
