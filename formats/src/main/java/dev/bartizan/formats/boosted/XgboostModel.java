package dev.bartizan.formats.boosted;

import java.util.List;

/// What an XGBoost model file holds.
///
/// @param version of XGBoost that wrote it, such as 2.1.0
/// @param booster `gbtree` or `dart`
/// @param objective its name, such as `binary:logistic`
/// @param classes how many; 0 or 1 when it is no multi-class model
/// @param targets columns of the answer
/// @param features columns of the input
/// @param baseScores as the user gave them, before the objective's inverse link; one, or one each
/// @param trees in order
/// @param groups for each tree the class or target it adds to
/// @param weights of trees, for `dart`; otherwise empty
/// @param parallelTrees trees of one round and one group
/// @param featureNames empty when the file names none
public record XgboostModel(
        String version,
        String booster,
        String objective,
        int classes,
        int targets,
        int features,
        List<Float> baseScores,
        List<XgboostTree> trees,
        List<Integer> groups,
        List<Float> weights,
        int parallelTrees,
        List<String> featureNames) {
    public XgboostModel {
        baseScores = List.copyOf(baseScores);
        trees = List.copyOf(trees);
        groups = List.copyOf(groups);
        weights = List.copyOf(weights);
        featureNames = List.copyOf(featureNames);
    }

    /// Numbers in one answer: classes, or targets.
    public int outputs() {
        return Math.max(1, Math.max(classes, targets));
    }
}
