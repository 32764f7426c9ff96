package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Broken files: cut, miscounted, contradictory, endless.
final class DamageTrials {
    private static final byte[] PLAIN = PickleParts.pickle(dict(text("epoch"), number(3)));

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        DamageTrials trials = new DamageTrials();
        trials.pickles();
        trials.archives();
        trials.tensors();
        trials.keys();
        trials.graphs();
        trials.texts();
        return trials.all;
    }

    private void broken(String name, String file, byte[] bytes) {
        all.add(Trial.notClean("damage/" + name, file, bytes));
    }

    private void pickle(String name, byte[] bytes) {
        broken("pickle-" + name, "m.pkl", bytes);
    }

    private static byte[] cut(byte[] bytes, int by) {
        return Arrays.copyOf(bytes, bytes.length - by);
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static byte[] old(String opcodes) {
        return opcodes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void pickles() {
        pickle("no-stop", cut(PLAIN, 1));
        pickle("empty-stack", Pickles.protocol(2).ops(".").bytes());
        pickle("pop-nothing", Pickles.protocol(2).ops("0N.").bytes());
        pickle("memo-missing", Pickles.protocol(2).ops("h\u0009.").bytes());
        pickle("text-beyond-end", Pickles.protocol(2).op('X').int32(5000).ops("abc.").bytes());
        pickle("text-negative", Pickles.protocol(2).op('X').int32(-1).ops("abc.").bytes());
        pickle(
                "bad-utf8",
                Pickles.protocol(2)
                        .op('X')
                        .int32(2)
                        .raw((byte) 0xc3, (byte) 0x28)
                        .ops(".")
                        .bytes());
        pickle("unknown-opcode", Pickles.protocol(2).ops("N").op(0xfe).ops(".").bytes());
        pickle("append-to-text", Pickles.protocol(2).text("a").ops("Na.").bytes());
        pickle("setitem-on-list", Pickles.protocol(2).ops("]").text("a").ops("Ns.").bytes());
        pickle("odd-dict", Pickles.protocol(2).ops("(").text("a").ops("d.").bytes());
        pickle("reduce-text", Pickles.protocol(2).text("a").ops(")R.").bytes());
        pickle("bad-integer", old("Ix12\n."));
        pickle("bad-float", old("F1.2.3\n."));
        pickle("unclosed-string", old("S'abc\n."));
        pickle("build-on-number", Pickles.protocol(2).ops("K\1}").text("a").ops("Nsb.").bytes());
        pickle("frame-too-long", Pickles.protocol(4).op(0x95).int64(9000).ops("N.").bytes());
        pickle(
                "frame-cuts-opcode",
                Pickles.protocol(4).op(0x95).int64(3).text("abcdef").ops(".").bytes());
        pickle("frame-huge", Pickles.protocol(4).op(0x95).int64(-1).ops("N.").bytes());
        pickle("long-length-negative", Pickles.protocol(2).op(0x8b).int32(-5).ops(".").bytes());
        pickle("tuple-without-mark", Pickles.protocol(2).ops("NNt.").bytes());
        pickle("unhashable-key", Pickles.protocol(2).ops("}]Ns.").bytes());
        pickle(
                "stack-global-of-numbers",
                Pickles.protocol(4).ops("K\1K\2").op(0x93).ops(".").bytes());
    }

    private void archives() {
        ZipParts wrongCrc = new ZipParts();
        wrongCrc.stored("archive/data.pkl", PLAIN).central.crc++;
        broken("zip-crc", "m.pt", wrongCrc.bytes());
        ZipParts wrongSize = new ZipParts();
        wrongSize.stored("archive/data.pkl", PLAIN).central.unpacked += 50;
        broken("zip-size", "m.pt", wrongSize.bytes());
        ZipParts method = new ZipParts();
        ZipParts.Member odd = method.stored("archive/data.pkl", PLAIN);
        odd.local.method = 97;
        odd.central.method = 97;
        broken("zip-method", "m.pt", method.bytes());
        byte[] zip = Scans.zip(Map.of("archive/data.pkl", PLAIN));
        broken("zip-cut", "m.pt", cut(zip, 30));
        broken("zip-no-name", "m.zip", Scans.zip(Map.of("", utf8("x"))));
        broken("zip-head-only", "m.keras", Arrays.copyOf(zip, 40));
        broken("zip-directory-offset", "m.npz", set(zip, zip.length - 6, 0x7f));
        broken("tar-checksum", "m.tar", set(FormatScanTest.tar("a", '0', "", PLAIN), 150, '7'));
        broken(
                "tar-cut",
                "m.tar",
                Arrays.copyOf(FormatScanTest.tar("a", '0', "", new byte[2000]), 900));
        broken("gzip-cut", "m.pkl.gz", cut(TensorTrials.gzip(PLAIN), 9));
        broken(
                "gzip-crc",
                "m.pkl.gz",
                set(TensorTrials.gzip(PLAIN), TensorTrials.gzip(PLAIN).length - 6, 0x55));
        broken("zstd-cut", "m.zst", cut(com.github.luben.zstd.Zstd.compress(new byte[5000]), 3));
        broken(
                "seven-zip-head",
                "m.7z",
                joined(
                        new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4},
                        new byte[24]));
        broken(
                "keras-without-config",
                "m.keras",
                Scans.zip(Map.of("metadata.json", utf8("{\"keras_version\":\"3.0.0\"}"))));
        broken("npz-broken-member", "m.npz", Scans.zip(Map.of("a.npy", utf8("\u0093NUMPX"))));
    }

    private static byte[] safetensors(String header, int data) {
        byte[] json = utf8(header);
        return joined(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array(),
                json,
                new byte[data]);
    }

    private void tensors() {
        broken(
                "safetensors-unknown-type",
                "m.safetensors",
                safetensors("{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4));
        broken(
                "safetensors-gap",
                "m.safetensors",
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,4]}}", 4));
        broken(
                "safetensors-duplicate",
                "m.safetensors",
                safetensors(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
                        2));
        broken(
                "safetensors-reversed",
                "m.safetensors",
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]}}", 1));
        broken(
                "safetensors-shape-product",
                "m.safetensors",
                safetensors(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
                        0));
        broken("safetensors-list-header", "m.safetensors", safetensors("[1,2,3]", 0));
        broken(
                "safetensors-metadata-number",
                "m.safetensors",
                safetensors(
                        "{\"__metadata__\":{\"a\":5},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                        1));
        broken(
                "safetensors-missing-offsets",
                "m.safetensors",
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1));
        byte[] gguf = TensorTrials.gguf(new byte[64]);
        broken("gguf-tensor-count", "m.gguf", set(gguf, 8, 9));
        broken("gguf-key-length", "m.gguf", set(gguf, 30, 0x70));
        broken("gguf-value-type", "m.gguf", set(gguf, 44, 77));
        broken("gguf-cut-in-tensor", "m.gguf", cut(gguf, 20));
        broken("gguf-version", "m.gguf", set(gguf, 4, 99));
        broken(
                "npy-shape-too-big",
                "m.npy",
                FormatScanTest.npy("'<f8'", "(1000000, 1000000)", new byte[16]));
        broken("npy-bad-header", "m.npy", FormatScanTest.npy("'<f8'", "(2,", new byte[16]));
        broken("npy-unknown-type", "m.npy", FormatScanTest.npy("'<q9'", "(2,)", new byte[16]));
        broken(
                "npy-extra-key",
                "m.npy",
                FormatScanTest.npy("'<f8', 'evil': 1", "(2,)", new byte[16]));
        broken(
                "npy-header-calls",
                "m.npy",
                FormatScanTest.npy("__import__('os')", "(2,)", new byte[16]));
        broken("hdf5-cut", "m.h5", Arrays.copyOf(Hdf5ScanTest.model("{}"), 300));
        broken(
                "hdf5-signature-only",
                "m.h5",
                new byte[] {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10});
    }

    private void keys() {
        byte[] none = {(byte) 0xff, (byte) 0xfe};
        broken("gguf-key-no-utf8", "m.gguf", new GgufFiles().text(none, utf8("x")).file());
        broken(
                "gguf-value-no-utf8",
                "m.gguf",
                new GgufFiles().text(utf8("general.name"), none).file());
        broken("gguf-which-part", "m.gguf", new GgufFiles().number("split.count", 3).file());
        broken(
                "gguf-part-too-many",
                "m.gguf",
                new GgufFiles().number("split.count", 3).number("split.no", 3).file());
        broken(
                "gguf-tokens-are-numbers",
                "m.gguf",
                new GgufFiles().floats("tokenizer.ggml.tokens", 1).file());
        broken(
                "gguf-scores-missing",
                "m.gguf",
                new GgufFiles()
                        .texts("tokenizer.ggml.tokens", "a", "b", "c")
                        .floats("tokenizer.ggml.scores", 1, 2)
                        .file());
        all.add(
                Trial.benign(
                        "damage/gguf-whole-vocabulary",
                        "m-00003-of-00003.gguf",
                        new GgufFiles()
                                .text("general.name", "\ufffd and ü")
                                .number("split.count", 3)
                                .number("split.no", 2)
                                .texts("tokenizer.ggml.tokens", "a", "b", "c")
                                .floats("tokenizer.ggml.scores", 1, 2, 3)
                                .file()));
    }

    private void graphs() {
        byte[] onnx = TensorTrials.onnx(new byte[40], "me");
        broken("onnx-cut", "m.onnx", cut(onnx, 7));
        broken(
                "onnx-data-size",
                "m.onnx",
                joined(
                        field(1, 8),
                        field(
                                7,
                                joined(
                                        field(1, field(4, "Relu")),
                                        field(
                                                5,
                                                joined(
                                                        field(1, 9),
                                                        field(2, 1),
                                                        field(8, "w"),
                                                        field(9, new byte[7]))))),
                        field(8, joined(field(1, ""), field(2, 13)))));
        broken(
                "onnx-negative-dimension",
                "m.onnx",
                joined(
                        field(1, 8),
                        field(
                                7,
                                joined(
                                        field(1, field(4, "Relu")),
                                        field(
                                                5,
                                                joined(
                                                        field(1, -4),
                                                        field(2, 2),
                                                        field(8, "w"),
                                                        field(9, new byte[4]))))),
                        field(8, joined(field(1, ""), field(2, 13)))));
        broken(
                "onnx-no-operators-said",
                "m.onnx",
                joined(field(1, 8), field(7, joined(field(1, field(4, "Relu")), field(2, "g")))));
        broken(
                "tflite-root-outside",
                "m.tflite",
                set(ModelFormatsScanTest.tflite("Relu", 4, 16, 0), 1, 0x7f));
        broken(
                "saved-model-cut",
                "saved_model.pb",
                cut(
                        joined(
                                field(1, 1L),
                                field(
                                        2,
                                        joined(
                                                field(
                                                        2,
                                                        field(
                                                                1,
                                                                joined(
                                                                        field(1, "n"),
                                                                        field(2, "Identity")))),
                                                field(6, field(2, "x"))))),
                        3));
        broken(
                "flax-cut",
                "m.msgpack",
                new byte[] {(byte) 0x82, (byte) 0xa1, 'a', (byte) 0xc6, 0, 0, 1, 0, 1, 2});
        broken(
                "flax-array-count",
                "m.msgpack",
                new byte[] {
                    (byte) 0x81,
                    (byte) 0xa1,
                    'a',
                    (byte) 0xdd,
                    0x7f,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    1
                });
        broken(
                "ubjson-count",
                "m.ubj",
                joined(
                        utf8("{L"),
                        new byte[] {0, 0, 0, 0, 0, 0, 0, 7},
                        utf8("learner{#L"),
                        new byte[] {0x7f, 0, 0, 0, 0, 0, 0, 0}));
        broken(
                "parquet-foot",
                "d.parquet",
                ParquetFiles.table().texts("a", "b").lie(ParquetFiles.Lie.FOOTER_TOO_LONG).bytes());
        broken(
                "coreml-cut",
                "m.mlmodel",
                cut(
                        joined(
                                field(1, 4L),
                                field(
                                        2,
                                        joined(field(1, field(1, "x")), field(100, field(1, "a")))),
                                field(500, field(1, field(1, "layer")))),
                        4));
    }

    private void texts() {
        broken("page-named-like-a-model", "pytorch_model.bin", utf8("<html>404</html>"));
        broken("answer-named-like-a-model", "model.bin", utf8("{\"error\": \"not found\"}"));
        broken("json-cut", "config.json", utf8("{\"model_type\": \"bert\", \"hidden_size\": 76"));
        broken("json-deep", "tokenizer.json", utf8("[".repeat(5000) + "]".repeat(5000)));
        broken(
                "json-bad-utf8",
                "config.json",
                joined(
                        utf8("{\"model_type\": \""),
                        new byte[] {(byte) 0xff, (byte) 0xfe},
                        utf8("\"}")));
        broken(
                "notebook-cut",
                "a.ipynb",
                utf8("{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"1+1\""));
        broken("xml-unclosed", "m.pmml", utf8("<?xml version='1.0'?><PMML version='4.4'><Header>"));
        broken(
                "openvino-mismatch",
                "m.xml",
                utf8("<?xml version='1.0'?><net name='a' version='11'><layers><layer></net>"));
        broken("yaml-anchor-missing", "model_config.yaml", utf8("model:\n  encoder: *nowhere\n"));
        broken(
                "template-unclosed",
                "chat_template.jinja",
                utf8("{% for m in messages %}{{ m.content }}"));
        broken(
                "lightgbm-cut",
                "m.txt",
                utf8(
                        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=1\nfeature_names=a b\nfeature_infos=[0:1] [0:1]\ntree_sizes=500\n\nTree=0\nnum_leaves=3\n"));
        broken(
                "index-names-missing-shard",
                "model.safetensors.index.json",
                utf8("{\"metadata\":{\"total_size\":-5},\"weight_map\":\"model.safetensors\"}"));
    }
}
