package dev.bartizan.tensors.gradient;

/// What an attack raises, one number per example. `z` are the scores, `y` the label, `t` a target.
public enum Objective {
    /// Any linear combination of the scores, given by its coefficients.
    SEED,
    /// Cross-entropy: -log softmax(z) at y.
    CROSS_ENTROPY,
    /// max of z without y, less z at y.
    MARGIN,
    /// z at t, less z at y.
    DIFFERENCE,
    /// z at t, less max of z without t.
    TARGET_MARGIN,
    /// Targeted difference-of-logits ratio (F. Croce and M. Hein, "Reliable evaluation of
    /// adversarial robustness with an ensemble of diverse parameter-free attacks", ICML 2020,
    /// equation 7): -(z_y - z_t) / (z_1 - (z_3 + z_4) / 2), z sorted downwards.
    TARGETED_DLR
}
