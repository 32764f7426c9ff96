package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.inference.HeldTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.SharedFloats;
import dev.bartizan.tensors.inference.SharedLongs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Feeds rows to sessions through memory that they share with Java and that is used again, so that
/// each number is copied once on its way in and once on its way out. Not for use by two threads at
/// once.
final class BatchRuns implements AutoCloseable {
    private final String inputName;
    private final List<Long> rowDims;
    private final int classes;
    private final int width;
    private final int most;
    private final SharedFloats input;
    private final SharedFloats scores;
    private final SharedFloats gradient;
    private final SharedLongs labels;
    private final SharedLongs targets;

    /// Views of the memory for runs of `viewed` rows, by name in the graph.
    private final Map<String, HeldTensor> views = new HashMap<>();

    private int viewed;

    /// @param width numbers of a row
    /// @param most rows of one run
    BatchRuns(GradientGraph graph, int width, int most) {
        this.inputName = graph.input();
        this.rowDims = graph.rowDims();
        this.classes = graph.classes();
        this.width = width;
        this.most = most;
        input = SharedFloats.of(most * width);
        scores = SharedFloats.of(most * classes);
        gradient = SharedFloats.of(most * width);
        labels = SharedLongs.of(most);
        targets = SharedLongs.of(most);
    }

    /// Scores of rows, each written at its row's place.
    void scores(InferenceSession session, float[] values, int[] rows, float[] into)
            throws InferenceException, InterruptedException {
        for (int from = 0; from < rows.length; from += most) {
            int to = Math.min(rows.length, from + most);
            view(to - from);
            fill(values, rows, from, to);
            session.run(some(inputName), some(GradientGraph.SCORES));
            takeScores(rows, from, to, into);
        }
    }

    /// What a gradient is asked of: labels and targets stand at their rows' places.
    static final class Question {
        private final String[] names;
        private final float[] values;
        private final int[] labels;
        private final int[] targets;

        /// @param names the graph's inputs, but for the rows themselves
        Question(List<String> names, float[] values, int[] labels, int[] targets) {
            this.names = names.toArray(String[]::new);
            this.values = values;
            this.labels = labels;
            this.targets = targets;
        }
    }

    /// Scores and gradients of rows, each written at its row's place.
    void gradients(
            InferenceSession session, Question question, int[] rows, AttackedModel.Gradients into)
            throws InferenceException, InterruptedException {
        for (int from = 0; from < rows.length; from += most) {
            int to = Math.min(rows.length, from + most);
            view(to - from);
            fill(question.values, rows, from, to);
            for (int i = from; i < to; i++) {
                labels.put(i - from, question.labels[rows[i]]);
                targets.put(i - from, question.targets[rows[i]]);
            }
            Map<String, HeldTensor> given = some(question.names);
            given.putAll(some(inputName));
            session.run(given, some(GradientGraph.SCORES, GradientGraph.GRADIENT));
            takeScores(rows, from, to, into.scores);
            for (int i = from; i < to; i++) {
                gradient.get((i - from) * width, into.gradient, rows[i] * width, width);
            }
        }
    }

    private void fill(float[] values, int[] rows, int from, int to) {
        for (int i = from; i < to; i++) {
            input.put((i - from) * width, values, rows[i] * width, width);
        }
    }

    private void takeScores(int[] rows, int from, int to, float[] into) {
        for (int i = from; i < to; i++) {
            scores.get((i - from) * classes, into, rows[i] * classes, classes);
        }
    }

    private void view(int rows) throws InferenceException {
        if (rows == viewed) {
            return;
        }
        close();
        long[] dims = new long[rowDims.size() + 1];
        dims[0] = rows;
        for (int i = 1; i < dims.length; i++) {
            dims[i] = rowDims.get(i - 1);
        }
        views.put(inputName, input.tensor(dims));
        views.put(GradientGraph.GRADIENT, gradient.tensor(dims));
        views.put(GradientGraph.SCORES, scores.tensor(rows, classes));
        views.put(GradientGraph.LABELS, labels.tensor(rows));
        views.put(GradientGraph.TARGETS, targets.tensor(rows));
        viewed = rows;
    }

    private Map<String, HeldTensor> some(String... names) {
        Map<String, HeldTensor> some = new HashMap<>();
        for (String name : names) {
            HeldTensor view = views.get(name);
            if (view == null) {
                throw new IllegalStateException("No view of " + name);
            }
            some.put(name, view);
        }
        return some;
    }

    @Override
    public void close() {
        views.values().forEach(HeldTensor::close);
        views.clear();
        viewed = 0;
    }
}
