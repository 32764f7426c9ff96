package dev.bartizan.formats.boosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoostedReadersTest {
    private static final int MUTATIONS = 4000;

    private static XgboostModel xgboost(String text) throws FormatException {
        return XgboostReader.read(BoostedFiles.bytes(text), BoostedLimits.USUAL);
    }

    private static LightgbmModel lightgbm(String text) throws FormatException {
        return LightgbmReader.read(BoostedFiles.bytes(text), BoostedLimits.USUAL);
    }

    @Test
    void xgboostJsonIsRead() throws FormatException {
        XgboostModel model = xgboost(BoostedFiles.XGBOOST);
        assertThat(model.objective()).isEqualTo("binary:logistic");
        assertThat(model.version()).isEqualTo("2.1.0");
        assertThat(model.featureNames()).containsExactly("a", "b");
        assertThat(model.baseScores()).containsExactly(0.5f);
        XgboostTree first = model.trees().getFirst();
        assertThat(first.condition(0)).isEqualTo(1.5f);
        assertThat(first.defaultsLeft(0)).isTrue();
        assertThat(first.isLeaf(1)).isTrue();
        assertThat(model.trees().getLast().categories(0)).contains(List.of(1, 3));
    }

    @Test
    void columnsThatAreNotCountedAreThoseNamedOrAsked() throws FormatException {
        String uncounted = BoostedFiles.XGBOOST.replace("\"num_feature\"", "\"num_features\"");
        assertThat(xgboost(uncounted).features()).isEqualTo(2);
        String unnamed = uncounted.replaceAll("\"feature_names\":\\[[^]]*]", "\"f\":[]");
        assertThat(unnamed).isNotEqualTo(uncounted);
        assertThat(xgboost(unnamed).features()).isEqualTo(2);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> xgboost(uncounted.replace("[0,0,0]", "[2,0,0]")))
                .withMessageContaining("column 2 of 2");
    }

    @Test
    void xgboostUbjsonIsTheSameModel() throws FormatException {
        Json document =
                JsonReader.read(BoostedFiles.bytes(BoostedFiles.XGBOOST), JsonLimits.USUAL).value();
        byte[] binary = BoostedFiles.ubjson(document);
        assertThat(XgboostReader.isUbjson(binary)).isTrue();
        XgboostModel model = XgboostReader.read(binary, BoostedLimits.USUAL);
        assertThat(model.trees().getFirst().condition(2)).isEqualTo(0.75f);
        assertThat(model.trees().getLast().categories(0)).contains(List.of(1, 3));
    }

    @Test
    void lightgbmIsRead() throws FormatException {
        LightgbmModel model = lightgbm(BoostedFiles.LIGHTGBM);
        assertThat(model.objective()).containsExactly("binary", "sigmoid:1");
        assertThat(model.features()).isEqualTo(2);
        LightgbmTree first = model.trees().getFirst();
        assertThat(first.missing(0)).isEqualTo(LightgbmTree.Missing.NAN);
        assertThat(first.defaultsLeft(0)).isTrue();
        assertThat(first.isCategorical(1)).isTrue();
        assertThat(first.categories(1)).containsExactly(1, 3);
        assertThat(model.trees().getLast().leaves()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"left_children\":[1,-1,-1]|\"left_children\":[0,-1,-1]|twice",
                "\"left_children\":[1,-1,-1]|\"left_children\":[1,2,-1]|child",
                "\"left_children\":[1,-1,-1]|\"left_children\":[9,-1,-1]|of 3",
                "\"left_children\":[1,-1,-1]|\"left_children\":[1,-1]|same length",
                "\"split_indices\":[0,0,0]|\"split_indices\":[5,0,0]|column 5",
                "[1.5E0,-2.5E-1,7.5E-1]|[NaN,0,0]|NaN",
                "\"categories_segments\":[0]|\"categories_segments\":[1]|outside",
                "\"categories\":[1,3]|\"categories\":[1,-3]|negative",
                "\"tree_info\":[0,0]|\"tree_info\":[0,1]|outputs",
                "\"base_score\":\"5E-1\"|\"base_score\":\"half\"|base_score",
                "\"num_feature\":\"2\"|\"num_feature\":\"99999999\"|more than",
                "\"name\":\"gbtree\"|\"name\":\"gblinear\"|gblinear"
            })
    void brokenXgboostIsRefused(String part, String broken, String told) {
        assertThat(BoostedFiles.XGBOOST).contains(part);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> xgboost(BoostedFiles.XGBOOST.replace(part, broken)))
                .withMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "right_child=1 -3|right_child=0 -3|twice",
                "right_child=1 -3|right_child=7 -3|child",
                "left_child=-1 -2|left_child=-1 -9|child",
                "split_feature=0 1|split_feature=0 2|column 2",
                "threshold=0.5 0|threshold=nan 0|threshold",
                "threshold=0.5 0|threshold=0.5 1|threshold",
                "leaf_value=0.125 -0.5 0.25|leaf_value=0.125 inf 0.25|leaf",
                "num_leaves=3|num_leaves=2147483647|longer",
                "cat_boundaries=0 1|cat_boundaries=1 0|rise",
                "is_linear=0|is_linear=1|linear",
                "end of trees|end of tree|begins"
            })
    void brokenLightgbmIsRefused(String part, String broken, String told) {
        assertThat(BoostedFiles.LIGHTGBM).contains(part);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> lightgbm(BoostedFiles.LIGHTGBM.replace(part, broken)))
                .withMessageContaining(told);
    }

    @Test
    void mutatedModelsNeverBreakTheReaders() throws FormatException {
        byte[] ubjson =
                BoostedFiles.ubjson(
                        JsonReader.read(BoostedFiles.bytes(BoostedFiles.XGBOOST), JsonLimits.USUAL)
                                .value());
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] bytes =
                    switch (round % 3) {
                        case 0 -> BoostedFiles.bytes(BoostedFiles.XGBOOST);
                        case 1 -> ubjson.clone();
                        default -> BoostedFiles.bytes(BoostedFiles.LIGHTGBM);
                    };
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) random.nextInt(round % 2 == 0 ? 128 : 256);
            }
            try {
                if (round % 3 == 2) {
                    LightgbmReader.read(bytes, BoostedLimits.USUAL);
                } else {
                    XgboostReader.read(bytes, BoostedLimits.USUAL);
                }
                read++;
            } catch (FormatException e) {
                assertThat(e.what()).isNotEmpty();
            }
        }
        assertThat(read).isBetween(1, MUTATIONS - 1);
    }
}
