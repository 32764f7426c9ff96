package dev.bartizan.targets.prediction;

import java.util.List;

/// What a classifier answered for some rows.
public sealed interface Predictions {
    /// How many rows.
    int rows();

    /// A number for each class.
    ///
    /// @param classes by row
    record OfScores(List<double[]> classes) implements Predictions {
        public OfScores {
            classes = List.copyOf(classes);
        }

        @Override
        public int rows() {
            return classes.size();
        }
    }

    /// The class alone.
    ///
    /// @param labels by row
    record OfLabels(List<Integer> labels) implements Predictions {
        public OfLabels {
            labels = List.copyOf(labels);
        }

        @Override
        public int rows() {
            return labels.size();
        }
    }
}
