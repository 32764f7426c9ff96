package dev.bartizan.robustness;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.Preprocessing;
import dev.bartizan.tensors.gradient.ScoreOutput;
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

/// The original file, asked for one example at a time: what it answers is what counts. A file that
/// only takes a larger fixed number of examples gets the same one that many times. Not for use by
/// two threads at once.
public final class Judge implements AutoCloseable {
    private final InferenceSession session;
    private final List<Long> rowDims;
    private final Preprocessing preprocessing;
    private final int classes;
    private final ScoreOutput output;
    private final ModelPort input;

    private Judge(
            InferenceSession session,
            List<Long> rowDims,
            Preprocessing preprocessing,
            int classes,
            ScoreOutput output) {
        this.session = session;
        this.rowDims = List.copyOf(rowDims);
        this.preprocessing = preprocessing;
        this.classes = classes;
        this.output = output;
        this.input = session.inputs().getFirst();
    }

    /// Loads the file of a model that was prepared for attacks.
    ///
    /// @throws InferenceException when ONNX Runtime does not take it
    /// @throws InterruptedException when cancelled
    public static Judge open(
            DeployedModel model, Preprocessing preprocessing, AttackedModel attacked)
            throws InferenceException, InterruptedException {
        return new Judge(
                InferenceSession.open(model.bytes(), InferenceLimits.DEFAULT),
                attacked.rowDims(),
                preprocessing,
                attacked.classes(),
                attacked.output());
    }

    /// The class answered for a row.
    int answer(float[] values, int row) throws IOException, InterruptedException {
        return Scores.best(scores(values, row), 0, classes);
    }

    /// Moves a changed row to numbers that the file takes: whole ones, where it takes only these.
    void makeValid(float[] changed, float[] original, int row) {
        if (isWhole()) {
            preprocessing.makeWhole(changed, row, original, row, width());
        }
    }

    private boolean isWhole() {
        return switch (input.type()) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> false;
            default -> true;
        };
    }

    private int width() {
        return rowDims.stream().mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
    }

    /// The scores of a row.
    ///
    /// @throws UserError when one of them is not a number
    float[] scores(float[] values, int row) throws IOException, InterruptedException {
        int width = width();
        int copies = copies();
        List<Long> dims = new ArrayList<>(rowDims);
        dims.addFirst((long) copies);
        float[] one =
                preprocessing.apply(Arrays.copyOfRange(values, row * width, (row + 1) * width));
        float[] scores =
                first(session.run(Map.of(input.name(), tensor(dims, one, copies))), copies);
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

    private int copies() {
        long declared = input.dims().isEmpty() ? 1 : input.dims().getFirst();
        return (int) Math.max(1, declared);
    }

    private DenseTensor tensor(List<Long> dims, float[] one, int copies) {
        float[] all = new float[one.length * copies];
        for (int i = 0; i < all.length; i++) {
            float number = one[i % one.length];
            all[i] = isWhole() ? (float) Math.rint(number) : number;
        }
        if (input.type() == OnnxElementType.FLOAT) {
            return DenseTensor.ofFloats(dims, all);
        }
        double[] wide = new double[all.length];
        Arrays.setAll(wide, i -> all[i]);
        return DenseTensor.of(input.type(), dims, wide);
    }

    /// The scores by class of the first copy.
    private float[] first(Map<String, DenseTensor> result, int copies) {
        DenseTensor found = result.get(output.name().orElseThrow());
        int each = output.threshold().isPresent() ? 1 : classes;
        if (found == null || found.size() != each * copies) {
            throw new UserError(
                    "The model gives no " + each + " scores for one example",
                    "outputs " + session.outputs(),
                    "An attack needs a classifier with an output of scores by class.");
        }
        float[] numbers = found.toFloats();
        return output.threshold().isPresent()
                ? output.twoClasses(numbers[0])
                : Arrays.copyOf(numbers, classes);
    }

    @Override
    public void close() {
        session.close();
    }
}
