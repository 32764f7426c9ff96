package dev.bartizan.formats.boosted;

import dev.bartizan.formats.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Model files as XGBoost and LightGBM lay them out, written by hand for tests.
final class BoostedFiles {
    private BoostedFiles() {}

    /// Two trees: one compares, one asks for categories 1 and 3.
    static final String XGBOOST =
            """
            {"learner":{"attributes":{},"feature_names":["a","b"],"feature_types":["float","c"],
            "gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"2"},
            "tree_info":[0,0],"trees":[
            {"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],
            "default_left":[1,0,0],"id":0,"left_children":[1,-1,-1],"parents":[2147483647,0,0],
            "right_children":[2,-1,-1],"split_conditions":[1.5E0,-2.5E-1,7.5E-1],"split_indices":[0,0,0],
            "split_type":[0,0,0],"tree_param":{"num_nodes":"3","size_leaf_vector":"1"}},
            {"categories":[1,3],"categories_nodes":[0],"categories_segments":[0],"categories_sizes":[2],
            "default_left":[0,0,0],"id":1,"left_children":[1,-1,-1],"parents":[2147483647,0,0],
            "right_children":[2,-1,-1],"split_conditions":[0E0,1E0,2E0],"split_indices":[1,0,0],
            "split_type":[1,0,0],"tree_param":{"num_nodes":"3","size_leaf_vector":"1"}}]},
            "name":"gbtree"},
            "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"2","num_target":"1"},
            "objective":{"name":"binary:logistic"}},"version":[2,1,0]}
            """;

    static final String LIGHTGBM =
            """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=1
            objective=binary sigmoid:1
            feature_names=a b
            feature_infos=[0:1] 0:1:2:3
            tree_sizes=1 1

            Tree=0
            num_leaves=3
            num_cat=1
            split_feature=0 1
            split_gain=1 1
            threshold=0.5 0
            decision_type=10 1
            left_child=-1 -2
            right_child=1 -3
            leaf_value=0.125 -0.5 0.25
            cat_boundaries=0 1
            cat_threshold=10
            is_linear=0
            shrinkage=1


            Tree=1
            num_leaves=1
            num_cat=0
            leaf_value=0.0625

            end of trees

            parameters:
            end of parameters
            """;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A JSON document as XGBoost writes it in UBJSON: lengths of 8 bytes, numbers typed.
    static byte[] ubjson(Json value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(value, out);
        return out.toByteArray();
    }

    private static void write(Json value, ByteArrayOutputStream out) {
        switch (value) {
            case Json.Members object -> {
                out.write('{');
                object.members()
                        .forEach(member -> {
                            text(member.key(), out);
                            write(member.value(), out);
                        });
                out.write('}');
            }
            case Json.Items items -> {
                out.write('[');
                out.write('#');
                length(items.items().size(), out);
                items.items().forEach(item -> write(item, out));
            }
            case Json.Text text -> {
                out.write('S');
                text(text.value(), out);
            }
            case Json.Numeral number -> {
                if (number.whole().isPresent()) {
                    out.write('l');
                    int whole = number.whole().get().intValue();
                    out.writeBytes(ByteBuffer.allocate(4).putInt(whole).array());
                } else {
                    out.write('d');
                    float real = Float.parseFloat(number.written());
                    out.writeBytes(ByteBuffer.allocate(4).putFloat(real).array());
                }
            }
            case Json.Truth truth -> out.write(truth.value() ? 'T' : 'F');
            case Json.Null _ -> out.write('Z');
        }
    }

    private static void text(String value, ByteArrayOutputStream out) {
        byte[] bytes = bytes(value);
        length(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static void length(int length, ByteArrayOutputStream out) {
        out.write('L');
        out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
}
