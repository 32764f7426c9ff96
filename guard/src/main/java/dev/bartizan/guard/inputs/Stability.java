package dev.bartizan.guard.inputs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// Whether a model's answer holds when the input is simplified or shaken a little: an input that
/// was searched for next to a border changes its answer, an honest one rarely does. Two detectors
/// in one score: feature squeezing (Xu, Evans and Qi, Feature Squeezing, NDSS 2018: L1 between the
/// answers before and after reducing the depth of every feature) and local consistency (the share
/// of small random changes that change the class). An attacker who knows the detector can search
/// against it.
public final class Stability {
    private static final int NEIGHBOURS = 16;
    private final UnaryOperator<double[]> model;
    private final double step;
    private final double shake;
    private final long seed;
    private double threshold = Double.POSITIVE_INFINITY;

    /// A detector over a model.
    ///
    /// @param model from features `[d]` to class probabilities `[c]`
    /// @param step what features are rounded to
    /// @param shake largest change of a feature in a neighbour
    public Stability(UnaryOperator<double[]> model, double step, double shake, long seed) {
        if (!(step > 0) || !(shake > 0)) {
            throw new IllegalArgumentException("step and shake are above 0");
        }
        this.model = model;
        this.step = step;
        this.shake = shake;
        this.seed = seed;
    }

    /// A detector that was calibrated before.
    ///
    /// @param threshold highest score of an input that is stable
    public Stability(
            UnaryOperator<double[]> model, double step, double shake, long seed, double threshold) {
        this(model, step, shake, seed);
        this.threshold = threshold;
    }

    /// Highest score of an input that is stable; infinite before it is calibrated.
    public double threshold() {
        return threshold;
    }

    /// Sets the threshold so that at most the given share of honest inputs is found unstable.
    public void calibrate(List<double[]> honest, double falseAlarms) {
        double[] scores = honest.stream().mapToDouble(this::score).toArray();
        threshold = Calibration.threshold(scores, falseAlarms);
    }

    /// Whether the input is less stable than honest ones; costs eighteen answers of the model.
    public boolean isUnstable(double[] input) {
        return score(input) > threshold;
    }

    /// What is strange about how the model answers an input; empty when nothing is.
    public Optional<Strange> problem(double[] input) {
        double score = score(input);
        return score > threshold
                ? Optional.of(
                        new Strange(
                                Strange.Kind.UNSTABLE,
                                String.format(
                                        Locale.ROOT,
                                        "the answer moves by %.4f of 3 when the input is rounded and"
                                                + " shaken, usual is up to %.4f",
                                        score,
                                        threshold)))
                : Optional.empty();
    }

    /// How far the answers move, 0 to 3.
    public double score(double[] input) {
        double[] answer = model.apply(input.clone());
        double[] squeezed = input.clone();
        for (int i = 0; i < squeezed.length; i++) {
            squeezed[i] = Math.round(squeezed[i] / step) * step;
        }
        double moved = distance(answer, model.apply(squeezed));
        SplittableRandom random = new SplittableRandom(seed);
        double others = 0;
        for (int n = 0; n < NEIGHBOURS; n++) {
            double[] neighbour = input.clone();
            for (int i = 0; i < neighbour.length; i++) {
                neighbour[i] += (2 * random.nextDouble() - 1) * shake;
            }
            others += distance(answer, model.apply(neighbour)) / 2;
        }
        return moved + others / NEIGHBOURS;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }
}
