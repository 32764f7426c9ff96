package dev.bartizan.tensors;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How often a classifier is right on the samples, against what is declared.
final class CleanAccuracy {
    static final Claim CLAIM = new Claim("clean-accuracy-holds");

    private static final double CONFIDENCE = 0.95;
    private static final String MEND =
            "Find out which data changed, train again, or declare the accuracy that holds.";

    private final Classifier classifier;
    private final NpyArray inputs;
    private final NpyArray labels;

    private CleanAccuracy(Classifier classifier, NpyArray inputs, NpyArray labels) {
        this.classifier = classifier;
        this.inputs = inputs;
        this.labels = labels;
    }

    static Observation observe(
            Optional<Classifier> classifier,
            Samples samples,
            Optional<Double> declared,
            String where)
            throws InterruptedException {
        if (samples.inputs().isEmpty() || samples.labels().isEmpty()) {
            return cannot("The system file names no inputs and labels under samples");
        }
        if (classifier.isEmpty()) {
            return cannot("The model does not look like a classifier of one input");
        }
        NpyArray inputs = samples.inputs().get();
        NpyArray labels = samples.labels().get();
        if (inputs.rows() == 0
                || labels.size() != inputs.rows()
                || classifier.get().shape(1, inputs).isEmpty()) {
            return cannot(
                    "Samples of shape "
                            + inputs.shape()
                            + " with "
                            + labels.size()
                            + " labels do not fit the input "
                            + classifier.get().input());
        }
        try {
            return new CleanAccuracy(classifier.get(), inputs, labels).measure(declared, where);
        } catch (InferenceException e) {
            return cannot("The model did not answer the samples: " + e.getMessage());
        }
    }

    private static Observation cannot(String reason) {
        return Observation.of(CLAIM, new Outcome.CouldNotTell(reason), reason);
    }

    private Observation measure(Optional<Double> declared, String where)
            throws InferenceException, InterruptedException {
        int rows = inputs.rows();
        int wrong = 0;
        int step = classifier.rowsPerRun();
        for (int from = 0; from < rows; from += step) {
            int to = Math.min(rows, from + step);
            DenseTensor result = classifier.run(batch(from, step, to));
            List<Long> classes = classifier.classes(result);
            if (classes.size() < to - from) {
                return cannot(
                        "The model gave "
                                + classes.size()
                                + " answers to "
                                + (to - from)
                                + " samples");
            }
            for (int row = from; row < to; row++) {
                if (!isClass(row, result)) {
                    return cannot(
                            "Label "
                                    + labels.number(row)
                                    + " of sample "
                                    + row
                                    + " is no class of the output "
                                    + classifier.output());
                }
                wrong += classes.get(row - from) == labels.integer(row) ? 0 : 1;
            }
        }
        return verdict(rows, wrong, declared, where);
    }

    private boolean isClass(int row, DenseTensor result) {
        double label = labels.number(row);
        return label >= 0
                && label == Math.rint(label)
                && switch (classifier.answer()) {
                    case CLASS -> true;
                    case PROBABILITY -> label <= 1;
                    case DISTRIBUTION, SCORES -> label < result.shape().getLast();
                };
    }

    /// Rows `from` to `to`, the last repeated where the model takes only full batches.
    private DenseTensor batch(int from, int step, int to) {
        int rows = classifier.hasFixedRows() ? step : to - from;
        int width = inputs.rowSize();
        double[] values = new double[rows * width];
        for (int i = 0; i < values.length; i++) {
            int row = Math.min(from + i / width, to - 1);
            values[i] = inputs.number(row * width + i % width);
        }
        return DenseTensor.of(
                classifier.input().type(), classifier.shape(rows, inputs).orElseThrow(), values);
    }

    private Observation verdict(int rows, int wrong, Optional<Double> declared, String where) {
        Interval errors = Binomial.clopperPearson(wrong, rows, CONFIDENCE);
        String measured =
                String.format(
                        Locale.ROOT,
                        "right on %d of %d samples (%.1f %%, 95 %% interval %.1f to %.1f %%)",
                        rows - wrong,
                        rows,
                        100.0 * (rows - wrong) / rows,
                        100 * (1 - errors.high()),
                        100 * (1 - errors.low()));
        if (declared.isEmpty()) {
            return cannot("The model is " + measured + "; no accuracy is declared under contract");
        }
        double tolerated = 1 - declared.get();
        String against = String.format(Locale.ROOT, "; declared %.1f %%", 100 * declared.get());
        String summary = "The model is " + measured + against;
        if (errors.low() > tolerated) {
            return new Observation(
                    CLAIM,
                    new Outcome.Confirmed(rows, wrong, errors),
                    summary,
                    List.of(
                            new Finding(
                                    "model-accuracy-below-declared",
                                    Severity.MEDIUM,
                                    summary,
                                    where,
                                    MEND,
                                    List.of(),
                                    List.of())),
                    List.of());
        }
        if ((double) wrong / rows > tolerated) {
            return cannot(summary + "; too few samples to tell. Add samples.");
        }
        return Observation.of(CLAIM, new Outcome.Withstood(rows, wrong, errors), summary);
    }
}
