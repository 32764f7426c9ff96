package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether stored weights have the sizes that the configuration says: kernels of dense and
/// convolution layers, tables of embeddings. Looked at are the layers of the model itself, of the
/// classes of Keras; layers of others, and numbers packed more tightly, may be stored in any way.
final class KerasWeights {
    private static final long ANY = -1;
    private static final int MOST_MOVED = 100;
    private static final Set<String> KERNELS =
            Set.of("kernel", "kernel:0", "embeddings", "embeddings:0");
    private static final Map<String, Integer> CONVOLUTIONS =
            Map.of("Conv1D", 1, "Conv2D", 2, "Conv3D", 3);
    private static final Set<String> LISTS = Set.of("layers", "_layer_checkpoint_dependencies");

    private KerasWeights() {}

    /// A layer with the shape of its kernel, {@link #ANY} where the configuration leaves it open.
    private record Layer(String name, String stored, List<Long> shape) {
        boolean fits(List<Long> other) {
            boolean fits = other.size() == shape.size();
            for (int i = 0; i < shape.size() && fits; i++) {
                fits = shape.get(i) == ANY || shape.get(i).equals(other.get(i));
            }
            return fits;
        }
    }

    /// What contradicts in a `.keras` archive (Keras 3, `saving_lib`): weights lie in
    /// `layers/CLASS/vars/0`, the second layer of a class in `CLASS_1`.
    static Optional<String> archive(Json model, List<Dataset> weights) {
        Map<String, List<Long>> shapes = new HashMap<>();
        for (Dataset dataset : weights) {
            String[] parts = parts(dataset.path());
            if (parts.length == 4
                    && LISTS.contains(parts[0])
                    && parts[2].equals("vars")
                    && parts[3].equals("0")) {
                shapes.put(parts[1], dataset.shape());
            }
        }
        int moved = 0;
        for (Layer layer : layers(model)) {
            List<Long> shape = shapes.get(layer.stored());
            if (shape == null || layer.fits(shape)) {
                continue;
            }
            if (moved++ > MOST_MOVED) {
                return Optional.empty();
            }
            if (!isElsewhere(layer, shapes)) {
                return Optional.of(says(layer, shape));
            }
        }
        return Optional.empty();
    }

    /// Whether another layer of the class has such a kernel: they may be stored in another order.
    private static boolean isElsewhere(Layer layer, Map<String, List<Long>> shapes) {
        String type = layer.stored().replaceFirst("_\\d+$", "");
        return shapes.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().replaceFirst("_\\d+$", "").equals(type)
                                && layer.fits(entry.getValue()));
    }

    /// What contradicts in an HDF5 file, where weights lie in folders called like their layers.
    static Optional<String> file(Json model, List<Dataset> weights) {
        Map<String, List<List<Long>>> shapes = new HashMap<>();
        for (Dataset dataset : weights) {
            String[] parts = parts(dataset.path());
            int first = parts[0].equals("model_weights") ? 1 : 0;
            if (parts.length > first + 1 && KERNELS.contains(parts[parts.length - 1])) {
                shapes.computeIfAbsent(parts[first], _ -> new ArrayList<>()).add(dataset.shape());
            }
        }
        for (Layer layer : layers(model)) {
            List<List<Long>> stored = shapes.getOrDefault(layer.name(), List.of());
            if (stored.size() == 1 && !layer.fits(stored.getFirst())) {
                return Optional.of(says(layer, stored.getFirst()));
            }
        }
        return Optional.empty();
    }

    private static String[] parts(String path) {
        return (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
    }

    private static String says(Layer layer, List<Long> shape) {
        return "The weights of the layer \""
                + Shown.text(layer.name())
                + "\" have the shape "
                + shape
                + ", and its settings say "
                + layer.shape().toString().replace("-1", "any");
    }

    private static List<Layer> layers(Json model) {
        List<Layer> layers = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        List<Json> all =
                model.get("config").map(config -> config.items("layers")).orElse(List.of());
        for (Json layer : all) {
            String type = layer.text("class_name").orElse("");
            String stored = type.toLowerCase(Locale.ROOT);
            int before = counts.merge(stored, 1, Integer::sum) - 1;
            Optional<Json> config = layer.get("config").filter(_ -> isOfKeras(layer));
            List<Long> shape = config.map(settings -> shape(type, settings)).orElse(List.of());
            if (!shape.isEmpty() && !isPacked(config.get())) {
                String name = config.get().text("name").orElse(type);
                layers.add(new Layer(name, before == 0 ? stored : stored + "_" + before, shape));
            }
        }
        return layers;
    }

    private static boolean isOfKeras(Json layer) {
        boolean isRegistered =
                layer.text("registered_name").filter(n -> n.contains(">")).isPresent();
        return !isRegistered && layer.text("module").orElse("keras").contains("keras");
    }

    /// Whether the numbers are stored in fewer bits, which changes shapes.
    private static boolean isPacked(Json config) {
        Json type = config.get("dtype").orElse(new Json.Null());
        String name =
                type instanceof Json.Text text ? text.value() : type.text("class_name").orElse("");
        return name.startsWith("Quantized")
                || name.startsWith("int")
                || config.text("quantization_mode").isPresent();
    }

    private static List<Long> shape(String type, Json config) {
        List<Long> shape = new ArrayList<>();
        switch (type) {
            case "Dense" -> {
                shape.add(ANY);
                shape.add(number(config.get("units")));
            }
            case "Embedding" -> {
                shape.add(number(config.get("input_dim")));
                shape.add(number(config.get("output_dim")));
            }
            default -> {
                List<Json> sizes = config.items("kernel_size");
                if (sizes.size() == CONVOLUTIONS.getOrDefault(type, -1)) {
                    sizes.forEach(size -> shape.add(number(Optional.of(size))));
                    shape.add(ANY);
                    shape.add(number(config.get("filters")));
                }
            }
        }
        return shape;
    }

    private static long number(Optional<Json> value) {
        return value.filter(Json.Numeral.class::isInstance)
                .flatMap(number -> ((Json.Numeral) number).whole())
                .filter(size -> size >= 0)
                .orElse(ANY);
    }
}
