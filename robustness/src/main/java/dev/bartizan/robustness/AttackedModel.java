package dev.bartizan.robustness;

import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.gradient.Objective;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.gradient.ScoreOutput;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A classifier under attack: its scores, and the gradients of objectives. Counts what it is asked.
/// Not for use by two threads at once.
public final class AttackedModel implements ScoreSource, AutoCloseable {
    private static final InferenceLimits LIMITS =
            new InferenceLimits(1, Duration.ofMinutes(2), Duration.ofMinutes(2), 1L << 27)
                    .keepingMemory();

    /// So many numbers of the largest value of a run stay in the processor's own memory; runs of
    /// more rows than that are slower by up to a half.
    private static final int MAX_NUMBERS_PER_RUN = 1 << 19;

    private static final int MAX_ROWS_PER_RUN = 256;

    private final GradientGraph graph;
    private final InferenceSession forward;
    private final Map<Objective, InferenceSession> gradients = new EnumMap<>(Objective.class);
    private final Device device;
    private final int width;
    private final BatchRuns runs;
    private long forwardRows;
    private long gradientRows;

    private AttackedModel(GradientGraph graph, InferenceSession forward, Device device) {
        this.device = device;
        this.graph = graph;
        this.forward = forward;
        this.width =
                graph.rowDims().stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
        this.runs = new BatchRuns(graph, width, rowsPerRun());
    }

    /// Prepares a model.
    ///
    /// @param model the classifier
    /// @param rowDims sizes of one example
    /// @param preprocessing what happens to an example before the model sees it
    /// @param device what computes
    /// @throws GradientException when it is no classifier of one floating-point input
    /// @throws InferenceException when ONNX Runtime does not run it
    /// @throws InterruptedException when cancelled
    public static AttackedModel open(
            DeployedModel model, List<Long> rowDims, Preprocessing preprocessing, Device device)
            throws GradientException, InferenceException, InterruptedException {
        GradientGraph graph =
                GradientGraph.of(model.model(), rowDims, preprocessing, model.output());
        return new AttackedModel(
                graph,
                InferenceSession.open(OnnxWriter.bytes(graph.forward()), LIMITS.on(device)),
                device);
    }

    @Override
    public int classes() {
        return graph.classes();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public List<Long> rowDims() {
        return graph.rowDims();
    }

    /// Examples scored so far, without those of gradients.
    public long forwardRows() {
        return forwardRows;
    }

    /// Examples whose gradient was taken so far.
    public long gradientRows() {
        return gradientRows;
    }

    /// Operators that gradients pass as if they changed nothing.
    public List<String> straightThrough() {
        return graph.straightThrough();
    }

    /// Whether the scores of an example change with the examples beside it.
    public boolean dependsOnBatch() {
        return graph.dependsOnBatch();
    }

    /// Whether examples can be scored side by side without changing one another's scores.
    public boolean takesBatches() {
        return graph.takesBatches();
    }

    /// Which output of the file tells the scores.
    ScoreOutput output() {
        return graph.output();
    }

    /// Most rows that are worth one run.
    private int rowsPerRun() {
        return graph.takesBatches()
                ? Math.clamp(MAX_NUMBERS_PER_RUN / graph.largestValue(), 1, MAX_ROWS_PER_RUN)
                : 1;
    }

    @Override
    public float[] scores(float[] values) throws InferenceException, InterruptedException {
        int rows = values.length / width;
        float[] scores = new float[rows * classes()];
        scores(values, Rows.all(rows), scores);
        return scores;
    }

    @Override
    public void scores(float[] values, int[] rows, float[] into)
            throws InferenceException, InterruptedException {
        forwardRows += rows.length;
        runs.scores(forward, values, rows, into);
    }

    /// Scores and gradients by row. Arrays are the caller's.
    static final class Gradients {
        final float[] scores;
        final float[] gradient;

        Gradients(int rows, int classes, int width) {
            scores = new float[rows * classes];
            gradient = new float[rows * width];
        }
    }

    /// Room for scores and gradients of so many rows.
    Gradients room(int rows) {
        return new Gradients(rows, classes(), width);
    }

    /// Scores and the gradient of an objective.
    Gradients gradient(Objective objective, float[] values, int[] labels, int[] targets)
            throws GradientException, InferenceException, InterruptedException {
        Gradients all = room(labels.length);
        gradient(objective, values, Rows.all(labels.length), labels, targets, all);
        return all;
    }

    /// Scores and the gradient of an objective of some rows; labels, targets and results stand at
    /// the rows' places.
    void gradient(
            Objective objective,
            float[] values,
            int[] rows,
            int[] labels,
            int[] targets,
            Gradients into)
            throws GradientException, InferenceException, InterruptedException {
        List<String> names =
                switch (objective) {
                    case CROSS_ENTROPY, MARGIN -> List.of(GradientGraph.LABELS);
                    case TARGET_MARGIN -> List.of(GradientGraph.TARGETS);
                    case DIFFERENCE, TARGETED_DLR ->
                            List.of(GradientGraph.LABELS, GradientGraph.TARGETS);
                    case SEED -> throw new IllegalArgumentException("A seed is given apart");
                };
        InferenceSession session = session(objective);
        gradientRows += rows.length;
        runs.gradients(session, new BatchRuns.Question(names, values, labels, targets), rows, into);
    }

    private InferenceSession session(Objective objective)
            throws GradientException, InferenceException, InterruptedException {
        InferenceSession known = gradients.get(objective);
        if (known != null) {
            return known;
        }
        InferenceSession session =
                InferenceSession.open(
                        OnnxWriter.bytes(graph.gradient(objective)), LIMITS.on(device));
        gradients.put(objective, session);
        return session;
    }

    @Override
    public void close() {
        runs.close();
        forward.close();
        gradients.values().forEach(InferenceSession::close);
    }
}
