package dev.bartizan.robustness;

import dev.bartizan.tensors.gradient.Objective;
import java.util.Arrays;

/// What scores of classes say.
final class Scores {
    private static final double TINY = 1e-12;

    private Scores() {}

    /// The class with the highest score; the first of several.
    static int best(float[] scores, int row, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (scores[row * classes + i] > scores[row * classes + best]) {
                best = i;
            }
        }
        return best;
    }

    /// The classes from highest to lowest score.
    static int[] order(float[] scores, int row, int classes) {
        Integer[] order = new Integer[classes];
        for (int i = 0; i < classes; i++) {
            order[i] = i;
        }
        Arrays.sort(
                order,
                (a, b) -> Float.compare(scores[row * classes + b], scores[row * classes + a]));
        int[] result = new int[classes];
        for (int i = 0; i < classes; i++) {
            result[i] = order[i];
        }
        return result;
    }

    /// The best score of another class, less that of the label: above 0 when the answer is wrong.
    static double margin(float[] scores, int row, int classes, int label) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            if (i != label) {
                best = Math.max(best, scores[row * classes + i]);
            }
        }
        return best - scores[row * classes + label];
    }

    /// The value of an objective.
    static double value(
            Objective objective, float[] scores, int row, int classes, int label, int target) {
        int at = row * classes;
        return switch (objective) {
            case CROSS_ENTROPY -> crossEntropy(scores, at, classes, label);
            case MARGIN -> margin(scores, row, classes, label);
            case TARGET_MARGIN -> -margin(scores, row, classes, target);
            case DIFFERENCE -> (double) scores[at + target] - scores[at + label];
            case TARGETED_DLR -> {
                int[] order = order(scores, row, classes);
                double bottom =
                        scores[at + order[0]]
                                - 0.5 * ((double) scores[at + order[2]] + scores[at + order[3]]);
                yield ((double) scores[at + target] - scores[at + label]) / Math.max(bottom, TINY);
            }
            case SEED -> throw new IllegalArgumentException("A seed has no value of its own");
        };
    }

    private static double crossEntropy(float[] scores, int at, int classes, int label) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            max = Math.max(max, scores[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += Math.exp(scores[at + i] - max);
        }
        return max + Math.log(sum) - scores[at + label];
    }
}
