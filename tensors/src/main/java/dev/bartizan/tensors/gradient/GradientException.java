package dev.bartizan.tensors.gradient;

import java.io.IOException;

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

    static GradientException operator(String opType, String why) {
        return new GradientException("No gradient through operator " + opType + ": " + why);
    }
}
