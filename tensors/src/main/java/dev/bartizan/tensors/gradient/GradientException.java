package dev.bartizan.tensors.gradient;

import java.io.IOException;

/// A model has no gradient that can be computed: which part stands in the way, and what works
/// instead.
public final class GradientException extends IOException {
    GradientException(String what) {
        super(what + ". Attacks that only ask for answers still work on it.");
    }

    static GradientException operator(String opType, String why) {
        return new GradientException("No gradient through operator " + opType + ": " + why);
    }
}
