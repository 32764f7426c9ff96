package dev.bartizan.formats.boosted;

import java.util.List;

/// What a LightGBM model file holds.
///
/// @param version of the format, such as `v4`
/// @param objective its words, such as `binary`, `sigmoid:1`; none for an objective of the user's
/// @param classes numbers of one answer as the file says
/// @param treesPerIteration numbers of one answer that trees add to; tree `i` adds to `i` modulo it
/// @param features columns of the input
/// @param isAverage whether trees are averaged, as in random forests
/// @param featureNames one per column
/// @param trees in order
public record LightgbmModel(
        String version,
        List<String> objective,
        int classes,
        int treesPerIteration,
        int features,
        boolean isAverage,
        List<String> featureNames,
        List<LightgbmTree> trees) {
    public LightgbmModel {
        objective = List.copyOf(objective);
        featureNames = List.copyOf(featureNames);
        trees = List.copyOf(trees);
    }
}
