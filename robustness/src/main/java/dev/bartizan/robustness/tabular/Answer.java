package dev.bartizan.robustness.tabular;

import java.util.List;

/// What a model answers for one row.
///
/// @param label the class
/// @param score of class 1 when there are two classes or a number is answered, otherwise of the
///   class that is answered
/// @param guide numbers to climb: one that grows towards class 1, or one per class
public record Answer(int label, double score, List<Double> guide) {
    public Answer {
        guide = List.copyOf(guide);
    }

    /// How far an answer has moved away from a class; grows towards another answer.
    double distance(int from) {
        if (guide.size() == 1) {
            return from == 1 ? -guide.getFirst() : guide.getFirst();
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < guide.size(); i++) {
            best = i == from ? best : Math.max(best, guide.get(i));
        }
        return best - (from < guide.size() ? guide.get(from) : 0);
    }
}
