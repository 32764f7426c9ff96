package dev.bartizan.robustness;

import java.io.IOException;
import java.util.List;

/// A file: attacks search on a graph made of it, and the file itself, asked for one example at a
/// time, has the last word.
///
/// @param model the graph
/// @param judge the file
/// @param task what it was opened for
record FileOpponent(AttackedModel model, Judge judge, EvasionTask task) implements Opponent {
    /// Prepares the model of a task.
    static FileOpponent open(EvasionTask task) throws IOException, InterruptedException {
        AttackedModel model =
                AttackedModel.open(
                        task.model(), task.rowDims(), task.preprocessing(), task.device());
        try {
            return new FileOpponent(
                    model, Judge.open(task.model(), task.preprocessing(), model), task);
        } catch (IOException | InterruptedException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public float[] attack(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return attack.run(model, examples, ball, seed);
    }

    @Override
    public float[] nearest(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return attack instanceof MinimalAttack minimal
                ? minimal.nearest(model, examples, ball, seed)
                : attack.run(model, examples, ball, seed);
    }

    @Override
    public int[] answers(float[] values) throws IOException, InterruptedException {
        return model.answers(values);
    }

    @Override
    public int answer(float[] values, int row) throws IOException, InterruptedException {
        return judge.answer(values, row);
    }

    @Override
    public void makeValid(float[] changed, float[] original, int row) {
        judge.makeValid(changed, original, row);
    }

    @Override
    public long queries() {
        return model.forwardRows();
    }

    @Override
    public long gradients() {
        return model.gradientRows();
    }

    @Override
    public List<Doubt> doubts(EvasionResult result, Ball ball, List<Attack> attacks)
            throws IOException, InterruptedException {
        return new Doubts(task.of(result.examples()).within(ball), model, judge)
                .about(result, attacks);
    }

    @Override
    public void close() {
        judge.close();
        model.close();
    }
}
