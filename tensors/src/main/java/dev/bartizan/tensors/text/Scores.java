package dev.bartizan.tensors.text;

import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a model's scores become probabilities.
enum Scores {
    /// Log odds of classes that exclude one another.
    SOFTMAX,
    /// Log odds of each class for itself.
    SIGMOID,
    /// Probabilities that add up to one already.
    DISTRIBUTION,
    /// Probabilities of each class for itself already.
    PROBABILITIES;

    /// What the configuration says, or else what the number of classes tells; a graph that ends in
    /// `Softmax` or `Sigmoid` is not turned into probabilities a second time.
    static Scores of(
            Optional<ClassifierConfig.Reading> said,
            int classes,
            DeployedModel model,
            String output) {
        String last =
                model.model().graph().nodes().stream()
                        .filter(node -> node.outputs().contains(output))
                        .map(OnnxNode::opType)
                        .findFirst()
                        .orElse("");
        if (last.equals("Softmax")) {
            return DISTRIBUTION;
        }
        if (last.equals("Sigmoid")) {
            return PROBABILITIES;
        }
        ClassifierConfig.Reading reading =
                said.orElse(
                        classes == 1
                                ? ClassifierConfig.Reading.SIGMOID
                                : ClassifierConfig.Reading.SOFTMAX);
        return switch (reading) {
            case SOFTMAX -> classes == 1 ? SIGMOID : SOFTMAX;
            case SIGMOID -> SIGMOID;
        };
    }

    /// The probabilities of one row.
    ///
    /// @param result `[rows, classes]`
    /// @throws InferenceException when a score is no number
    List<Double> probabilities(@Nullable DenseTensor result, int row, int classes)
            throws InferenceException {
        if (result == null || result.size() < (row + 1) * classes) {
            throw new InferenceException(
                    InferenceException.Kind.FAILED, "The classifier gave too few scores");
        }
        double[] raw = new double[classes];
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            raw[i] = result.number(row * classes + i);
            highest = Math.max(highest, raw[i]);
            if (Double.isNaN(raw[i])) {
                throw new InferenceException(
                        InferenceException.Kind.FAILED, "A score of the classifier is no number");
            }
        }
        double sum = 0;
        for (double one : raw) {
            sum += Math.exp(one - highest);
        }
        List<Double> probabilities = new ArrayList<>();
        for (double one : raw) {
            double p =
                    switch (this) {
                        case SOFTMAX -> Math.exp(one - highest) / sum;
                        case SIGMOID -> 1 / (1 + Math.exp(-one));
                        case DISTRIBUTION, PROBABILITIES -> one;
                    };
            if (Double.isNaN(p)) {
                throw new InferenceException(
                        InferenceException.Kind.FAILED, "Scores of the classifier are infinite");
            }
            probabilities.add(Math.clamp(p, 0, 1));
        }
        return probabilities;
    }
}
