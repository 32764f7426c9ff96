package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.InferenceException;

/// Looks for allowed changes that make a classifier answer wrongly.
public interface Attack {
    /// Stable name, such as `apgd-ce`.
    String name();

    /// Changed examples: for each row one that is answered wrongly if one was found, otherwise the
    /// best that was found. Every row stays in its ball.
    ///
    /// @param seed of all randomness
    /// @throws GradientException when the model has no gradient and the attack needs it
    /// @throws InferenceException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] run(AttackedModel model, Examples examples, LinfBall ball, long seed)
            throws GradientException, InferenceException, InterruptedException;
}
