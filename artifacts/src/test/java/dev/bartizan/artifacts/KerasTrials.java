package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.testkit.Hdf5Builder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Models of Keras that do not rebuild, whose functions cannot be told, that read a file; HDF5
/// files that are put together from others or whose checksums are wrong; and honest ones like them.
final class KerasTrials {
    private static final String DENSE =
            "{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"config\":{\"units\":2,\"activation\":\"relu\"},\"registered_name\":null}";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        KerasTrials trials = new KerasTrials();
        trials.functions();
        trials.vocabularies();
        trials.shapes();
        trials.oldShapes();
        trials.weights();
        trials.virtual();
        trials.checksums();
        return trials.all;
    }

    private void add(Trial.Label label, String name, String file, byte[] bytes) {
        all.add(new Trial("keras/" + name, label, file, ByteSource.of(bytes)));
    }

    private static byte[] archive(String config, String... weights) {
        Map<String, byte[]> members = new HashMap<>();
        members.put("config.json", utf8(config));
        members.put("metadata.json", utf8("{\"keras_version\":\"3.8.0\"}"));
        for (String name : weights) {
            members.put(name, TensorTrials.hdf5(TensorTrials.floats(3, 16)));
        }
        return Scans.zip(members);
    }

    private static byte[] sequential(String layers) {
        return archive(
                "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"net\",\"layers\":["
                        + layers
                        + "]},\"registered_name\":null}",
                "model.weights.h5");
    }

    private static String layer(String type, String config) {
        return "{\"module\":\"keras.layers\",\"class_name\":\""
                + type
                + "\",\"config\":"
                + config
                + ",\"registered_name\":null}";
    }

    private static String lambda(String code) {
        return layer(
                "Lambda",
                "{\"name\":\"f\",\"function\":{\"class_name\":\"__lambda__\",\"config\":{\"code\":\""
                        + code
                        + "\",\"defaults\":null,\"closure\":null}}}");
    }

    private static String function(String module, String name) {
        return layer(
                "Lambda",
                "{\"name\":\"f\",\"function\":{\"module\":\""
                        + module
                        + "\",\"class_name\":\"function\",\"config\":\""
                        + name
                        + "\",\"registered_name\":\""
                        + name
                        + "\"}}");
    }

    private void functions() {
        String call = "YwEAAAAAAAAAAAAAAAEAAAABAAAAQwAAAHN5c3RlbSBvcyBzeXN0ZW0="; // not whole
        add(
                Trial.Label.BAD,
                "code-between-other-signs",
                "m.keras",
                sequential(lambda("!" + call.replace("A", "A ") + "?")));
        for (String code :
                List.of("", "%%%", "Q", "AAAA".repeat(9000), "aHR0cHM6Ly94LmV4YW1wbGU=")) {
            add(
                    Trial.Label.NOT_CLEAN,
                    "code-of-nothing-" + code.length(),
                    "m.keras",
                    sequential(lambda(code)));
        }
        for (String config :
                List.of(
                        "{\"name\":\"f\"}",
                        "{\"function\":null}",
                        "{\"function\":[null,null,null],\"function_type\":\"lambda\"}",
                        "{\"function\":{\"class_name\":\"__lambda__\",\"config\":\"code\"}}")) {
            add(
                    Trial.Label.NOT_CLEAN,
                    "lambda-without-code-" + config.length(),
                    "m.keras",
                    sequential(layer("Lambda", config)));
        }
        add(
                Trial.Label.BAD,
                "lambda-named-with-its-module",
                "m.h5",
                Hdf5ScanTest.model(
                        "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":[{\"class_name\":\"tf_keras.src.layers.Lambda\",\"config\":{\"function\":[\"4wEAAAAAAAAAAAAAAAEA\",null,null]}}]}}"));
        add(
                Trial.Label.BAD,
                "lambda-of-letters",
                "m.keras",
                sequential(
                        layer(
                                "Lambda",
                                "{\"function\":[\"\\u00e3\\u0001\\u0000\\u0000\\u0000 popen\",null,null],\"function_type\":\"lambda\"}")));
        add(
                Trial.Label.BAD,
                "lambda-function-without-class",
                "m.keras",
                sequential(
                        layer(
                                "Lambda",
                                "{\"function\":{\"module\":\"subprocess\",\"config\":\"run\"}}")));
        add(
                Trial.Label.BAD,
                "fetching-function-with-its-module",
                "m.keras",
                sequential(
                        layer(
                                "Lambda",
                                "{\"call\":\"keras.utils.get_file\",\"arguments\":{\"origin\":\"https://x.example/a.tgz\"}}")));
        for (String name : List.of("methodcaller", "attrgetter", "itemgetter", "call")) {
            add(
                    Trial.Label.BAD,
                    "operator-" + name,
                    "m.keras",
                    sequential(function("operator", name)));
        }
        add(
                Trial.Label.BAD,
                "operator-class-with-harmless-config",
                "m.keras",
                sequential(
                        layer(
                                "Lambda",
                                "{\"function\":{\"module\":\"operator\",\"class_name\":\"methodcaller\",\"config\":\"add\"}}")));
        for (String name : List.of("operator:add", "operator:truediv", "math:tanh", "cmath:exp")) {
            String[] parts = name.split(":", -1);
            add(
                    Trial.Label.BENIGN,
                    "arithmetic-" + parts[1],
                    "m.keras",
                    sequential(function(parts[0], parts[1])));
        }
    }

    private void vocabularies() {
        for (String file : List.of(".netrc", "words.txt", "assets/words.txt", "C")) {
            add(
                    Trial.Label.BAD,
                    "vocabulary-of-a-file-" + file.length(),
                    "m.keras",
                    sequential(layer("StringLookup", "{\"vocabulary\":\"" + file + "\"}")));
            add(
                    Trial.Label.BAD,
                    "vocabulary-of-a-file-in-hdf5-" + file.length(),
                    "m.h5",
                    Hdf5ScanTest.model(
                            "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
                                    + layer(
                                            "TextVectorization",
                                            "{\"vocabulary\":\"" + file + "\"}")
                                    + "]}}"));
        }
        for (String vocabulary : List.of("null", "[]", "[\"words.txt\",\".netrc\"]", "\"  \"")) {
            add(
                    Trial.Label.BENIGN,
                    "vocabulary-inline-" + vocabulary.length(),
                    "m.keras",
                    sequential(layer("IntegerLookup", "{\"vocabulary\":" + vocabulary + "}")));
        }
        add(
                Trial.Label.BENIGN,
                "vocabulary-of-letters",
                "m.keras",
                sequential(
                        "{\"module\":\"my.ocr\",\"class_name\":\"Decoder\",\"config\":{\"vocabulary\":\"abcdefghijklmnopqrstuvwxyz\"},\"registered_name\":\"my>Decoder\"}"));
    }

    private static final List<String> BROKEN =
            List.of(
                    "{\"class_name\":\"Sequential\"}",
                    "{\"class_name\":\"Sequential\",\"config\":7}",
                    "{\"class_name\":\"Functional\",\"config\":{\"name\":\"f\"}}",
                    "{\"class_name\":\"Functional\",\"config\":{\"layers\":{\"a\":1}}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[3]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":[\"Dense\"],\"config\":{}}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Dense\",\"config\":\"units\"}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Bidirectional\",\"config\":{\"layer\":\"LSTM\"}}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"RNN\",\"config\":{\"cell\":{\"config\":{}}}}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"StackedRNNCells\",\"config\":{\"cells\":4}}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[]},\"compile_config\":\"adam\"}");

    private void shapes() {
        for (int i = 0; i < BROKEN.size(); i++) {
            add(
                    Trial.Label.NOT_CLEAN,
                    "shape-" + i,
                    "m.keras",
                    archive(BROKEN.get(i), "model.weights.h5"));
            add(
                    Trial.Label.NOT_CLEAN,
                    "shape-in-hdf5-" + i,
                    "m.h5",
                    Hdf5ScanTest.model(BROKEN.get(i)));
        }
        add(Trial.Label.NOT_CLEAN, "shape-of-nothing", "m.h5", Hdf5ScanTest.model("null"));
        add(
                Trial.Label.NOT_CLEAN,
                "shape-without-class",
                "m.keras",
                archive("{\"config\":{\"layers\":[]}}", "model.weights.h5"));
    }

    /// What versions 1 and 2 wrote, and others.
    static final List<String> HONEST =
            List.of(
                    "{\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"Dense\",\"config\":{\"units\":1}}]}",
                    "{\"class_name\":\"Model\",\"config\":{\"name\":\"m\",\"layers\":[{\"name\":\"i\",\"class_name\":\"InputLayer\",\"config\":{\"name\":\"i\"},\"inbound_nodes\":[]},{\"name\":\"s\",\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"Merge\",\"config\":{\"layers\":[{\"class_name\":\"Sequential\",\"config\":[]}]}}]}]}}",
                    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":[{\"class_name\":\"Bidirectional\",\"config\":{\"merge_mode\":\"sum\",\"backward_layer\":null,\"layer\":{\"class_name\":\"LSTM\",\"config\":{\"units\":3}}}},{\"class_name\":\"RNN\",\"config\":{\"cell\":{\"class_name\":\"StackedRNNCells\",\"config\":{\"cells\":[{\"class_name\":\"GRUCell\",\"config\":{\"units\":2}}]}}}}]}}",
                    "{\"class_name\":\"MyTransformer\",\"config\":{\"layers\":12,\"cells\":\"gru\"}}");

    private void oldShapes() {
        for (int i = 0; i < HONEST.size(); i++) {
            add(Trial.Label.BENIGN, "old-shape-" + i, "m.h5", Hdf5ScanTest.model(HONEST.get(i)));
        }
    }

    private void weights() {
        String config =
                "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
                        + DENSE
                        + "]}}";
        add(Trial.Label.NOT_CLEAN, "no-weights", "m.keras", archive(config));
        add(Trial.Label.BENIGN, "weights", "m.keras", archive(config, "model.weights.h5"));
    }

    private static byte[] virtual(int selections, String... files) {
        Hdf5Builder file = new Hdf5Builder();
        long set = file.object(file.virtual(selections, files));
        return file.file(0, file.oldGroup(List.of("w"), List.of(set)));
    }

    private void virtual() {
        for (int version = 0; version <= 3; version++) {
            add(
                    Trial.Label.BAD,
                    "virtual-last-of-three-" + version,
                    "m.weights.h5",
                    virtual(version, ".", ".", "other.h5"));
            add(
                    Trial.Label.BENIGN,
                    "virtual-of-itself-" + version,
                    "m.weights.h5",
                    virtual(version, ".", ".", "."));
        }
        byte[] cut = virtual(1, ".", ".", "other.h5");
        int at = new String(cut, StandardCharsets.ISO_8859_1).indexOf("payload");
        byte[] unknown = Arrays.copyOf(cut, cut.length);
        unknown[at + 12] = 9; // version of a selection
        add(Trial.Label.NOT_CLEAN, "virtual-of-unknown-selection", "m.weights.h5", unknown);
    }

    private void checksums() {
        for (int version : new int[] {2, 3}) {
            Hdf5Builder builder = new Hdf5Builder();
            long root = builder.recentObject(Hdf5Builder.text("about", "numbers"));
            byte[] file = builder.file(version, root);
            add(Trial.Label.BENIGN, "checksum-right-" + version, "m.h5", file);
            byte[] wrong = Arrays.copyOf(file, file.length);
            wrong[44] ^= 4;
            add(Trial.Label.NOT_CLEAN, "checksum-of-superblock-" + version, "m.h5", wrong);
            byte[] header = Arrays.copyOf(file, file.length);
            int end = (int) root + "OHDR".length() + 6;
            header[end + (header[end - 4] & 0xff)] ^= 1;
            add(Trial.Label.NOT_CLEAN, "checksum-of-header-" + version, "m.h5", header);
        }
    }
}
