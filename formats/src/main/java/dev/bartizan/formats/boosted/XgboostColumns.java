package dev.bartizan.formats.boosted;

import dev.bartizan.formats.FormatException;
import java.util.List;

/// How many columns an XGBoost model has. Documents that do not say it (`num_feature` of
/// `learner_model_param`) have as many as they name, else as many as their nodes ask.
///
/// @param isSaid whether the document says it in one of these ways
/// @param most no node may ask a column from this on
record XgboostColumns(boolean isSaid, int most) {
    private static final String KEY = "num_feature";

    static XgboostColumns of(JsonNumbers learner, BoostedLimits limits) throws FormatException {
        boolean isGiven =
                learner.has("learner_model_param") && learner.child("learner_model_param").has(KEY);
        if (isGiven) {
            JsonNumbers parameters = learner.child("learner_model_param");
            return new XgboostColumns(true, parameters.bounded(KEY, 0, limits.features()));
        }
        int named = learner.object().items("feature_names").size();
        return named > 0
                ? new XgboostColumns(true, named)
                : new XgboostColumns(false, limits.features());
    }

    int count(List<XgboostTree> trees) {
        return isSaid ? most : trees.stream().mapToInt(this::asked).max().orElse(0);
    }

    /// Nodes that nothing reaches may ask anything.
    private int asked(XgboostTree tree) {
        int columns = 0;
        for (int node = 0; node < tree.nodes(); node++) {
            boolean isAsked = !tree.isLeaf(node) && tree.feature(node) < most;
            columns = isAsked ? Math.max(columns, tree.feature(node) + 1) : columns;
        }
        return columns;
    }
}
