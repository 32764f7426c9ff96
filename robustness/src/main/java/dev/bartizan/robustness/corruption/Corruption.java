package dev.bartizan.robustness.corruption;

import java.util.Locale;

/// A change of an image that happens without an attacker, in five severities: D. Hendrycks, T.
/// Dietterich, "Benchmarking neural network robustness to common corruptions and perturbations"
/// (ICLR 2019), with the strengths that the authors' program has for images of 32 x 32 (CIFAR-10-C)
/// and, where the shorter side is above 64 pixels, for those of 224 x 224 (ImageNet-C). Occlusion
/// is not theirs: a grey square at a random place.
public enum Corruption {
    /// Normal noise; its standard deviation.
    GAUSSIAN_NOISE,
    /// Noise of counted photons; how many make white.
    SHOT_NOISE,
    /// Numbers that are black or white; their share.
    IMPULSE_NOISE,
    /// A blur; standard deviation of its window in pixels.
    BLUR,
    /// Less contrast; what is left of it.
    CONTRAST,
    /// More brightness; how much is added.
    BRIGHTNESS,
    /// JPEG compression; its quality in percent.
    JPEG,
    /// A grey square; the share of the shorter side that it takes.
    OCCLUSION;

    /// How many severities there are.
    public static final int SEVERITIES = 5;

    /// Its word in results, such as `shot-noise`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final int LARGEST_SMALL_SIDE = 64;

    /// How strong it is.
    ///
    /// @param severity from 1, the mildest, to 5
    /// @param side the image's shorter one, in pixels
    double strength(int severity, int side) {
        return (side > LARGEST_SMALL_SIDE ? onLarge() : onSmall())[severity - 1];
    }

    private double[] onSmall() {
        return switch (this) {
            case GAUSSIAN_NOISE -> new double[] {0.04, 0.06, 0.08, 0.09, 0.10};
            case SHOT_NOISE -> new double[] {500, 250, 100, 75, 50};
            case IMPULSE_NOISE -> new double[] {0.01, 0.02, 0.03, 0.05, 0.07};
            case BLUR -> new double[] {0.4, 0.6, 0.7, 0.8, 1};
            case CONTRAST -> new double[] {0.75, 0.5, 0.4, 0.3, 0.15};
            case BRIGHTNESS -> new double[] {0.05, 0.1, 0.15, 0.2, 0.3};
            case JPEG -> new double[] {80, 65, 58, 50, 40};
            case OCCLUSION -> new double[] {0.2, 0.3, 0.4, 0.5, 0.6};
        };
    }

    private double[] onLarge() {
        return switch (this) {
            case GAUSSIAN_NOISE -> new double[] {0.08, 0.12, 0.18, 0.26, 0.38};
            case SHOT_NOISE -> new double[] {60, 25, 12, 5, 3};
            case IMPULSE_NOISE -> new double[] {0.03, 0.06, 0.09, 0.17, 0.27};
            case BLUR -> new double[] {1, 2, 3, 4, 6};
            case CONTRAST -> new double[] {0.4, 0.3, 0.2, 0.1, 0.05};
            case BRIGHTNESS -> new double[] {0.1, 0.2, 0.3, 0.4, 0.5};
            case JPEG -> new double[] {25, 18, 15, 10, 7};
            case OCCLUSION -> onSmall();
        };
    }
}
