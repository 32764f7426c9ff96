package dev.bartizan.robustness.remote;

import dev.bartizan.core.UserError;
import dev.bartizan.robustness.DecisionSource;
import dev.bartizan.robustness.ScoreSource;
import dev.bartizan.targets.prediction.PredictionEndpoint;
import dev.bartizan.targets.prediction.Predictions;
import dev.bartizan.tensors.gradient.Preprocessing;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// A classifier behind HTTP that tells at least its answer. Scores that look like probabilities are
/// taken as their logarithms, which do not saturate. Not for use by two threads at once.
public sealed class RemoteClassifier implements DecisionSource {
    private static final double SUM_TOLERANCE = 1e-3;
    private static final double LEAST_PROBABILITY = 1e-30;

    private final PredictionEndpoint endpoint;
    private final List<Long> rowDims;
    private final Preprocessing preprocessing;
    private final int classes;

    private RemoteClassifier(
            PredictionEndpoint endpoint,
            List<Long> rowDims,
            Preprocessing preprocessing,
            int classes) {
        this.endpoint = endpoint;
        this.rowDims = List.copyOf(rowDims);
        this.preprocessing = preprocessing;
        this.classes = classes;
    }

    /// Asks for the first example what the endpoint tells.
    ///
    /// @param endpoint to ask; whoever opened it closes it
    /// @param rowDims sizes of one example
    /// @param preprocessing what happens to an example before it is sent
    /// @param first one example
    /// @param classes how many are told apart; empty when it tells scores
    /// @return a {@link ScoreSource} when it tells scores
    /// @throws UserError when it does not answer, or only with a class and nobody says how many
    ///   there are
    /// @throws InterruptedException when cancelled
    public static RemoteClassifier open(
            PredictionEndpoint endpoint,
            List<Long> rowDims,
            Preprocessing preprocessing,
            float[] first,
            OptionalInt classes)
            throws InterruptedException {
        return switch (endpoint.predict(preprocessing.apply(first))) {
            case Predictions.OfScores scores ->
                    new OfScores(
                            endpoint, rowDims, preprocessing, scores.classes().getFirst().length);
            case Predictions.OfLabels _ ->
                    new RemoteClassifier(
                            endpoint,
                            rowDims,
                            preprocessing,
                            classes.orElseThrow(() ->
                                    new UserError(
                                            "The endpoint answers with a class and tells no scores",
                                            "its first answer",
                                            "Say how many classes there are with --classes N.")));
        };
    }

    /// Whether it tells scores.
    public boolean tellsScores() {
        return this instanceof ScoreSource;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<Long> rowDims() {
        return rowDims;
    }

    @Override
    public int[] answers(float[] values) throws IOException, InterruptedException {
        int width = width();
        int[] answers = new int[values.length / width];
        for (int from = 0; from < answers.length; from += endpoint.rowsPerRequest()) {
            int to = Math.min(answers.length, from + endpoint.rowsPerRequest());
            switch (predict(values, from, to)) {
                case Predictions.OfLabels(List<Integer> labels) -> {
                    for (int i = 0; i < labels.size(); i++) {
                        answers[from + i] = labels.get(i);
                    }
                }
                case Predictions.OfScores(List<double[]> scores) -> {
                    for (int i = 0; i < scores.size(); i++) {
                        answers[from + i] = best(scores.get(i));
                    }
                }
            }
        }
        return answers;
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private Predictions predict(float[] values, int from, int to) throws InterruptedException {
        float[] part = Arrays.copyOfRange(values, from * width(), to * width());
        return endpoint.predict(preprocessing.apply(part));
    }

    /// One that tells scores.
    private static final class OfScores extends RemoteClassifier implements ScoreSource {
        private OfScores(
                PredictionEndpoint endpoint,
                List<Long> rowDims,
                Preprocessing preprocessing,
                int classes) {
            super(endpoint, rowDims, preprocessing, classes);
        }

        @Override
        public float[] scores(float[] values) throws IOException, InterruptedException {
            int rows = values.length / width();
            float[] all = new float[rows * classes()];
            int atOnce = super.endpoint.rowsPerRequest();
            for (int from = 0; from < rows; from += atOnce) {
                Predictions answered = super.predict(values, from, Math.min(rows, from + atOnce));
                if (!(answered instanceof Predictions.OfScores(List<double[]> scores))
                        || scores.getFirst().length != classes()) {
                    throw new IOException(
                            "the endpoint told " + classes() + " scores at first, and now others");
                }
                for (int i = 0; i < scores.size(); i++) {
                    copy(scores.get(i), all, (from + i) * classes());
                }
            }
            return all;
        }

        private static void copy(double[] scores, float[] all, int at) {
            double sum = Arrays.stream(scores).sum();
            boolean areShares =
                    Math.abs(sum - 1) < SUM_TOLERANCE
                            && Arrays.stream(scores).allMatch(score -> score >= 0);
            for (int i = 0; i < scores.length; i++) {
                double score = scores[i];
                all[at + i] =
                        (float) (areShares ? Math.log(Math.max(score, LEAST_PROBABILITY)) : score);
            }
        }

        @Override
        public int[] answers(float[] values) throws IOException, InterruptedException {
            return super.answers(values);
        }
    }
}
