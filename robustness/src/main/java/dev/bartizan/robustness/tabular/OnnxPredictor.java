package dev.bartizan.robustness.tabular;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.ModelPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// An ONNX model in ONNX Runtime as a predictor: one input of numbers, `[rows, columns]`, and
/// scores as a tensor. Maps of scores by class (ZipMap) are read before they become maps.
public final class OnnxPredictor implements Predictor {
    private static final int MOST_ROWS = 512;
    private static final double EVEN = 0.5;

    private final InferenceSession session;
    private final ModelPort input;
    private final int columns;
    private final OptionalDouble threshold;
    private final Optional<TreePredictor> trees;
    private final Optional<Slopes> slopes;
    private long queries;

    private OnnxPredictor(
            InferenceSession session,
            int columns,
            OptionalDouble threshold,
            Optional<TreePredictor> trees,
            Optional<Slopes> slopes) {
        this.slopes = slopes;
        this.session = session;
        this.input = session.inputs().getFirst();
        this.columns = columns;
        this.threshold = threshold;
        this.trees = trees;
    }

    /// Loads a model.
    ///
    /// @param columns numbers in one row of the examples
    /// @param threshold score above which class 1 is answered; empty for the model's own rule
    /// @param trees the same model as trees, when it is an ensemble
    /// @throws UserError when it takes something else than one table
    /// @throws InferenceException when ONNX Runtime does not run it
    public static OnnxPredictor open(
            OnnxModel model, int columns, OptionalDouble threshold, Optional<TreePredictor> trees)
            throws InferenceException, InterruptedException {
        OnnxModel plain = withoutMaps(model);
        InferenceSession session =
                InferenceSession.open(OnnxWriter.bytes(plain), InferenceLimits.DEFAULT);
        List<ModelPort> inputs = session.inputs();
        boolean isTable =
                inputs.size() == 1
                        && inputs.getFirst().isNumeric()
                        && inputs.getFirst().dims().size() == 2
                        && (inputs.getFirst().dims().get(1) < 0
                                || inputs.getFirst().dims().get(1) == columns);
        if (!isTable) {
            session.close();
            throw new UserError(
                    "The model does not take rows of "
                            + columns
                            + " numbers: its inputs are "
                            + inputs,
                    "model",
                    "Give the description and the examples that belong to this model.");
        }
        Optional<Slopes> slopes =
                trees.isPresent() ? Optional.empty() : GraphSlopes.of(plain, columns);
        return new OnnxPredictor(session, columns, threshold, trees, slopes);
    }

    /// The model with every map of scores replaced by the scores.
    private static OnnxModel withoutMaps(OnnxModel model) {
        OnnxGraph graph = model.graph();
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxValueInfo> outputs = new ArrayList<>(graph.outputs());
        for (OnnxNode node : graph.nodes()) {
            if (!node.opType().equals("ZipMap")) {
                nodes.add(node);
                continue;
            }
            outputs.replaceAll(output ->
                    node.outputs().contains(output.name())
                            ? OnnxValueInfo.tensor(
                                    node.inputs().getFirst(),
                                    OnnxElementType.FLOAT,
                                    "batch",
                                    "classes")
                            : output);
        }
        return model.withGraph(
                new OnnxGraph(
                        graph.name(),
                        nodes,
                        graph.initializers(),
                        graph.sparseInitializers(),
                        graph.inputs(),
                        outputs,
                        graph.valueInfos(),
                        graph.docString()));
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public double round(double value) {
        return input.type() == OnnxElementType.DOUBLE ? value : (float) value;
    }

    @Override
    public List<Answer> ask(List<double[]> rows) throws InferenceException, InterruptedException {
        queries += rows.size();
        long declared = input.dims().getFirst();
        int step = declared < 0 ? MOST_ROWS : Math.toIntExact(declared);
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += step) {
            List<double[]> part = rows.subList(from, Math.min(rows.size(), from + step));
            answers.addAll(run(part, declared < 0 ? part.size() : step));
        }
        return answers;
    }

    private List<Answer> run(List<double[]> rows, int size)
            throws InferenceException, InterruptedException {
        double[] values = new double[size * columns];
        for (int i = 0; i < size; i++) {
            double[] row = rows.get(Math.min(i, rows.size() - 1));
            System.arraycopy(row, 0, values, i * columns, columns);
        }
        DenseTensor given =
                DenseTensor.of(input.type(), List.of((long) size, (long) columns), values);
        Map<String, DenseTensor> results = session.run(Map.of(input.name(), given));
        DenseTensor labels = null;
        DenseTensor scores = null;
        for (DenseTensor result : results.values()) {
            boolean isReal =
                    result.type() == OnnxElementType.FLOAT
                            || result.type() == OnnxElementType.DOUBLE;
            scores = scores == null && isReal ? result : scores;
            labels = labels == null && !isReal ? result : labels;
        }
        if (scores == null || scores.size() < size) {
            throw new UserError(
                    "The model returns no scores as numbers",
                    "model",
                    "Export it so that it returns scores or probabilities, not only the class.");
        }
        List<Answer> answers = new ArrayList<>();
        int width = scores.size() / size;
        for (int i = 0; i < rows.size(); i++) {
            List<Double> own = new ArrayList<>();
            for (int k = 0; k < width; k++) {
                own.add(scores.number(i * width + k));
            }
            Optional<Integer> label =
                    labels != null && labels.size() == size
                            ? Optional.of((int) labels.number(i))
                            : Optional.empty();
            answers.add(answer(own, label));
        }
        return answers;
    }

    private Answer answer(List<Double> scores, Optional<Integer> label) {
        if (scores.size() <= 2) {
            double score = scores.getLast();
            int own = scores.size() == 1 ? score > EVEN ? 1 : 0 : highest(scores);
            int answered =
                    threshold.isPresent()
                            ? score > threshold.getAsDouble() ? 1 : 0
                            : label.orElse(own);
            return new Answer(answered, score, List.of(score));
        }
        int answered = label.orElse(highest(scores));
        boolean isClass = answered >= 0 && answered < scores.size();
        return new Answer(answered, isClass ? scores.get(answered) : Double.NaN, scores);
    }

    private static int highest(List<Double> scores) {
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = scores.get(i) > scores.get(best) ? i : best;
        }
        return best;
    }

    @Override
    public Optional<TreePredictor> trees() {
        return trees;
    }

    @Override
    public Optional<Slopes> slopes() {
        return slopes;
    }

    @Override
    public long queries() {
        return queries + trees.map(TreePredictor::queries).orElse(0L);
    }

    @Override
    public void close() {
        slopes.ifPresent(Slopes::close);
        session.close();
    }
}
