package dev.bartizan.tensors;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyWriter;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a classifier does with abnormal inputs. NaN that comes out for NaN that went in is passed
/// on, not made; NaN or an impossible probability for finite numbers is a defect.
final class AbnormalBehaviour {
    static final Claim CLAIM = new Claim("abnormal-inputs-break-the-model");

    private static final double SUM_TOLERANCE = 1e-3;
    private static final int MAX_FINDINGS = 5;
    private static final int MAX_ROW = 1 << 24;
    private static final Duration BUDGET = Duration.ofSeconds(90);
    private static final String MEND =
            "Check every input against its range before the model sees it, or clip it in the graph.";

    private final Classifier classifier;
    private final String where;
    private final Map<String, Integer> answers = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<RawMaterial> raw = new ArrayList<>();
    private final StringBuilder log = new StringBuilder("kind\tinput\tbehaviour\n");
    private int tried;
    private int broken;

    private AbnormalBehaviour(Classifier classifier, String where) {
        this.classifier = classifier;
        this.where = where;
    }

    static Observation observe(Optional<Classifier> classifier, Samples samples, String where)
            throws InterruptedException {
        if (classifier.isEmpty()) {
            return cannot("The model does not look like a classifier of one input");
        }
        Optional<NpyArray> rows = samples.inputs().filter(inputs -> inputs.rows() > 0);
        NpyArray base = rows.orElseGet(() -> zeros(classifier.get()));
        Optional<List<Long>> shape = classifier.get().shape(classifier.get().fewestRows(), base);
        if (base.size() == 0 || shape.isEmpty()) {
            return cannot(
                    "Without samples that fit, no input of "
                            + classifier.get().input()
                            + " can be made");
        }
        List<AbnormalInput> inputs =
                AbnormalInputs.of(
                        classifier.get().input().type(), shape.get(), base, samples.features());
        return new AbnormalBehaviour(classifier.get(), where).observe(inputs);
    }

    /// One row of zeros; no row when its size is not fixed or too large.
    private static NpyArray zeros(Classifier classifier) {
        List<Integer> shape = new ArrayList<>();
        shape.add(1);
        long size = 1;
        for (long dim : classifier.input().dims().subList(1, classifier.input().dims().size())) {
            size *= Math.clamp(dim, 0, MAX_ROW);
            if (size == 0 || size > MAX_ROW) {
                return NpyArray.of(List.of(0), new float[0]);
            }
            shape.add((int) dim);
        }
        return NpyArray.of(shape, new float[(int) size]);
    }

    private static Observation cannot(String reason) {
        return Observation.of(CLAIM, new Outcome.CouldNotTell(reason), reason);
    }

    private Observation observe(List<AbnormalInput> inputs) throws InterruptedException {
        long end = System.nanoTime() + BUDGET.toNanos();
        for (AbnormalInput input : inputs) {
            if (System.nanoTime() - end > 0) {
                break;
            }
            observe(input);
        }
        raw.add(
                RawMaterial.text(
                        "abnormal-inputs.tsv", "text/tab-separated-values", log.toString()));
        List<String> notCovered = new ArrayList<>();
        notCovered.add("abnormal inputs of other kinds, or several columns at once");
        if (tried < inputs.size()) {
            notCovered.add(
                    (inputs.size() - tried)
                            + " inputs were not tried: the model took longer than "
                            + BUDGET.toSeconds()
                            + " s");
        }
        String counts =
                String.join(
                        ", ",
                        answers.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .toList());
        if (broken > 0) {
            return new Observation(
                    CLAIM,
                    Outcome.Confirmed.deterministic(),
                    broken + " of " + tried + " abnormal inputs broke the model: " + counts,
                    findings,
                    raw);
        }
        return new Observation(
                CLAIM,
                new Outcome.Cleared(tried + " abnormal inputs, one run each", notCovered),
                "None of " + tried + " abnormal inputs broke the model: " + counts,
                List.of(),
                raw);
    }

    private void observe(AbnormalInput input) throws InterruptedException {
        tried++;
        try {
            Optional<String> problem = problem(classifier.run(input.tensor()));
            if (problem.isEmpty()) {
                count(input, "valid answer");
            } else if (input.isFinite()) {
                broke(input, problem.get());
            } else {
                count(input, "no valid answer to a number that is none");
            }
        } catch (InferenceException e) {
            if (e.kind() == InferenceException.Kind.TIME_OUT) {
                broke(input, "no end");
            } else {
                count(input, "refused");
            }
        }
    }

    private void count(AbnormalInput input, String behaviour) {
        answers.merge(behaviour, 1, Integer::sum);
        log.append(input.kind()).append('\t').append(input.words()).append('\t');
        log.append(behaviour).append('\n');
    }

    private void broke(AbnormalInput input, String problem) {
        count(input, problem);
        broken++;
        if (findings.size() >= MAX_FINDINGS) {
            return;
        }
        String name = "abnormal-" + (findings.size() + 1) + ".npy";
        findings.add(
                new Finding(
                        "model-breaks-on-abnormal-input",
                        Severity.MEDIUM,
                        String.format(
                                Locale.ROOT,
                                "A finite input (%s) gave %s; kept as %s",
                                input.words(),
                                problem,
                                name),
                        where,
                        MEND,
                        List.of("CWE-20"),
                        List.of()));
        raw.add(new RawMaterial(name, "application/octet-stream", NpyWriter.bytes(array(input))));
    }

    private static NpyArray array(AbnormalInput input) {
        DenseTensor tensor = input.tensor();
        List<Integer> shape = tensor.shape().stream().map(Math::toIntExact).toList();
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) tensor.number(i);
        }
        return NpyArray.of(shape, values);
    }

    /// What is invalid about a result; empty when nothing is.
    private Optional<String> problem(DenseTensor result) {
        for (int i = 0; i < result.size(); i++) {
            if (!Double.isFinite(result.number(i))) {
                return Optional.of(Double.isNaN(result.number(i)) ? "NaN" : "an infinite score");
            }
        }
        return switch (classifier.answer()) {
            case CLASS, SCORES -> Optional.empty();
            case PROBABILITY -> outOfRange(result);
            case DISTRIBUTION -> outOfRange(result).or(() -> wrongSum(result));
        };
    }

    private static Optional<String> outOfRange(DenseTensor result) {
        for (int i = 0; i < result.size(); i++) {
            double value = result.number(i);
            if (value < -SUM_TOLERANCE || value > 1 + SUM_TOLERANCE) {
                return Optional.of("a probability of " + value);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongSum(DenseTensor result) {
        int width = Math.toIntExact(result.shape().getLast());
        for (int from = 0; width > 0 && from + width <= result.size(); from += width) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += result.number(from + i);
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                return Optional.of("probabilities that sum to " + sum);
            }
        }
        return Optional.empty();
    }
}
