package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.testkit.Hdf5Builder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Weights of Keras whose sizes are those of the configuration, and others.
final class KernelTrials {
    private static final String DENSE =
            "{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"config\":{\"name\":\"NAME\",\"units\":UNITS},\"registered_name\":null}";
    private static final String EMBEDDING =
            "{\"module\":\"keras.layers\",\"class_name\":\"Embedding\",\"config\":{\"name\":\"words\",\"input_dim\":9,\"output_dim\":3},\"registered_name\":null}";
    private static final String CONVOLUTION =
            "{\"module\":\"keras.layers\",\"class_name\":\"Conv2D\",\"config\":{\"name\":\"look\",\"filters\":6,\"kernel_size\":[3,3]},\"registered_name\":null}";
    private static final String RECURRENT =
            "{\"module\":\"keras.layers\",\"class_name\":\"LSTM\",\"config\":{\"name\":\"dense\",\"units\":2},\"registered_name\":null}";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        KernelTrials trials = new KernelTrials();
        trials.archives();
        trials.files();
        return trials.all;
    }

    private static String dense(String name, int units) {
        return DENSE.replace("NAME", name).replace("UNITS", Integer.toString(units));
    }

    private static String model(String... layers) {
        return "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"net\",\"layers\":["
                + String.join(",", layers)
                + "]},\"registered_name\":null}";
    }

    private void add(boolean isWhole, String name, String file, byte[] bytes) {
        Trial.Label label = isWhole ? Trial.Label.CLEAN : Trial.Label.NOT_CLEAN;
        all.add(new Trial("kernel/" + name, label, file, ByteSource.of(bytes)));
        if (!isWhole) {
            all.add(Trial.benign("kernel/" + name + "-is-no-attack", file, bytes));
        }
    }

    /// A dataset of a shape within groups.
    private static long nested(Hdf5Builder file, String path, int... shape) {
        int count = 1;
        for (int axis : shape) {
            count *= axis;
        }
        long object = file.object(Hdf5Builder.array(file.add(new byte[4 * count]), shape));
        List<String> names = List.of(path.split("/", -1));
        for (int i = names.size() - 1; i > 0; i--) {
            object = file.oldGroup(List.of(names.get(i)), List.of(object));
        }
        return object;
    }

    private record Stored(String path, List<Integer> shape) {
        Stored(String path, Integer... shape) {
            this(path, List.of(shape));
        }
    }

    private static byte[] weights(Stored... stored) {
        Hdf5Builder file = new Hdf5Builder();
        List<String> names = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (Stored each : stored) {
            names.add(each.path().substring(0, each.path().indexOf('/')));
            int[] shape = each.shape().stream().mapToInt(Integer::intValue).toArray();
            addresses.add(nested(file, each.path(), shape));
        }
        long layers = file.oldGroup(names, addresses);
        return file.file(0, file.oldGroup(List.of("layers"), List.of(layers)));
    }

    private void archive(boolean isWhole, String name, String config, Stored... stored) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("metadata.json", utf8("{\"keras_version\":\"3.8.0\"}"));
        members.put("config.json", utf8(config));
        members.put("model.weights.h5", weights(stored));
        add(isWhole, name, "m.keras", Scans.zip(members));
    }

    private void archives() {
        String two = model(dense("a", 2), dense("b", 7));
        archive(true, "dense", model(dense("a", 2)), new Stored("dense/vars/0", 4, 2));
        archive(
                true,
                "denses",
                two,
                new Stored("dense/vars/0", 4, 2),
                new Stored("dense_1/vars/0", 2, 7));
        archive(
                true,
                "denses-in-another-order",
                two,
                new Stored("dense/vars/0", 2, 7),
                new Stored("dense_1/vars/0", 4, 2));
        archive(true, "words", model(EMBEDDING), new Stored("embedding/vars/0", 9, 3));
        archive(true, "convolution", model(CONVOLUTION), new Stored("conv2d/vars/0", 3, 3, 1, 6));
        archive(
                true,
                "packed",
                model(dense("a", 2).replace("\"units\"", "\"dtype\":\"int8\",\"units\"")),
                new Stored("dense/vars/0", 4, 1));
        archive(
                true,
                "of-others",
                model(dense("a", 2).replace("null}", "\"mine>Dense\"}")),
                new Stored("dense/vars/0", 4, 5));
        archive(true, "recurrent", model(RECURRENT), new Stored("lstm/vars/0", 4, 8));
        archive(
                false,
                "dense-of-other-units",
                model(dense("a", 5)),
                new Stored("dense/vars/0", 4, 2));
        archive(false, "dense-of-one-axis", model(dense("a", 2)), new Stored("dense/vars/0", 2));
        archive(
                false,
                "second-dense",
                two,
                new Stored("dense/vars/0", 4, 2),
                new Stored("dense_1/vars/0", 2, 6));
        archive(false, "fewer-words", model(EMBEDDING), new Stored("embedding/vars/0", 8, 3));
        archive(
                false,
                "convolution-of-other-size",
                model(CONVOLUTION),
                new Stored("conv2d/vars/0", 5, 3, 1, 6));
        archive(
                false,
                "convolution-of-fewer",
                model(CONVOLUTION),
                new Stored("conv2d/vars/0", 3, 3, 1, 4));
    }

    private void file(boolean isWhole, String name, String config, String kernel, int... shape) {
        Hdf5Builder file = new Hdf5Builder();
        long layers =
                file.oldGroup(
                        List.of(kernel.substring(0, kernel.indexOf('/'))),
                        List.of(nested(file, kernel, shape)));
        long root =
                file.oldGroup(
                        List.of("model_weights"),
                        List.of(layers),
                        file.variableText("model_config", config),
                        file.variableText("keras_version", "2.15.0"));
        add(isWhole, name, "m.h5", file.file(0, root));
    }

    private void files() {
        file(true, "file", model(dense("top", 3)), "top/top/kernel:0", 4, 3);
        file(true, "file-of-bias", model(dense("top", 3)), "top/top/bias:0", 7);
        file(true, "file-recurrent", model(RECURRENT), "dense/dense/kernel:0", 4, 8);
        file(true, "file-of-words", model(EMBEDDING), "words/words/embeddings:0", 9, 3);
        file(false, "file-of-other-units", model(dense("top", 8)), "top/top/kernel:0", 4, 3);
        file(false, "file-of-fewer-words", model(EMBEDDING), "words/words/embeddings:0", 9, 2);
    }
}
