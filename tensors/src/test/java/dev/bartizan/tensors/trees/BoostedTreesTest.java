package dev.bartizan.tensors.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.LightgbmReader;
import dev.bartizan.formats.boosted.XgboostReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Answers computed by hand from the rules of the libraries.
class BoostedTreesTest {
    private static final String TREE =
            """
            {"default_left":[1,0,0],"left_children":[1,-1,-1],"right_children":[2,-1,-1],
            "split_conditions":[0.1,-0.25,0.75],"split_indices":[0,0,0],"split_type":[0,0,0]}\
            """;
    private static final String CATEGORIES =
            """
            {"categories":[1,3],"categories_nodes":[0],"categories_segments":[0],"categories_sizes":[2],
            "default_left":[0,0,0],"left_children":[1,-1,-1],"right_children":[2,-1,-1],
            "split_conditions":[0,1,2],"split_indices":[1,0,0],"split_type":[1,0,0]}\
            """;

    private static TreeEnsemble xgboost(
            String booster, String objective, String base, String classes) throws FormatException {
        String text =
                """
                {"learner":{"gradient_booster":%s,"learner_model_param":{"base_score":"%s",
                "num_class":"%s","num_feature":"2"},"objective":{"name":"%s"}},"version":[2,1,0]}\
                """
                        .formatted(booster, base, classes, objective);
        return XgboostTrees.of(
                XgboostReader.read(text.getBytes(StandardCharsets.UTF_8), BoostedLimits.USUAL));
    }

    private static String gbtree(String info) {
        return "{\"model\":{\"tree_info\":%s,\"trees\":[%s,%s]},\"name\":\"gbtree\"}"
                .formatted(info, TREE, CATEGORIES);
    }

    @Test
    void xgboostComparesInSinglePrecision() throws FormatException {
        TreeEnsemble model = xgboost(gbtree("[0,0]"), "reg:squarederror", "0", "0");
        assertThat(model.margins(new double[] {0.1, 0})[0]).isEqualTo(0.75 + 1);
        assertThat(model.margins(new double[] {Math.nextDown(0.1), 0})[0]).isEqualTo(0.75 + 1);
        assertThat(model.margins(new double[] {Math.nextDown(0.1f), 0})[0]).isEqualTo(-0.25 + 1);
    }

    @Test
    void xgboostMissingAndCategoriesTakeTheirWays() throws FormatException {
        TreeEnsemble model = xgboost(gbtree("[0,0]"), "reg:squarederror", "0", "0");
        assertThat(model.margins(new double[] {Double.NaN, 1})[0]).isEqualTo(-0.25 + 2);
        assertThat(model.margins(new double[] {5, 3.9})[0]).isEqualTo(0.75 + 2);
        assertThat(model.margins(new double[] {5, 2})[0]).isEqualTo(0.75 + 1);
        assertThat(model.margins(new double[] {5, -1})[0]).isEqualTo(0.75 + 1);
        assertThat(model.margins(new double[] {5, 64})[0]).isEqualTo(0.75 + 1);
        assertThat(model.margins(new double[] {5, Double.NaN})[0]).isEqualTo(0.75 + 2);
    }

    @Test
    void xgboostBaseScoreGoesThroughTheLink() throws FormatException {
        TreeEnsemble model = xgboost(gbtree("[0,0]"), "binary:logistic", "[2.5E-1]", "0");
        double margin = Math.log(0.25 / 0.75) + 0.75 + 1;
        assertThat(model.margins(new double[] {5, 0})[0]).isCloseTo(margin, within(1e-6));
        assertThat(model.scores(new double[] {5, 0})[0])
                .isCloseTo(1 / (1 + Math.exp(-margin)), within(1e-7));
        assertThat(model.answer(new double[] {5, 0})).isEqualTo(1);
        assertThat(model.classes()).isEqualTo(2);
    }

    @Test
    void xgboostClassesGetTheirOwnTrees() throws FormatException {
        TreeEnsemble model = xgboost(gbtree("[2,1]"), "multi:softprob", "5E-1", "3");
        assertThat(model.margins(new double[] {5, 0})).containsExactly(0.5, 1.5, 1.25);
        assertThat(model.answer(new double[] {5, 0})).isEqualTo(1);
        assertThat(model.scores(new double[] {5, 0})[1])
                .isCloseTo(
                        Math.exp(1.5) / (Math.exp(0.5) + Math.exp(1.5) + Math.exp(1.25)),
                        within(1e-6));
    }

    @Test
    void dartTreesAreWeighted() throws FormatException {
        String dart =
                "{\"gbtree\":%s,\"weight_drop\":[0.5,0.25],\"name\":\"dart\"}"
                        .formatted(gbtree("[0,0]"));
        TreeEnsemble model = xgboost(dart, "reg:squarederror", "1", "0");
        assertThat(model.margins(new double[] {5, 1})[0]).isEqualTo(1 + 0.375 + 0.5);
    }

    @Test
    void unknownObjectivesAreNamed() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> xgboost(gbtree("[0,0]"), "my:own", "0", "0"))
                .withMessageContaining("my:own");
    }

    /// @param decision of the node
    private static TreeEnsemble lightgbm(int decision, String head) throws FormatException {
        String text =
                """
                tree
                version=v4
                max_feature_idx=1
                %s

                Tree=0
                num_leaves=2
                num_cat=%d
                split_feature=0
                threshold=%s
                decision_type=%d
                left_child=-1
                right_child=-2
                leaf_value=0.1 0.7
                cat_boundaries=0 2
                cat_threshold=10 1

                Tree=1
                num_leaves=1
                leaf_value=0.2

                end of trees
                """
                        .formatted(head, decision & 1, (decision & 1) == 1 ? "0" : "0.5", decision);
        return LightgbmTrees.of(
                LightgbmReader.read(text.getBytes(StandardCharsets.UTF_8), BoostedLimits.USUAL));
    }

    private static double at(TreeEnsemble model, double value) {
        return model.margins(new double[] {value, 0})[0];
    }

    private static final double LEFT = 0.1 + 0.2;
    private static final double RIGHT = 0.7 + 0.2;

    @Test
    void lightgbmGoesLeftUpToTheThreshold() throws FormatException {
        TreeEnsemble none = lightgbm(0, "objective=regression");
        assertThat(at(none, 0.5)).isEqualTo(LEFT);
        assertThat(at(none, Math.nextUp(0.5))).isEqualTo(RIGHT);
        assertThat(at(none, Double.NaN)).isEqualTo(LEFT);
    }

    @Test
    void lightgbmMissingValuesTakeTheDefaultWay() throws FormatException {
        TreeEnsemble zeroRight = lightgbm(4, "objective=regression");
        assertThat(at(zeroRight, 0)).isEqualTo(RIGHT);
        assertThat(at(zeroRight, Double.NaN)).isEqualTo(RIGHT);
        assertThat(at(zeroRight, 1e-35f)).isEqualTo(RIGHT);
        assertThat(at(zeroRight, 1e-30)).isEqualTo(LEFT);
        TreeEnsemble nanRight = lightgbm(8, "objective=regression");
        assertThat(at(nanRight, 0)).isEqualTo(LEFT);
        assertThat(at(nanRight, Double.NaN)).isEqualTo(RIGHT);
        assertThat(at(lightgbm(10, "objective=regression"), Double.NaN)).isEqualTo(LEFT);
    }

    @Test
    void lightgbmCategoriesGoLeft() throws FormatException {
        TreeEnsemble model = lightgbm(1, "objective=regression");
        assertThat(at(model, 1)).isEqualTo(LEFT);
        assertThat(at(model, 3.7)).isEqualTo(LEFT);
        assertThat(at(model, 32)).isEqualTo(LEFT);
        assertThat(at(model, 2)).isEqualTo(RIGHT);
        assertThat(at(model, -1)).isEqualTo(RIGHT);
        assertThat(at(model, 1e12)).isEqualTo(RIGHT);
        assertThat(at(model, Double.NaN)).isEqualTo(RIGHT);
    }

    @Test
    void lightgbmAnswersThroughItsObjective() throws FormatException {
        TreeEnsemble binary = lightgbm(0, "objective=binary sigmoid:2");
        assertThat(binary.scores(new double[] {0, 0})[0])
                .isCloseTo(1 / (1 + Math.exp(-2 * LEFT)), within(1e-15));
        assertThat(binary.answer(new double[] {0, 0})).isEqualTo(1);
        TreeEnsemble average = lightgbm(0, "objective=regression\naverage_output");
        assertThat(at(average, 0)).isEqualTo(LEFT / 2);
    }
}
