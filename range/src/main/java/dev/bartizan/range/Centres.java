package dev.bartizan.range;

import java.util.SplittableRandom;

/// Some images; an example is of the class of the nearest. Between two centres the boundary is a
/// plane, so that distances to it are known.
public final class Centres {
    /// Rows and columns of an image.
    public static final int SIDE = 8;

    /// Numbers of an image.
    public static final int WIDTH = SIDE * SIDE;

    /// How many classes there are.
    public static final int CLASSES = 3;

    private static final double SHARPNESS = 4;
    private static final double SPREAD = 0.08;

    private final double[][] centres = new double[CLASSES][WIDTH];
    private final long seed;

    /// @param seed of the images
    Centres(long seed) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        for (double[] centre : centres) {
            for (int i = 0; i < WIDTH; i++) {
                centre[i] = random.nextDouble(0.3, 0.7);
            }
        }
    }

    private double squared(double[] example, int of) {
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            double away = example[i] - centres[of][i];
            sum += away * away;
        }
        return sum;
    }

    /// The class of an example.
    public int classOf(double[] example) {
        int best = 0;
        for (int k = 1; k < CLASSES; k++) {
            best = squared(example, k) < squared(example, best) ? k : best;
        }
        return best;
    }

    /// Probabilities by class, 0..1, that sum to 1.
    double[] scores(double[] example) {
        double[] scores = new double[CLASSES];
        double least = squared(example, classOf(example));
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            scores[k] = Math.exp(-SHARPNESS * (squared(example, k) - least));
            sum += scores[k];
        }
        for (int k = 0; k < CLASSES; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /// The L2 distance of an example to the nearest boundary of its class.
    public double toBoundary(double[] example) {
        int own = classOf(example);
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < CLASSES; k++) {
            if (k != own) {
                double apart = 0;
                for (int i = 0; i < WIDTH; i++) {
                    double between = centres[k][i] - centres[own][i];
                    apart += between * between;
                }
                double further = squared(example, k) - squared(example, own);
                nearest = Math.min(nearest, further / (2 * Math.sqrt(apart)));
            }
        }
        return nearest;
    }

    /// Examples around the centres, class after class, 0..1.
    ///
    /// @param count how many
    public double[][] examples(int count) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        double[][] examples = new double[count][WIDTH];
        for (int row = 0; row < count; row++) {
            double[] centre = centres[row % CLASSES];
            for (int i = 0; i < WIDTH; i++) {
                examples[row][i] = Math.clamp(centre[i] + SPREAD * random.nextGaussian(), 0, 1);
            }
        }
        return examples;
    }
}
