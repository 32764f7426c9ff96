package dev.bartizan.robustness;

import java.io.IOException;
import java.util.List;

/// What is attacked: what attacks search on, and what has the last word.
interface Opponent extends AutoCloseable {
    /// Lets an attack search.
    ///
    /// @return changed examples, as {@link Attack#run}
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] attack(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    /// Lets an attack look for the nearest wrong answers, as {@link MinimalAttack#nearest}; an
    /// attack that is none searches in the ball.
    ///
    /// @throws IOException when a run breaks
    /// @throws InterruptedException when cancelled
    float[] nearest(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException;

    /// The class that is answered for each row, asked side by side.
    int[] answers(float[] values) throws IOException, InterruptedException;

    /// The class that counts for a row: asked alone, of what is deployed.
    int answer(float[] values, int row) throws IOException, InterruptedException;

    /// Moves a changed row to numbers that are taken: whole ones, where only these are.
    void makeValid(float[] changed, float[] original, int row);

    /// Examples scored so far, without those of gradients.
    long queries();

    /// Examples whose gradient was taken so far.
    long gradients();

    /// What speaks against a result.
    List<Doubt> doubts(EvasionResult result, Ball ball, List<Attack> attacks)
            throws IOException, InterruptedException;

    @Override
    void close();
}
