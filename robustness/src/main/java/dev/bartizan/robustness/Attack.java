package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// Looks for allowed changes that make a classifier answer wrongly.
public interface Attack {
    /// Stable name, such as `apgd-ce`.
    String name();

    /// Changed examples: for each row one that is answered wrongly if one was found, otherwise the
    /// best that was found. Every row stays in its ball.
    ///
    /// @param seed of all randomness
    /// @throws GradientException when the model has no gradient and the attack needs it
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] run(AttackedModel model, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    /// Norms of a budget that it knows.
    default Set<Norm> norms() {
        return EnumSet.of(Norm.LINF, Norm.L2, Norm.L1);
    }

    /// Whether it uses gradients.
    default boolean isWhiteBox() {
        return true;
    }
}
