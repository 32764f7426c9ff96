package dev.bartizan.tensors.gradient;

import java.io.IOException;
import java.util.List;

/// A model has no gradient that can be computed: which part stands in the way, and what works
/// instead.
public final class GradientException extends IOException {
    GradientException(String what) {
        super(what + ". Attacks that only ask for answers still work on it.");
    }

    private GradientException(String what, String mend) {
        super(what + ". " + mend);
    }

    /// What is given instead of scores by class, such as `float[-1, 1]`.
    static GradientException noClassifier(String given) {
        return new GradientException(
                "The model is no classifier with scores by class: it gives "
                        + given.replace("-1", "?"),
                "Attacks need one score for each of two classes or more.");
    }

    /// One number that could be a score as well as an estimate.
    static GradientException single() {
        return new GradientException(
                "The model gives one number for each example, not behind a sigmoid, so that nothing"
                        + " says from where on it means class 1",
                "Give --threshold, such as 0 for logits or 0.5 for probabilities.");
    }

    static GradientException noOutput(String wanted, List<String> names) {
        return new GradientException(
                "There is no output \"" + wanted + "\"", "Its outputs are " + names + ".");
    }

    static GradientException operator(String opType, String why) {
        return new GradientException("No gradient through operator " + opType + ": " + why);
    }
}
