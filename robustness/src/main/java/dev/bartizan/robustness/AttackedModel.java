package dev.bartizan.robustness;

import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.gradient.GradientGraph;
import dev.bartizan.tensors.gradient.Objective;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.gradient.ScoreOutput;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A classifier under attack: its scores, and the gradients of objectives. Counts what it is asked.
/// Not for use by two threads at once.
public final class AttackedModel implements ScoreSource, AutoCloseable {
    private static final InferenceLimits LIMITS =
            new InferenceLimits(1, Duration.ofMinutes(2), Duration.ofMinutes(2), 1L << 27);
    private static final int MAX_NUMBERS_PER_RUN = 1 << 20;
    private static final int MAX_ROWS_PER_RUN = 256;

    private final GradientGraph graph;
    private final InferenceSession forward;
    private final Map<Objective, InferenceSession> gradients = new EnumMap<>(Objective.class);
    private final Device device;
    private final int width;
    private long forwardRows;
    private long gradientRows;

    private AttackedModel(GradientGraph graph, InferenceSession forward, Device device) {
        this.device = device;
        this.graph = graph;
        this.forward = forward;
        this.width =
                graph.rowDims().stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
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
    int rowsPerRun() {
        return graph.takesBatches()
                ? Math.clamp(MAX_NUMBERS_PER_RUN / width, 1, MAX_ROWS_PER_RUN)
                : 1;
    }

    @Override
    public float[] scores(float[] values) throws InferenceException, InterruptedException {
        int rows = values.length / width;
        forwardRows += rows;
        float[] scores = new float[rows * classes()];
        int step = rowsPerRun();
        for (int from = 0; from < rows; from += step) {
            int to = Math.min(rows, from + step);
            Map<String, DenseTensor> given = new LinkedHashMap<>();
            given.put(graph.input(), part(values, from, to));
            copy(forward.run(given), GradientGraph.SCORES, scores, from * classes());
        }
        return scores;
    }

    private DenseTensor part(float[] values, int from, int to) {
        List<Long> dims = new ArrayList<>(graph.rowDims());
        dims.addFirst((long) to - from);
        float[] part = new float[(to - from) * width];
        System.arraycopy(values, from * width, part, 0, part.length);
        return DenseTensor.ofFloats(dims, part);
    }

    private static void copy(Map<String, DenseTensor> result, String name, float[] into, int at) {
        DenseTensor tensor = result.get(name);
        if (tensor == null) {
            throw new IllegalStateException("No output " + name);
        }
        float[] values = tensor.toFloats();
        System.arraycopy(values, 0, into, at, values.length);
    }

    /// Scores and gradients of the same examples. Arrays are the caller's.
    static final class Gradients {
        final float[] scores;
        final float[] gradient;

        Gradients(int rows, int classes, int width) {
            scores = new float[rows * classes];
            gradient = new float[rows * width];
        }
    }

    /// Scores and the gradient of an objective.
    Gradients gradient(Objective objective, float[] values, int[] labels, int[] targets)
            throws GradientException, InferenceException, InterruptedException {
        InferenceSession session = session(objective);
        int rows = labels.length;
        gradientRows += rows;
        Gradients all = new Gradients(rows, classes(), width);
        int step = rowsPerRun();
        for (int from = 0; from < rows; from += step) {
            int to = Math.min(rows, from + step);
            Map<String, DenseTensor> given = new LinkedHashMap<>();
            given.put(graph.input(), part(values, from, to));
            switch (objective) {
                case CROSS_ENTROPY, MARGIN ->
                        given.put(GradientGraph.LABELS, classes(labels, from, to));
                case TARGET_MARGIN -> given.put(GradientGraph.TARGETS, classes(targets, from, to));
                case DIFFERENCE, TARGETED_DLR -> {
                    given.put(GradientGraph.LABELS, classes(labels, from, to));
                    given.put(GradientGraph.TARGETS, classes(targets, from, to));
                }
                case SEED -> throw new IllegalArgumentException("A seed is given apart");
            }
            Map<String, DenseTensor> result = session.run(given);
            copy(result, GradientGraph.SCORES, all.scores, from * classes());
            copy(result, GradientGraph.GRADIENT, all.gradient, from * width);
        }
        return all;
    }

    private static DenseTensor classes(int[] classes, int from, int to) {
        long[] part = new long[to - from];
        for (int i = 0; i < part.length; i++) {
            part[i] = classes[from + i];
        }
        return DenseTensor.ofLongs(List.of((long) part.length), part);
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
        forward.close();
        gradients.values().forEach(InferenceSession::close);
    }
}
