package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import dev.bartizan.formats.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parts of a model that name each other: values of ONNX graphs, words of tokenizers; some that are
/// not there or there twice, beside honest ones.
final class LinkTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        LinkTrials trials = new LinkTrials();
        trials.graphs();
        trials.innerGraphs();
        trials.functions();
        trials.merges();
        trials.words();
        trials.scripts();
        trials.speech();
        return trials.all;
    }

    private void broken(String name, String file, byte[] bytes) {
        all.add(Trial.notClean("link/" + name, file, bytes));
        all.add(Trial.benign("link/" + name + "-is-no-attack", file, bytes));
    }

    private void clean(String name, String file, byte[] bytes) {
        all.add(new Trial("link/" + name, Trial.Label.CLEAN, file, ByteSource.of(bytes)));
    }

    private static byte[] node(String type, String inputs, String outputs, byte[]... more) {
        List<byte[]> parts = new ArrayList<>();
        for (String input : inputs.split(" ", -1)) {
            parts.add(field(1, input.replace("_", "")));
        }
        for (String output : outputs.split(" ", -1)) {
            parts.add(field(2, output.replace("_", "")));
        }
        parts.add(field(4, type));
        parts.addAll(List.of(more));
        return field(1, joined(parts.toArray(byte[][]::new)));
    }

    private static byte[] initializer(String name) {
        return field(5, joined(field(1, 1), field(2, 1), field(8, name), field(9, new byte[4])));
    }

    private static byte[] sparse(String name) {
        byte[] values = joined(field(1, 1), field(2, 1), field(8, name), field(9, new byte[4]));
        byte[] places = joined(field(1, 1), field(2, 7), field(9, new byte[8]));
        return field(15, joined(field(1, values), field(2, places), field(3, 4)));
    }

    private static byte[] input(String name) {
        return field(11, field(1, name));
    }

    private static byte[] output(String name) {
        return field(12, field(1, name));
    }

    private static byte[] model(byte[]... graph) {
        return joined(
                field(1, 8),
                field(7, joined(joined(graph), field(2, "g"))),
                field(8, joined(field(1, ""), field(2, 17))));
    }

    private void graphs() {
        byte[] relu = node("Relu", "x", "y");
        clean("graph", "m.onnx", model(relu, input("x"), output("y")));
        clean(
                "graph-of-initializers",
                "m.onnx",
                model(
                        node("Add", "x w", "y"),
                        initializer("w"),
                        input("x"),
                        input("w"),
                        output("y")));
        clean(
                "graph-of-few-inputs",
                "m.onnx",
                model(node("Clip", "x _ m", "y"), initializer("m"), input("x"), output("y")));
        clean(
                "graph-in-no-order",
                "m.onnx",
                model(node("Relu", "h", "y"), node("Relu", "x", "h"), input("x"), output("y")));
        clean("graph-that-hands-on", "m.onnx", model(relu, input("x"), output("x"), output("y")));
        clean(
                "graph-of-old-norms",
                "m.onnx",
                model(
                        node("BatchNormalization", "x s b m v", "y m v"),
                        input("x"),
                        input("s"),
                        input("b"),
                        input("m"),
                        input("v"),
                        output("y")));
        clean(
                "graph-of-sparse",
                "m.onnx",
                model(node("MatMul", "x w", "y"), sparse("w"), input("x"), output("y")));
        broken(
                "graph-in-a-circle",
                "m.onnx",
                model(node("Add", "x b", "a"), node("Relu", "a", "b"), input("x"), output("a")));
        broken(
                "graph-of-itself",
                "m.onnx",
                model(node("Add", "x y", "y"), input("x"), output("y")));
        broken(
                "initializer-twice",
                "m.onnx",
                model(
                        node("Add", "x w", "y"),
                        initializer("w"),
                        initializer("w"),
                        input("x"),
                        output("y")));
        broken(
                "sparse-and-dense",
                "m.onnx",
                model(
                        node("Add", "x w", "y"),
                        initializer("w"),
                        sparse("w"),
                        input("x"),
                        output("y")));
        broken(
                "output-twice",
                "m.onnx",
                model(relu, node("Abs", "x", "y"), input("x"), output("y")));
        broken(
                "output-of-an-initializer",
                "m.onnx",
                model(relu, initializer("y"), input("x"), output("y")));
        broken("input-twice", "m.onnx", model(relu, input("x"), input("x"), output("y")));
        broken("output-of-nothing", "m.onnx", model(relu, input("x"), output("z")));
        broken("input-of-nothing", "m.onnx", model(relu, output("y")));
    }

    private static byte[] inner(int number, byte[]... graph) {
        byte[] body = joined(joined(graph), field(2, "b"));
        return field(5, joined(field(1, "body"), field(number, body), field(20, 5)));
    }

    private void innerGraphs() {
        byte[] branch = inner(6, node("Add", "h k", "t"), output("t"));
        clean(
                "branch",
                "m.onnx",
                model(
                        node("If", "c", "y", branch),
                        node("Relu", "x", "h"),
                        initializer("k"),
                        input("c"),
                        input("x"),
                        output("y")));
        clean(
                "branch-of-branch",
                "m.onnx",
                model(
                        node("If", "c", "y", inner(6, node("If", "c", "t", branch), output("t"))),
                        initializer("h"),
                        initializer("k"),
                        input("c"),
                        output("y")));
        clean(
                "loop",
                "m.onnx",
                model(
                        node(
                                "Loop",
                                "n c x",
                                "y",
                                inner(
                                        6,
                                        node("Relu", "s", "r"),
                                        node("Identity", "d", "e"),
                                        input("i"),
                                        input("d"),
                                        input("s"),
                                        output("e"),
                                        output("r"))),
                        input("n"),
                        input("c"),
                        input("x"),
                        output("y")));
        broken(
                "branch-of-nothing",
                "m.onnx",
                model(node("If", "c", "y", branch), initializer("k"), input("c"), output("y")));
        broken(
                "branch-of-its-own-outcome",
                "m.onnx",
                model(node("If", "c", "h", branch), initializer("k"), input("c"), output("h")));
        broken(
                "branch-that-makes-twice",
                "m.onnx",
                model(
                        node(
                                "If",
                                "c",
                                "y",
                                inner(
                                        6,
                                        node("Relu", "c", "t"),
                                        node("Abs", "c", "t"),
                                        output("t"))),
                        input("c"),
                        output("y")));
    }

    private static byte[] function(byte[]... body) {
        return joined(
                model(node("Own", "x", "y", field(7, "here")), input("x"), output("y")),
                field(8, joined(field(1, "here"), field(2, 1))),
                field(
                        25,
                        joined(
                                field(1, "Own"),
                                field(10, "here"),
                                field(4, "a"),
                                field(5, "b"),
                                joined(body))));
    }

    /// A node as functions hold it.
    private static byte[] step(String input, String output) {
        return field(7, joined(field(1, input), field(2, output), field(4, "Relu")));
    }

    private void functions() {
        clean("function", "m.onnx", function(step("a", "b")));
        broken("function-of-nothing", "m.onnx", function(step("x", "b")));
        broken("function-in-a-circle", "m.onnx", function(step("b", "c"), step("c", "b")));
        broken("function-without-outcome", "m.onnx", function(step("a", "c")));
    }

    private static byte[] tokenizer(String model) {
        return utf8(
                "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":7,\"content\":\"<s>\",\"special\":true}],\"normalizer\":null,\"decoder\":null,\"model\":{"
                        + model
                        + "}}");
    }

    private void tokenizer(boolean isWhole, String name, String model) {
        if (isWhole) {
            clean("tokenizer-" + name, "tokenizer.json", tokenizer(model));
        } else {
            broken("tokenizer-" + name, "tokenizer.json", tokenizer(model));
        }
    }

    private void merges() {
        String vocab =
                "\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2,\"\\u0120a\":3,\"\\u0120\":4},";
        tokenizer(true, "merges", vocab + "\"merges\":[\"a b\",\"\\u0120 a\"]");
        tokenizer(true, "pairs", vocab + "\"merges\":[[\"a\",\"b\"],[\"\\u0120\",\"a\"]]");
        tokenizer(true, "versioned", vocab + "\"merges\":[\"#version: 0.2\",\"a b\"]");
        tokenizer(true, "none", vocab + "\"merges\":[]");
        tokenizer(
                true,
                "marked",
                "\"type\":\"BPE\",\"continuing_subword_prefix\":\"##\",\"vocab\":{\"a\":0,\"##b\":1,\"ab\":2},\"merges\":[\"a ##b\"]");
        tokenizer(false, "left-unknown", vocab + "\"merges\":[\"c b\"]");
        tokenizer(false, "right-unknown", vocab + "\"merges\":[[\"a\",\"c\"]]");
        tokenizer(false, "outcome-unknown", vocab + "\"merges\":[\"b a\"]");
        tokenizer(
                false,
                "outcome-unknown-unused",
                vocab + "\"ignore_merges\":true,\"merges\":[[\"b\",\"b\"]]");
        tokenizer(false, "of-three", vocab + "\"merges\":[\"a a b\"]");
    }

    private void words() {
        String words = "\"vocab\":{\"[UNK]\":0,\"a\":1}";
        tokenizer(true, "words", "\"type\":\"WordLevel\",\"unk_token\":\"[UNK]\"," + words);
        tokenizer(true, "word-pieces", "\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\"," + words);
        tokenizer(true, "words-added", "\"type\":\"WordLevel\",\"unk_token\":\"<s>\"," + words);
        tokenizer(
                false, "words-without", "\"type\":\"WordLevel\",\"unk_token\":\"<unk>\"," + words);
        tokenizer(
                false,
                "word-pieces-without",
                "\"type\":\"WordPiece\",\"unk_token\":\"<unk>\"," + words);
        tokenizer(true, "unigram", "\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0]]");
    }

    private static byte[] torch(String type, String... members) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        int dot = type.lastIndexOf('.');
        all.put(
                "m/data.pkl",
                PickleParts.pickle(
                        PickleParts.made(type.substring(0, dot) + ":" + type.substring(dot + 1))));
        for (String member : members) {
            boolean isPickle = member.endsWith(".pkl");
            all.put(
                    "m/" + member,
                    isPickle
                            ? PickleParts.pickle(PickleParts.tuple())
                            : utf8("class M(Module):\n  pass\n"));
        }
        all.put("m/version", utf8("3\n"));
        return Scans.zip(all);
    }

    private void scripts() {
        String constants = "constants.pkl";
        honest("script", "m.pt", torch("__torch__.M", constants, "code/__torch__.py"));
        honest(
                "script-in-folders",
                "m.pt",
                torch("__torch__.a.b.M", constants, "code/__torch__/a/b.py"));
        honest(
                "script-mangled",
                "m.pt",
                torch(
                        "__torch__.___torch_mangle_0.M",
                        constants,
                        "code/__torch__/___torch_mangle_0.py"));
        honest(
                "script-of-a-library",
                "m.pt",
                torch("__torch__.torch.classes.quantized.Packed", constants));
        honest("script-of-a-phone", "m.ptl", torch("__torch__.M", "bytecode.pkl"));
        broken("script-without-constants", "m.pt", torch("__torch__.M", "code/__torch__.py"));
        broken("script-without-code", "m.pt", torch("__torch__.M", constants));
        broken(
                "script-with-other-code",
                "m.pt",
                torch("__torch__.a.M", constants, "code/__torch__.py"));
    }

    private void speech() {
        byte[] config = FormatScanTest.tar("./model_config.yaml", '0', "", utf8("target: x.Y\n"));
        byte[] weights = FormatScanTest.tar("./weights.txt", '0', "", utf8("none\n"));
        honest("speech", "m.nemo", config);
        honest("speech-by-another-name", "m.tar", weights);
        broken("speech-without-settings", "m.nemo", weights);
    }

    /// Says nothing of a broken structure, whatever else it says.
    private void honest(String name, String file, byte[] bytes) {
        all.add(new Trial("link/" + name, Trial.Label.WHOLE, file, ByteSource.of(bytes)));
    }
}
