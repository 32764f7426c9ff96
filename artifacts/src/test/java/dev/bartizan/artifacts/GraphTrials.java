package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import dev.bartizan.formats.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// TensorFlow: objects from which Keras rebuilds layers, operators of no registry, texts of
/// collections and long ones, indexes of checkpoints; and honest graphs like them.
final class GraphTrials {
    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        GraphTrials trials = new GraphTrials();
        trials.objects();
        trials.operators();
        trials.texts();
        trials.checkpoints();
        return trials.all;
    }

    private void add(Trial.Label label, String name, String file, byte[] bytes) {
        all.add(new Trial("graph/" + name, label, file, ByteSource.of(bytes)));
    }

    private static byte[] node(String name, String operator, byte... more) {
        return field(1, joined(field(1, name), field(2, operator), more));
    }

    private static byte[] saved(byte[] nodes, byte... more) {
        byte[] meta = joined(field(1, field(4, "serve")), field(2, nodes), more);
        return joined(field(1, 1L), field(2, meta));
    }

    static byte[] text(String key, String value) {
        return field(5, joined(field(1, key), field(2, field(2, value))));
    }

    private static byte[] object(String identifier, String metadata) {
        byte[] user = joined(field(1, identifier), field(2, field(1, 1L)), field(3, metadata));
        return field(7, joined(field(1, field(6, "f")), field(1, field(4, user))));
    }

    private void objects() {
        byte[] graph = node("x", "Placeholder");
        String lambda =
                "{\"name\":\"l\",\"class_name\":\"Lambda\",\"config\":{\"function\":{\"class_name\":\"__tuple__\",\"items\":[\"4wEAAAAAAAAAAAAAAAEAAABv\",null,null]},\"function_type\":\"lambda\"}}";
        add(
                Trial.Label.BAD,
                "object-lambda",
                "saved_model.pb",
                saved(graph, object("_tf_keras_layer", lambda)));
        add(
                Trial.Label.BAD,
                "object-lambda-of-another-kind",
                "saved_model.pb",
                saved(graph, object("my_object", lambda)));
        add(
                Trial.Label.BAD,
                "metadata-before-its-broken-end",
                "keras_metadata.pb",
                joined(
                        field(1, joined(field(2, 1L), field(5, lambda))),
                        new byte[] {0x0a, 9, 'x'}));
        add(
                Trial.Label.BAD,
                "metadata-behind-a-broken-layer",
                "keras_metadata.pb",
                joined(field(1, field(5, "{\"class_name\"")), field(1, field(5, lambda))));
        add(
                Trial.Label.NOT_CLEAN,
                "object-broken",
                "saved_model.pb",
                saved(graph, object("_tf_keras_network", "{\"class_name\":")));
        add(
                Trial.Label.BENIGN,
                "object-dense",
                "saved_model.pb",
                saved(
                        graph,
                        object(
                                "_tf_keras_layer",
                                "{\"class_name\":\"Dense\",\"config\":{\"units\":3}}")));
        for (String metadata : List.of("", "version 2", "{\"a\": 1}")) {
            add(
                    Trial.Label.BENIGN,
                    "object-plain-" + metadata.length(),
                    "saved_model.pb",
                    saved(graph, object("trackable", metadata)));
        }
    }

    private void operators() {
        for (String operator : List.of("LoadModuleV3", "PyInvoke", "OpenPlugin", "pyCallback")) {
            add(
                    Trial.Label.BAD,
                    "telling-operator-" + operator,
                    "saved_model.pb",
                    saved(node("n", operator)));
        }
        for (String operator : List.of("CallInterpreter", "My>Operator", "_Hidden")) {
            add(
                    Trial.Label.NOT_CLEAN,
                    "operator-" + operator,
                    "saved_model.pb",
                    saved(node("n", operator)));
        }
        for (String operator :
                List.of(
                        "StatelessRandomUniformV2",
                        "BatchMatMul",
                        "_FusedMatMul",
                        "XlaCallModule",
                        "TPUReplicateMetadata",
                        "TRTEngineOp",
                        "Addons>Parse",
                        "SentencepieceOp",
                        "SimpleMLInferenceOpWithHandle")) {
            add(Trial.Label.BENIGN, "operator-" + operator, "graph.pb", node("n", operator));
        }
        byte[] function =
                joined(
                        field(1, field(1, "scale_by_two")),
                        field(3, joined(field(1, "y"), field(2, "Mul"))));
        add(
                Trial.Label.BENIGN,
                "operator-of-the-library",
                "graph.pb",
                joined(node("n", "scale_by_two"), field(2, field(1, function))));
    }

    private void texts() {
        String command = " __import__('subprocess').run('id')";
        add(
                Trial.Label.BAD,
                "text-behind-filling",
                "graph.pb",
                node("c", "Const", text("note", "word ".repeat(60_000) + command)));
        add(
                Trial.Label.BENIGN,
                "text-of-words",
                "graph.pb",
                node("c", "Const", text("note", "word ".repeat(60_000))));
        add(
                Trial.Label.BAD,
                "text-of-a-collection",
                "m.meta",
                joined(
                        field(2, node("x", "Placeholder")),
                        field(
                                4,
                                joined(field(1, "hooks"), field(2, field(2, field(1, command)))))));
        add(
                Trial.Label.BENIGN,
                "names-of-a-collection",
                "m.meta",
                joined(
                        field(2, node("x", "Placeholder")),
                        field(
                                4,
                                joined(
                                        field(1, "losses"),
                                        field(2, field(1, field(1, "train/loss:0")))))));
    }

    private static byte[] entry(String key, byte[] value) {
        return joined(new byte[] {0, (byte) key.length(), (byte) value.length}, utf8(key), value);
    }

    /// A block with its trailer, at a place in the table.
    private static byte[] block(byte... entries) {
        byte[] content = joined(entries, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
        CRC32C sum = new CRC32C();
        sum.update(content);
        int turned = Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
        return joined(
                content,
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(turned).array());
    }

    private static byte[] handle(int from, int blockBytes) {
        return new byte[] {(byte) from, (byte) (blockBytes - 5)};
    }

    /// The index of a checkpoint with one variable; every number in it is below 128.
    static byte[] index(int shards, int variableBytes) {
        byte[] data =
                block(
                        joined(
                                entry("", field(1, (long) shards)),
                                entry("w", joined(field(1, 1L), field(5, (long) variableBytes)))));
        byte[] other = block();
        byte[] index = block(entry("x", handle(0, data.length)));
        byte[] handles =
                joined(
                        handle(data.length, other.length),
                        handle(data.length + other.length, index.length));
        return joined(
                data,
                other,
                index,
                Arrays.copyOf(handles, 40),
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0xdb4775248b80fb57L)
                        .array());
    }

    private void checkpoints() {
        byte[] index = index(1, 16);
        add(Trial.Label.BENIGN, "checkpoint", "variables.index", index);
        add(Trial.Label.NOT_CLEAN, "checkpoint-of-text", "variables.index", utf8("kernel bias\n"));
        add(
                Trial.Label.NOT_CLEAN,
                "checkpoint-cut",
                "model.ckpt-9.index",
                Arrays.copyOf(index, index.length - 1));
        add(Trial.Label.NOT_CLEAN, "checkpoint-in-no-files", "variables.index", index(0, 16));
        byte[] wrong = Arrays.copyOf(index, index.length);
        wrong[3] ^= 2;
        add(Trial.Label.NOT_CLEAN, "checkpoint-checksum", "variables.index", wrong);
    }
}
