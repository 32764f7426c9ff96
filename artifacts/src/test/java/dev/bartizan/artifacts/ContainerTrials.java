package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Archives and model files whose parts contradict one another, hide a part or name what lies
/// elsewhere; and honest ones.
final class ContainerTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final byte[] PLAIN = pickle(dict(text("epoch"), number(3)));

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        ContainerTrials trials = new ContainerTrials();
        trials.zips();
        trials.tars();
        trials.torch();
        trials.keras();
        trials.graphs();
        trials.broken();
        trials.honest();
        return trials.all;
    }

    private void malicious(String name, String file, byte[] bytes) {
        all.add(Trial.malicious("container/" + name, file, bytes));
    }

    private void bad(String name, String file, byte[] bytes) {
        all.add(Trial.bad("container/" + name, file, bytes));
    }

    private void benign(String name, String file, byte[] bytes) {
        all.add(Trial.benign("container/" + name, file, bytes));
    }

    private void notClean(String name, String file, byte[] bytes) {
        all.add(Trial.notClean("container/" + name, file, bytes));
    }

    private void zips() {
        ZipParts hidden = new ZipParts();
        hidden.stored("m/data.pkl", PLAIN);
        hidden.stored("m/more.pkl", PAYLOAD).isListed = false;
        malicious("zip-member-only-local", "m.pt", hidden.bytes());
        ZipParts renamed = new ZipParts();
        ZipParts.Member member = renamed.stored("m/readme.md", PAYLOAD);
        member.central.name = "m/data.pkl";
        malicious("zip-names-differ", "m.pt", renamed.bytes());
        ZipParts encrypted = new ZipParts();
        encrypted.stored("m/data.pkl", PAYLOAD).local.flags = 1;
        malicious("zip-flag-only-local", "m.pt", encrypted.bytes());
        ZipParts method = new ZipParts();
        method.stored("m/data.pkl", PAYLOAD).central.method = 99;
        malicious("zip-method-lies", "m.pt", method.bytes());
        ZipParts size = new ZipParts();
        size.stored("m/data.pkl", PAYLOAD).central.packed = 4;
        malicious("zip-size-lies", "m.pt", size.bytes());
        malicious(
                "zip-in-comment",
                "m.pt",
                new ZipParts().comment(Scans.zip(Map.of("data.pkl", PAYLOAD))).bytes());
        ZipParts trailing = new ZipParts();
        trailing.stored("a.txt", utf8("a")).behind = PAYLOAD;
        malicious("zip-pickle-between", "m.zip", trailing.bytes());
        bad(
                "zip-absolute-name",
                "m.zip",
                Scans.zip(Map.of("/etc/cron.d/job", utf8("* * * * * root id\n"))));
        bad("zip-drive-name", "m.zip", Scans.zip(Map.of("C:\\Users\\x\\a.bat", utf8("calc\n"))));
        malicious("zip-front-pickle", "m.pkl", new ZipParts().front(PAYLOAD).bytes());
    }

    private void tars() {
        malicious(
                "tar-second-archive-behind-end",
                "m.nemo",
                joined(
                        FormatScanTest.tar("a.yaml", '0', "", utf8("a: 1\n")),
                        FormatScanTest.tar("b.ckpt", '0', "", PAYLOAD)));
        malicious("tar-contiguous-type", "m.tar", FormatScanTest.tar("w.bin", '7', "", PAYLOAD));
        malicious(
                "tar-nemo-target",
                "m.nemo",
                FormatScanTest.tar(
                        "model_config.yaml",
                        '0',
                        "",
                        utf8("model:\n  _target_: subprocess.check_output\n  args: [id]\n")));
        bad("tar-device", "m.tar", FormatScanTest.tar("dev/sda", '4', "", new byte[0]));
        malicious(
                "tar-nemo-partial",
                "m.nemo",
                FormatScanTest.tar(
                        "model_config.yaml",
                        '0',
                        "",
                        utf8(
                                "optim:\n  _target_: functools.partial\n  _args_:\n  - _target_: hydra.utils.get_method\n    path: os.system\n  - id\n")));
    }

    private void torch() {
        malicious(
                "torch-payload-in-constants",
                "m.pt",
                Scans.zip(
                        ordered(
                                "m/data.pkl",
                                PLAIN,
                                "m/constants.pkl",
                                PAYLOAD,
                                "m/code/__torch__.py",
                                utf8("class M(Module):\n  pass\n"),
                                "m/version",
                                utf8("3\n"))));
        malicious(
                "torch-attributes",
                "m.pt",
                Scans.zip(
                        ordered(
                                "m/data.pkl", PLAIN,
                                "m/attributes.pkl", PAYLOAD,
                                "m/version", utf8("1\n"))));
        torchScript(
                "torchscript-writes-file", "ops.aten.save(x, \"/root/.bashrc\")\n    return x\n");
        torchScript(
                "torchscript-calls-elsewhere",
                "_0 = ops.prim.rpc_async(\"w\", \"f\", (x,))\n    return x\n");
        bad(
                "onnx-field-that-onnx-has-not",
                "m.onnx",
                joined(FormatScanTest.onnx("w.bin", ""), field(99, PAYLOAD)));
        torchScript(
                "torchscript-reads-file",
                "y = torch.from_file(\"/etc/shadow\", False, 10)\n    return y\n");
        malicious(
                "torch-inner-archive",
                "m.pt",
                Scans.zip(
                        ordered(
                                "m/data.pkl",
                                PLAIN,
                                "m/data/0",
                                Scans.zip(Map.of("x/data.pkl", PAYLOAD)))));
        malicious(
                "npz-beside-arrays",
                "m.npz",
                Scans.zip(
                        ordered(
                                "w.npy",
                                FormatScanTest.npy("'<f4'", "(1,)", new byte[4]),
                                "meta.bin",
                                PAYLOAD)));
        malicious(
                "npy-object-in-npz-named-txt",
                "m.npz",
                Scans.zip(Map.of("w.txt", FormatScanTest.npy("'|O'", "(1,)", PAYLOAD))));
    }

    /// A program of TorchScript with a line of its own.
    private void torchScript(String name, String line) {
        String program =
                "class M(Module):\n  def forward(self: __torch__.M, x: Tensor) -> Tensor:\n    ";
        bad(
                name,
                "m.pt",
                Scans.zip(
                        ordered(
                                "m/data.pkl",
                                PLAIN,
                                "m/code/__torch__.py",
                                utf8(program + line),
                                "m/version",
                                utf8("3\n"))));
    }

    private void keras() {
        keras(
                "initializer-names-os",
                "{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"config\":{\"units\":1,\"kernel_initializer\":{\"module\":\"os\",\"class_name\":\"function\",\"config\":\"system\",\"registered_name\":\"system\"}}}");
        keras(
                "wrapped-lambda",
                "{\"module\":\"keras.layers\",\"class_name\":\"TimeDistributed\",\"config\":{\"layer\":{\"module\":\"keras.layers\",\"class_name\":\"Lambda\",\"config\":{\"function\":{\"class_name\":\"__lambda__\",\"config\":{\"code\":\"4wEAAAA=\",\"defaults\":null,\"closure\":null}}}}}}");
        keras(
                "activation-from-module",
                "{\"module\":\"keras.layers\",\"class_name\":\"Activation\",\"config\":{\"activation\":{\"module\":\"subprocess\",\"class_name\":\"function\",\"config\":\"getoutput\",\"registered_name\":\"getoutput\"}}}");
        keras(
                "class-of-shutil",
                "{\"module\":\"shutil\",\"class_name\":\"rmtree\",\"config\":{\"path\":\"/srv\"},\"registered_name\":null}");
    }

    private void keras(String name, String layer) {
        bad(
                "keras-" + name,
                "m.keras",
                Scans.zip(
                        ordered(
                                "metadata.json",
                                utf8("{\"keras_version\":\"3.9.0\"}"),
                                "config.json",
                                utf8(
                                        "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
                                                + layer
                                                + "]},\"registered_name\":\"Sequential\"}"),
                                "model.weights.h5",
                                TensorTrials.hdf5(TensorTrials.floats(1, 4)))));
    }

    private void graphs() {
        for (String op :
                List.of(
                        "ReadFile",
                        "WriteFile",
                        "PyFunc",
                        "EagerPyFunc",
                        "MatchingFiles",
                        "DatasetFromGraph",
                        "RpcCall",
                        "WholeFileReaderV2")) {
            byte[] node = joined(field(1, "n"), field(2, op));
            bad("graph-" + op, "frozen.pb", field(1, node));
        }
        bad(
                "onnx-python-op",
                "m.onnx",
                joined(
                        field(1, 8),
                        field(
                                7,
                                joined(
                                        field(
                                                1,
                                                joined(
                                                        field(4, "PyOp"),
                                                        field(7, "ai.onnx.contrib"))),
                                        field(2, "g"))),
                        field(8, joined(field(1, ""), field(2, 13)))));
        bad(
                "onnx-function-hides-domain",
                "m.onnx",
                joined(
                        field(1, 8),
                        field(
                                7,
                                joined(
                                        field(1, joined(field(4, "F"), field(7, "local"))),
                                        field(2, "g"))),
                        field(8, joined(field(1, ""), field(2, 15))),
                        field(
                                25,
                                joined(
                                        field(1, "F"),
                                        field(7, joined(field(4, "Shell"), field(7, "evil.ops"))),
                                        field(10, "local")))));
        bad(
                "gguf-system-template",
                "m.gguf",
                FormatScanTest.gguf("{{ cycler.__init__.__globals__.os.popen('id').read() }}"));
    }

    private void broken() {
        byte[] torch = Scans.zip(ordered("m/data.pkl", PLAIN, "m/version", utf8("3\n")));
        notClean("broken-zip-without-directory", "m.pt", Arrays.copyOf(torch, torch.length - 60));
        byte[] flipped = torch.clone();
        flipped[45] ^= 0x11;
        notClean("broken-zip-checksum", "m.pt", flipped);
        byte[] gzip = TensorTrials.gzip(PLAIN);
        notClean("broken-gzip-cut", "m.pkl.gz", Arrays.copyOf(gzip, gzip.length - 6));
        gzip[gzip.length - 6] ^= 1;
        notClean("broken-gzip-checksum", "m.pkl.gz", gzip);
        byte[] tar = FormatScanTest.tar("a.yaml", '0', "", utf8("a: 1\n"));
        tar[150] ^= 1;
        notClean("broken-tar-checksum", "m.nemo", tar);
        notClean("broken-npy-header", "a.npy", FormatScanTest.npy("'<f4'", "(2", new byte[8]));
        notClean("broken-npy-dtype", "a.npy", FormatScanTest.npy("'<q9'", "(2,)", new byte[8]));
        notClean(
                "broken-safetensors-not-json",
                "m.safetensors",
                joined(new byte[] {9, 0, 0, 0, 0, 0, 0, 0}, utf8("{\"w\":nul}")));
        notClean("broken-safetensors-empty", "m.safetensors", new byte[0]);
        notClean(
                "broken-gguf-version",
                "m.gguf",
                joined(utf8("GGUF"), new byte[] {99, 0, 0, 0}, new byte[16]));
        notClean(
                "broken-hdf5-signature-only",
                "m.h5",
                joined(new byte[] {(byte) 0x89}, utf8("HDF\r\n"), new byte[] {0x1a, '\n'}));
        notClean(
                "broken-keras-no-configuration",
                "m.keras",
                Scans.zip(Map.of("metadata.json", utf8("{}"))));
        notClean(
                "broken-json-cut",
                "config.json",
                utf8("{\"architectures\": [\"BertModel\"], \"hidden"));
        notClean(
                "broken-onnx-cut",
                "m.onnx",
                Arrays.copyOf(TensorTrials.onnx(TensorTrials.floats(1, 40), "a"), 90));
        notClean(
                "broken-7z-signature-only",
                "m.7z",
                new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4});
        notClean(
                "broken-zstd-cut",
                "m.zst",
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20});
    }

    private void honest() {
        benign(
                "torch-with-extra",
                "m.pt",
                Scans.zip(
                        ordered(
                                "m/data.pkl",
                                PLAIN,
                                "m/byteorder",
                                utf8("little"),
                                "m/version",
                                utf8("3\n"),
                                "m/.data/serialization_id",
                                utf8("1234567890"))));
        benign(
                "npz-of-text",
                "a.npz",
                Scans.zip(Map.of("names.npy", FormatScanTest.npy("'<U2'", "(2,)", new byte[16]))));
        benign(
                "zip-of-sources",
                "code.zip",
                Scans.zip(
                        ordered(
                                "README.md",
                                utf8("# Demo\nRun `python train.py`.\n"),
                                "train.py",
                                utf8("import argparse\nprint('x')\n"))));
        benign("gzip-of-pickle", "m.pkl.gz", TensorTrials.gzip(PLAIN));
        benign(
                "tar-of-weights",
                "m.tar",
                FormatScanTest.tar(
                        "w.npy", '0', "", FormatScanTest.npy("'<f4'", "(1,)", new byte[4])));
        benign(
                "graph-of-layers",
                "frozen.pb",
                joined(
                        field(1, joined(field(1, "a"), field(2, "Placeholder"))),
                        field(1, joined(field(1, "b"), field(2, "Relu"), field(3, "a")))));
        benign(
                "onnx-with-words",
                "m.onnx",
                TensorTrials.onnx(
                        TensorTrials.floats(2, 8),
                        "trained with eval() every 100 steps, see os.environ"));
        benign(
                "gguf-plain",
                "m.gguf",
                FormatScanTest.gguf(
                        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] | trim }}\n{% endfor %}"));
    }

    private static Map<String, byte[]> ordered(Object... namesAndBytes) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            members.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
        }
        return members;
    }
}
