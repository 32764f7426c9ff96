package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.appended;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files that read well, and whose parts contradict each other, beside their honest twins.
final class ContradictionTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        ContradictionTrials trials = new ContradictionTrials();
        trials.tensors();
        trials.arrays();
        trials.calls();
        trials.graphs();
        trials.trees();
        trials.others();
        return trials.all;
    }

    private void broken(String name, String file, byte[] bytes) {
        all.add(Trial.notClean("contradiction/" + name, file, bytes));
    }

    private void benign(String name, String file, byte[] bytes) {
        all.add(Trial.benign("contradiction/" + name, file, bytes));
    }

    private static byte[] pickle(Part part) {
        return PickleParts.pickle(part);
    }

    /// A tensor of 2 axes in a storage of 12 numbers.
    private static Part tensor(int offset, int rows, int columns, int stride) {
        Part id =
                tuple(
                        text("storage"),
                        name("torch:FloatStorage"),
                        text("0"),
                        text("cpu"),
                        number(12));
        Part storage =
                pickle -> {
                    id.write(pickle);
                    pickle.op('Q');
                };
        return call(
                "torch._utils:_rebuild_tensor_v2",
                storage,
                number(offset),
                tuple(number(rows), number(columns)),
                tuple(number(stride), number(1)),
                none(),
                none());
    }

    private static byte[] torch(Part part) {
        return Scans.zip(Map.of("m/data.pkl", pickle(part), "m/data/0", new byte[48]));
    }

    private void tensors() {
        benign("tensor", "m.pt", torch(tensor(0, 3, 4, 4)));
        benign("tensor-expanded", "m.pt", torch(tensor(8, 100, 4, 0)));
        benign("tensor-empty", "m.pt", torch(tensor(0, 0, 50, 50)));
        broken("tensor-too-large", "m.pt", torch(tensor(0, 4, 4, 4)));
        broken("tensor-offset", "m.pt", torch(tensor(1, 3, 4, 4)));
        broken("tensor-stride-below-nothing", "m.pt", torch(tensor(11, 3, 4, -4)));
        broken("tensor-offset-below-nothing", "m.pt", torch(tensor(-1, 3, 4, 4)));
        all.add(
                Trial.bad(
                        "contradiction/tensor-appended-to",
                        "m.pt",
                        torch(appended(tensor(0, 3, 4, 4), number(1)))));
        broken("archive-without-pickle", "m.pt", Scans.zip(Map.of("m/version", utf8("3"))));
    }

    private static Part array(int bytes, int... shape) {
        Part[] sizes = new Part[shape.length];
        for (int i = 0; i < shape.length; i++) {
            sizes[i] = number(shape[i]);
        }
        return built(
                call(
                        "numpy._core.multiarray:_reconstruct",
                        name("numpy:ndarray"),
                        tuple(number(0)),
                        bytes(utf8("b"))),
                tuple(number(1), tuple(sizes), type("f4"), none(), bytes(new byte[bytes])));
    }

    private static Part type(String name) {
        return call("numpy:dtype", text(name), none(), none());
    }

    private void arrays() {
        benign("array", "m.pkl", pickle(array(24, 2, 3)));
        broken("array-short", "m.pkl", pickle(array(20, 2, 3)));
        broken("array-size-below-nothing", "m.pkl", pickle(array(24, -2, -3)));
        benign(
                "scalar",
                "m.pkl",
                pickle(call("numpy._core.multiarray:scalar", type("i8"), bytes(new byte[8]))));
        broken(
                "scalar-short",
                "m.pkl",
                pickle(call("numpy._core.multiarray:scalar", type("i8"), bytes(new byte[3]))));
        benign("date", "m.pkl", pickle(call("datetime:datetime", bytes(new byte[10]))));
        broken("date-short", "m.pkl", pickle(call("datetime:datetime", bytes(new byte[3]))));
        byte[] flax = {(byte) 0x93, (byte) 0x91, 2, (byte) 0xa7, 'f', 'l', 'o', 'a', 't', '3', '2'};
        benign("flax", "m.msgpack", flax(joined(flax, new byte[] {(byte) 0xc4, 8}, new byte[8])));
        broken(
                "flax-short",
                "m.msgpack",
                flax(joined(flax, new byte[] {(byte) 0xc4, 5}, new byte[5])));
    }

    /// A map of one array, which is an extension of kind 1.
    private static byte[] flax(byte[] array) {
        return joined(
                new byte[] {(byte) 0x81, (byte) 0xa1, 'w', (byte) 0xc7, (byte) array.length, 1},
                array);
    }

    private void calls() {
        Part listed =
                pickle -> {
                    name("builtins:int").write(pickle);
                    pickle.ops("]R");
                };
        broken("call-with-a-list", "m.pkl", pickle(listed));
        broken("buffer-elsewhere", "m.pkl", Pickles.protocol(5).op(0x97).ops(".").bytes());
    }

    private static byte[] onnx(byte[] node, String... domains) {
        byte[] model = joined(field(1, 8), field(7, joined(field(1, node), field(2, "g"))));
        for (String domain : domains) {
            model = joined(model, field(8, joined(field(1, domain), field(2, 17))));
        }
        return model;
    }

    private void graphs() {
        byte[] normalizer = joined(field(4, "Normalizer"), field(7, "ai.onnx.ml"));
        benign("onnx-imports", "m.onnx", onnx(normalizer, "", "ai.onnx.ml"));
        broken("onnx-import-missing", "m.onnx", onnx(normalizer, ""));
        String symbol =
                "{\"nodes\":[{\"op\":\"null\",\"name\":\"x\",\"inputs\":[]},{\"op\":\"exp\",\"name\":\"y\",\"inputs\":[[%s,0,0]]}],\"arg_nodes\":[%s],\"heads\":[[%s,0,0]]}";
        benign("mxnet", "m-symbol.json", utf8(symbol.formatted(0, 0, 1)));
        broken("mxnet-input", "m-symbol.json", utf8(symbol.formatted(1, 0, 1)));
        broken("mxnet-argument", "m-symbol.json", utf8(symbol.formatted(0, 2, 1)));
        broken("mxnet-head", "m-symbol.json", utf8(symbol.formatted(0, 0, 7)));
        broken("mxnet-no-nodes", "m-symbol.json", utf8("{\"nodes\":[],\"heads\":[]}"));
    }

    private void trees() {
        String xgboost =
                "{\"version\":[2,1,0],\"learner\":{\"feature_names\":[\"system(ms)\",\"exec(s)\"],\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"gbtree_model_param\":{\"num_trees\":\"%s\",\"num_parallel_tree\":\"1\"},\"trees\":[{\"tree_param\":{\"num_nodes\":\"%s\",\"num_feature\":\"2\"},\"left_children\":[-1],\"right_children\":[-1],\"parents\":[2147483647],\"split_indices\":[0],\"split_conditions\":[0.5],\"default_left\":[0],\"split_type\":[0],\"base_weights\":[0.5]}],\"tree_info\":[0]}},\"learner_model_param\":{\"base_score\":\"5E-1\",\"num_class\":\"0\",\"num_feature\":\"2\"},\"objective\":{\"name\":\"reg:squarederror\"}}}";
        benign("xgboost", "m.json", utf8(xgboost.formatted(1, 1)));
        broken("xgboost-trees", "m.json", utf8(xgboost.formatted(2, 1)));
        broken("xgboost-nodes", "m.json", utf8(xgboost.formatted(1, 3)));
        String lightgbm =
                "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\nobjective=regression\nfeature_names=a\nfeature_infos=[0:1]\ntree_sizes=%s\n\n";
        String tree = "Tree=%d\nnum_leaves=1\nnum_cat=0\nleaf_value=0.5\nshrinkage=1\n\n\n";
        String end = "end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n";
        String two = tree.formatted(0) + tree.formatted(1) + end;
        int size = tree.formatted(0).length();
        benign("lightgbm", "m.txt", utf8(lightgbm.formatted(size + " " + size) + two));
        broken(
                "lightgbm-sizes",
                "m.txt",
                utf8(lightgbm.formatted((size + 7) + " " + (size - 7)) + two));
    }

    private void others() {
        broken("pmml-other-root", "m.pmml", utf8("<?xml version=\"1.0\"?><note>x</note>"));
        benign("gguf", "m.gguf", ModelFormatsScanTest.gguf(false, 3, 0, 32));
        broken("gguf-gap", "m.gguf", ModelFormatsScanTest.gguf(false, 3, 32, 64));
    }
}
