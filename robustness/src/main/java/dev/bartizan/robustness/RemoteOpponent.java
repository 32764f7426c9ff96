package dev.bartizan.robustness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An endpoint: it is searched on and has the last word, asked for one example at a time.
final class RemoteOpponent implements Opponent {
    private static final int ASKED_TWICE = 4;
    private static final double ABOVE_CHANCE = 1.3;
    private static final int ENOUGH_ROWS = 20;

    private final Counted source;

    RemoteOpponent(DecisionSource source) {
        this.source =
                source instanceof ScoreSource scores
                        ? new CountedScores(scores)
                        : new Counted(source);
    }

    /// Counts what it asks.
    private static class Counted implements DecisionSource {
        private final DecisionSource asked;
        long rows;

        Counted(DecisionSource asked) {
            this.asked = asked;
        }

        @Override
        public int classes() {
            return asked.classes();
        }

        @Override
        public List<Long> rowDims() {
            return asked.rowDims();
        }

        @Override
        public int[] answers(float[] values) throws IOException, InterruptedException {
            rows += values.length / width();
            return asked.answers(values);
        }
    }

    private static final class CountedScores extends Counted implements ScoreSource {
        private final ScoreSource asked;

        CountedScores(ScoreSource asked) {
            super(asked);
            this.asked = asked;
        }

        @Override
        public float[] scores(float[] values) throws IOException, InterruptedException {
            rows += values.length / width();
            return asked.scores(values);
        }

        @Override
        public int[] answers(float[] values) throws IOException, InterruptedException {
            return super.answers(values);
        }
    }

    @Override
    public float[] attack(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        if (attack instanceof DecisionAttack decisions) {
            return decisions.decide(source, examples, ball, seed);
        }
        if (attack instanceof BlackBoxAttack black && source instanceof ScoreSource scores) {
            return black.run(scores, examples, ball, seed);
        }
        throw needsMore(attack);
    }

    @Override
    public float[] nearest(Attack attack, Examples examples, Ball ball, long seed)
            throws IOException, InterruptedException {
        return attack instanceof DecisionAttack decisions
                ? decisions.nearestDecided(source, examples, ball, seed)
                : attack(attack, examples, ball, seed);
    }

    private static IllegalArgumentException needsMore(Attack attack) {
        return new IllegalArgumentException(
                attack.name() + " asks for more than this endpoint tells");
    }

    @Override
    public int[] answers(float[] values) throws IOException, InterruptedException {
        return source.answers(values);
    }

    @Override
    public int answer(float[] values, int row) throws IOException, InterruptedException {
        int width = source.width();
        return source.answers(Arrays.copyOfRange(values, row * width, (row + 1) * width))[0];
    }

    @Override
    public void makeValid(float[] changed, float[] original, int row) {
        // whoever sends examples decides what numbers they are sent as
    }

    @Override
    public long queries() {
        return source.rows;
    }

    @Override
    public long gradients() {
        return 0;
    }

    @Override
    public List<Doubt> doubts(EvasionResult result, Ball ball, List<Attack> attacks)
            throws IOException, InterruptedException {
        List<Doubt> doubts = new ArrayList<>();
        if (result.unconfirmed() > 0) {
            doubts.add(
                    new Doubt(
                            "unconfirmed",
                            result.unconfirmed()
                                    + " changed examples fooled the endpoint once and not a second"
                                    + " time",
                            "It answers at random, or differently to several at once; repeat with"
                                    + " --rows-per-request 1."));
        }
        random(result, doubts);
        double share = result.cleanCorrect() / (double) result.rows();
        if (result.rows() >= ENOUGH_ROWS && share < ABOVE_CHANCE / source.classes()) {
            doubts.add(
                    new Doubt(
                            "low-accuracy",
                            "only %d of %d are right unchanged, about what guessing gives"
                                    .formatted(result.cleanCorrect(), result.rows()),
                            "Check --scale, --mean, --std, the order of channels and the labels."));
        }
        return doubts;
    }

    private void random(EvasionResult result, List<Doubt> doubts)
            throws IOException, InterruptedException {
        float[] values = result.examples().values();
        for (int row = 0; row < Math.min(ASKED_TWICE, result.rows()); row++) {
            if (answer(values, row) != result.cleanAnswers()[row]) {
                doubts.add(
                        new Doubt(
                                "random",
                                "the same example asked twice gets different answers",
                                "Count over many repetitions, or take the randomness out."));
                return;
            }
        }
    }

    @Override
    public void close() {
        // whoever opened the endpoint closes it
    }
}
