package dev.bartizan.robustness;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.ModelPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The original file, asked for one example at a time: what it answers is what counts. Not for use
/// by two threads at once.
public final class Judge implements AutoCloseable {
    private final InferenceSession session;
    private final List<Long> rowDims;
    private final Preprocessing preprocessing;
    private final int classes;
    private final ModelPort input;

    private Judge(
            InferenceSession session,
            List<Long> rowDims,
            Preprocessing preprocessing,
            int classes) {
        this.session = session;
        this.rowDims = List.copyOf(rowDims);
        this.preprocessing = preprocessing;
        this.classes = classes;
        this.input = session.inputs().getFirst();
    }

    /// Loads the file.
    ///
    /// @param rowDims sizes of one example
    /// @param classes how many scores there are
    /// @throws InferenceException when ONNX Runtime does not take it
    /// @throws InterruptedException when cancelled
    public static Judge open(
            DeployedModel model, List<Long> rowDims, Preprocessing preprocessing, int classes)
            throws InferenceException, InterruptedException {
        return new Judge(
                InferenceSession.open(model.bytes(), InferenceLimits.DEFAULT),
                rowDims,
                preprocessing,
                classes);
    }

    /// The class answered for a row.
    int answer(float[] values, int row) throws IOException, InterruptedException {
        return Scores.best(scores(values, row), 0, classes);
    }

    /// The scores of a row.
    ///
    /// @throws UserError when one of them is not a number
    float[] scores(float[] values, int row) throws IOException, InterruptedException {
        int width = rowDims.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
        List<Long> dims = new ArrayList<>(rowDims);
        dims.addFirst(1L);
        float[] one =
                preprocessing.apply(Arrays.copyOfRange(values, row * width, (row + 1) * width));
        float[] scores = found(session.run(Map.of(input.name(), tensor(dims, one)))).toFloats();
        for (float score : scores) {
            if (Float.isNaN(score)) {
                throw new UserError(
                        "The model answers example " + row + " with NaN",
                        "scores " + Arrays.toString(Arrays.copyOf(scores, Math.min(4, classes))),
                        "Look at its weights and at the scale of the inputs.");
            }
        }
        return scores;
    }

    private DenseTensor tensor(List<Long> dims, float[] one) {
        if (input.type() == OnnxElementType.FLOAT) {
            return DenseTensor.ofFloats(dims, one);
        }
        double[] wide = new double[one.length];
        Arrays.setAll(wide, i -> one[i]);
        return DenseTensor.of(input.type(), dims, wide);
    }

    private DenseTensor found(Map<String, DenseTensor> result) {
        Optional<DenseTensor> scores =
                session.outputs().stream()
                        .map(port -> Optional.ofNullable(result.get(port.name())))
                        .flatMap(Optional::stream)
                        .filter(tensor -> tensor.size() == classes && isFloating(tensor))
                        .findFirst();
        return scores.orElseThrow(() ->
                new UserError(
                        "The model gives no " + classes + " scores for one example",
                        "outputs " + session.outputs(),
                        "An attack needs a classifier with an output of scores by class."));
    }

    private static boolean isFloating(DenseTensor tensor) {
        return tensor.type() == OnnxElementType.FLOAT || tensor.type() == OnnxElementType.DOUBLE;
    }

    @Override
    public void close() {
        session.close();
    }
}
