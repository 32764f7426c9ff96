package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.npy.NpzReader;
import dev.bartizan.guard.inputs.NumberTable;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.ExampleFile;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.Device;
import dev.bartizan.tensors.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Inputs as rows of numbers, and the model that answers them, when one is given. Closing it lets
/// go of the model.
///
/// @param rows `[n, features]`
/// @param digest of the file of inputs
/// @param model the model, opened for inputs of that shape
record GuardInputRows(List<double[]> rows, Digest digest, Optional<AttackedModel> model)
        implements AutoCloseable {
    private static final int MAX_ARCHIVE_BYTES = 1 << 29;
    private static final double SUMS_TO_ONE = 1e-3;

    /// Reads inputs, and opens a model.
    ///
    /// @throws UserError when they cannot be used or do not fit one another
    static GuardInputRows open(GuardInputOptions inputs, @Nullable Path modelFile)
            throws IOException {
        NpyArray array = array(inputs);
        int count = Math.min(inputs.count(), array.shape().isEmpty() ? 0 : array.rows());
        if (count == 0 || array.rowSize() == 0) {
            throw new UserError(
                    "There are no inputs in it", inputs.path().toString(), "Give one a row.");
        }
        AttackData.Scaling scaling = inputs.scaling();
        Optional<AttackedModel> model =
                modelFile == null
                        ? Optional.empty()
                        : Optional.of(opened(DeployedModel.read(modelFile), array, scaling));
        List<double[]> rows = new ArrayList<>();
        int width = array.rowSize();
        for (int row = 0; row < count; row++) {
            double[] one = new double[width];
            for (int i = 0; i < width; i++) {
                one[i] = array.number(row * width + i) / scaling.scale();
            }
            rows.add(one);
        }
        Digest digest =
                Files.isDirectory(inputs.path())
                        ? Digest.of(inputs.path().toString())
                        : Digest.ofFile(inputs.path());
        return new GuardInputRows(rows, digest, model);
    }

    private static NpyArray array(Path file, String name) throws IOException {
        byte[] bytes = NamedFile.bytes(file, MAX_ARCHIVE_BYTES, "file of arrays");
        try {
            Map<String, NpyArray> arrays = NpzReader.read(ByteSource.of(bytes));
            NpyArray found = arrays.get(name);
            if (found == null) {
                throw new UserError(
                        "There is no array \"" + name + "\" in it",
                        file.toString(),
                        "It has: " + String.join(", ", arrays.keySet()) + ".");
            }
            return found;
        } catch (NpyFormatException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()), file.toString(), "Give an .npz file.", e);
        }
    }

    private static NpyArray array(GuardInputOptions inputs) throws IOException {
        if (inputs.array().isPresent()) {
            return array(inputs.path(), inputs.array().get());
        }
        String name = inputs.path().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".tsv")) {
            return ExampleFile.examples(inputs.path(), inputs.count()).inputs();
        }
        List<double[]> table =
                NumberTable.read(
                        NamedFile.bytes(inputs.path(), NumberTable.MAX_BYTES, "table"),
                        inputs.path().toString());
        int width = table.isEmpty() ? 0 : table.getFirst().length;
        float[] values = new float[table.size() * width];
        for (int row = 0; row < table.size(); row++) {
            for (int i = 0; i < width; i++) {
                values[row * width + i] = (float) table.get(row)[i];
            }
        }
        return NpyArray.of(List.of(table.size(), width), values);
    }

    /// Opens the model for inputs of the array's shape.
    private static AttackedModel opened(
            DeployedModel model, NpyArray array, AttackData.Scaling scaling) throws IOException {
        List<Integer> shape = new ArrayList<>(array.shape());
        shape.set(0, 1);
        NpyArray blank = NpyArray.of(shape, new float[array.rowSize()]);
        AttackData data = AttackData.of(model.model(), blank, 1, scaling);
        try {
            return AttackedModel.open(model, data.rowDims(), data.preprocessing(), Device.CPU);
        } catch (GradientException e) {
            throw new UserError(
                    "The model is no classifier of such inputs: " + e.getMessage(),
                    model.path().toString(),
                    "Leave out --model to look at the inputs alone.",
                    e);
        } catch (InferenceException e) {
            throw new UserError(
                    "ONNX Runtime does not run the model: " + e.getMessage(),
                    model.path().toString(),
                    "Run bartizan scan on it, or export it again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the model was opened", e);
        }
    }

    /// The model as a function from features to class probabilities.
    UnaryOperator<double[]> answers() {
        AttackedModel opened =
                model.orElseThrow(() -> new IllegalStateException("There is no model"));
        return input -> {
            float[] values = new float[input.length];
            for (int i = 0; i < input.length; i++) {
                values[i] = (float) input[i];
            }
            try {
                return probabilities(opened.scores(values));
            } catch (InferenceException e) {
                throw new UserError(
                        "The model gave no answer: " + e.getMessage(), "", "Export it again.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the model was asked", e);
            }
        };
    }

    /// Scores that are probabilities already stay; others go through softmax.
    static double[] probabilities(float[] scores) {
        double sum = 0;
        double highest = Double.NEGATIVE_INFINITY;
        boolean areShares = true;
        for (float score : scores) {
            sum += score;
            highest = Math.max(highest, score);
            areShares &= score >= 0 && score <= 1;
        }
        double[] out = new double[scores.length];
        boolean isDistribution = areShares && Math.abs(sum - 1) < SUMS_TO_ONE;
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            out[i] = isDistribution ? scores[i] : Math.exp(scores[i] - highest);
            total += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= total;
        }
        return out;
    }

    @Override
    public void close() {
        model.ifPresent(AttackedModel::close);
    }
}
