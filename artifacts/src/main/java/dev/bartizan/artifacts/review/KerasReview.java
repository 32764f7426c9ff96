package dev.bartizan.artifacts.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the layers of a Keras configuration tell. Nested models are walked.
final class KerasReview {
    private static final int DEEPEST = 60;
    private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
    private static final Map<String, String> PREPARES =
            Map.ofEntries(
                    Map.entry("Normalization", "normalises"),
                    Map.entry("Rescaling", "normalises"),
                    Map.entry("Resizing", "resizes"),
                    Map.entry("CenterCrop", "resizes"),
                    Map.entry("StringLookup", "encodes"),
                    Map.entry("IntegerLookup", "encodes"),
                    Map.entry("CategoryEncoding", "encodes"),
                    Map.entry("Hashing", "encodes"),
                    Map.entry("HashedCrossing", "encodes"),
                    Map.entry("Discretization", "encodes"),
                    Map.entry("TextVectorization", "tokenises"),
                    Map.entry("MelSpectrogram", "decodes"),
                    Map.entry("STFTSpectrogram", "decodes"));
    private static final Set<String> COMPUTES =
            Set.of("Dense", "Conv1D", "Conv2D", "Conv3D", "LSTM", "GRU", "DepthwiseConv2D");
    private static final Map<String, String> OUTPUTS =
            Map.of(
                    "softmax", "probabilities",
                    "sigmoid", "probabilities",
                    "log_softmax", "log-probabilities",
                    "linear", "logits");

    private final Seen seen;

    KerasReview(Seen seen) {
        this.seen = seen;
    }

    void review(Json root) {
        List<Json.Members> layers = new ArrayList<>();
        collect(root, layers, 0);
        layers.forEach(this::look);
        layers.stream()
                .filter(layer -> !type(layer).equals("InputLayer"))
                .findFirst()
                .filter(first -> COMPUTES.contains(type(first)))
                .ifPresent(first -> seen.node(ModelFact.PREPROCESSING, "absent", name(first)));
        if (!layers.isEmpty()) {
            output(layers.getLast());
        }
        exits(root, layers);
    }

    private static void collect(Json json, List<Json.Members> layers, int depth) {
        if (depth > DEEPEST || !(json instanceof Json.Members object)) {
            return;
        }
        boolean isModel =
                MODELS.contains(type(object)) || !config(object).items("layers").isEmpty();
        if (isModel) {
            config(object).items("layers").forEach(layer -> collect(layer, layers, depth + 1));
        } else if (!type(object).isEmpty()) {
            layers.add(object);
        }
    }

    private static String type(Json object) {
        String type = object.text("class_name").orElse("");
        return type.substring(type.indexOf('>') + 1);
    }

    private static Json config(Json object) {
        return object.get("config").orElse(new Json.Null());
    }

    private static String name(Json layer) {
        return config(layer).text("name").or(() -> layer.text("name")).orElse(type(layer));
    }

    private void look(Json.Members layer) {
        String type = type(layer);
        Json config = config(layer);
        if (type.equals("Lambda")) {
            seen.node(ModelFact.CUSTOM_CODE, "Lambda", name(layer));
        }
        Optional<String> registered =
                layer.text("registered_name")
                        .filter(name -> name.contains(">"))
                        .or(() -> layer.text("class_name").filter(name -> name.contains(">")));
        registered.ifPresent(name -> seen.node(ModelFact.CUSTOM_OPERATOR, name, name(layer)));
        Optional.ofNullable(PREPARES.get(type))
                .ifPresent(step -> seen.node(ModelFact.PREPROCESSING, step, name(layer)));
        List<String> vocabulary = texts(config.items("vocabulary"));
        seen.vocabulary(vocabulary, name(layer) + ".vocabulary");
        if (type.equals("Embedding")) {
            String rows = number(config, "input_dim");
            seen.node(
                    ModelFact.EMBEDDING, rows + " x " + number(config, "output_dim"), name(layer));
        }
        if (config.get("dtype")
                .flatMap(dtype -> dtype.text("class_name"))
                .orElse("")
                .startsWith("Quantized")) {
            seen.node(ModelFact.QUANTISED, "quantised layer", name(layer));
        }
    }

    private void output(Json layer) {
        String type = type(layer);
        String activation =
                type.equals("Softmax")
                        ? "softmax"
                        : config(layer)
                                .text("activation")
                                .orElse(type.equals("Dense") ? "linear" : "");
        String kind = OUTPUTS.getOrDefault(activation, "");
        boolean isScore = kind.equals("logits") && number(config(layer), "units").equals("1");
        if (!kind.isEmpty()) {
            seen.node(ModelFact.OUTPUT, isScore ? "scores" : kind, name(layer));
        }
    }

    /// Outputs of a functional model beside the one of its last layer.
    private void exits(Json root, List<Json.Members> layers) {
        List<Json> outputs = config(root).items("output_layers");
        if (outputs.size() < 2 || !(outputs.getFirst() instanceof Json.Items)) {
            return;
        }
        for (Json output : outputs) {
            if (output instanceof Json.Items items
                    && !items.items().isEmpty()
                    && items.items().getFirst() instanceof Json.Text(String name)) {
                boolean isLast = !layers.isEmpty() && name(layers.getLast()).equals(name);
                layers.stream()
                        .filter(layer -> !isLast && name(layer).equals(name))
                        .findFirst()
                        .ifPresent(layer -> exit(layer, name));
            }
        }
    }

    private void exit(Json layer, String name) {
        boolean decides =
                type(layer).equals("Dense")
                        && Set.of("softmax", "sigmoid", "linear")
                                .contains(config(layer).text("activation").orElse("linear"));
        seen.node(decides ? ModelFact.EARLY_EXIT : ModelFact.INNER_OUTPUT, name, name);
    }

    private static List<String> texts(List<Json> items) {
        return items.stream()
                .filter(Json.Text.class::isInstance)
                .map(text -> ((Json.Text) text).value())
                .toList();
    }

    private static String number(Json config, String key) {
        return config.get(key)
                .filter(Json.Numeral.class::isInstance)
                .map(number -> ((Json.Numeral) number).written())
                .orElse("?");
    }
}
