package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Boosted trees and graphs in documents, made here.
class TreesScanTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String xgboost(String left, String right, String objective) {
        return "{\"version\":[2,0,0],\"learner\":{\"objective\":{\"name\":\""
                + objective
                + "\"},\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[{\"left_children\":"
                + left
                + ",\"right_children\":"
                + right
                + ",\"split_indices\":[0,0,0],\"split_conditions\":[0.5,1.0,2.0]}]}}}}";
    }

    private static Verdict json(String text) {
        return Scans.scan("model.json", utf8(text)).verdict();
    }

    @Test
    void treesOfXgboostMustBeTrees() {
        String name = "reg:squarederror";
        assertThat(json(xgboost("[1,-1,-1]", "[2,-1,-1]", name))).isEqualTo(Verdict.CLEAN);
        assertThat(json(xgboost("[1,-1,-1]", "[9,-1,-1]", name))).isEqualTo(Verdict.UNREADABLE);
        assertThat(json(xgboost("[1,0,-1]", "[2,-1,-1]", name))).isEqualTo(Verdict.UNREADABLE);
        assertThat(json(xgboost("[1,1,-1]", "[2,-1,-1]", name))).isEqualTo(Verdict.UNREADABLE);
        assertThat(json(xgboost("[1,-1]", "[2,-1,-1]", name))).isEqualTo(Verdict.UNREADABLE);
        assertThat(json("{\"version\":[2,0,0],\"learner\":{}}")).isEqualTo(Verdict.UNREADABLE);
        assertThat(json(xgboost("[1,-1,-1]", "[2,-1,-1]", "os.system('id')")))
                .isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void whatTheReaderOfXgboostRefusesIsBrokenAndWhatItLacksIsNotCovered() {
        String whole = xgboost("[1,-1,-1]", "[2,-1,-1]", "reg:squarederror");
        assertThat(json(whole.replace("[0.5,1.0,2.0]", "[0.5,1e999,2.0]")))
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(json(whole.replace("[0,0,0]", "[9999999,0,0]"))).isEqualTo(Verdict.UNREADABLE);
        assertThat(json(whole.replace("gbtree", "gbother"))).isEqualTo(Verdict.NOT_COVERED);
        assertThat(
                        json(
                                "{\"version\":[2,0,0],\"learner\":{\"gradient_booster\":{\"name\":\"gblinear\",\"model\":{\"weights\":[1.0]}}}}"))
                .isEqualTo(Verdict.CLEAN);
    }

    /// A model of CatBoost with trees and one description.
    static byte[] catboost(String description, int promised) {
        FlatBuilder out = new FlatBuilder();
        int value = out.bytes(utf8(description));
        int key = out.bytes(utf8("params"));
        int pair = out.table(out.reference(0, key), out.reference(1, value));
        int pairs = out.references(pair);
        int trees = out.table(out.number(0, 1, 4));
        int root = out.table(out.reference(1, trees), out.reference(2, pairs));
        byte[] core = out.done(root, "....");
        return ByteBuffer.allocate(8 + core.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(utf8("CBM1"))
                .putInt(core.length + promised)
                .put(core)
                .array();
    }

    private static String lightgbm(String left, String last) {
        return """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=binary sigmoid:1
        feature_names=a b
        feature_infos=[0:1] [0:1]
        tree_sizes=200

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=0
        split_gain=1
        threshold=0.5
        decision_type=2
        left_child=%s
        right_child=-2
        leaf_value=0.1 0.2
        leaf_weight=1 1
        leaf_count=1 1
        internal_value=0
        internal_weight=2
        internal_count=2
        is_linear=0
        shrinkage=1


        %s
        """
                .formatted(left, last);
    }

    @Test
    void treesOfLightgbmMustBeTrees() {
        assertThat(Scans.verdict(utf8(lightgbm("-1", "end of trees")))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(utf8(lightgbm("9", "end of trees"))))
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(utf8(lightgbm("-1", "")))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(utf8(lightgbm("-1", "end of trees\n\n[x: os.system('id')]"))))
                .isEqualTo(Verdict.SUSPICIOUS);
    }

    /// A key of a document in Universal Binary JSON: the type of its length, the length, the
    /// letters.
    private static String key(String name) {
        return "i" + (char) name.length() + name;
    }

    private static byte[] ubj(String left) {
        String lists =
                key("left_children")
                        + left
                        + key("right_children")
                        + "[i\u0002i\u00ffi\u00ff]"
                        + key("split_indices")
                        + "[i\u0000i\u0000i\u0000]"
                        + key("split_conditions")
                        + "[i\u0000i\u0001i\u0002]";
        String document =
                "{"
                        + key("learner")
                        + "{"
                        + key("gradient_booster")
                        + "{"
                        + key("model")
                        + "{"
                        + key("trees")
                        + "[{"
                        + lists
                        + "}]}}}}";
        return document.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void xgboostInBinaryIsTheSameDocument() {
        assertThat(Scans.verdict(ubj("[i\u0001i\u00ffi\u00ff]"))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(ubj("[i\u0009i\u00ffi\u00ff]"))).isEqualTo(Verdict.UNREADABLE);
        byte[] whole = ubj("[i\u0001i\u00ffi\u00ff]");
        assertThat(Scans.verdict(Arrays.copyOf(whole, whole.length - 9)))
                .isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void modelsOfCatBoostAreRead() {
        assertThat(Scans.verdict(catboost("{\"depth\":6}", 0))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(catboost("{\"depth\":6}", 9))).isEqualTo(Verdict.UNREADABLE);
        assertThat(Scans.verdict(catboost("os.system('id')", 0))).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void layersOfOpenVinoThatNeedALibraryAreSuspicious() {
        String known =
                "<net name=\"m\"><layers><layer id=\"0\" type=\"Relu\" version=\"opset1\"/></layers></net>";
        assertThat(Scans.verdict(utf8(known))).isEqualTo(Verdict.CLEAN);
        assertThat(Scans.verdict(utf8(known.replace("Relu", "PythonLayer"))))
                .isEqualTo(Verdict.SUSPICIOUS);
    }
}
