package dev.bartizan.tensors.text;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `config.json` of a classifier says (the keys that Transformers writes).
///
/// @param labels names of the classes by their index; empty when it names none
/// @param reading how scores become probabilities; empty when it does not say
/// @param maxTokens most tokens of one window, marks around it included
/// @param padding number of the token that fills up
record ClassifierConfig(
        List<String> labels, Optional<Reading> reading, int maxTokens, long padding) {
    private static final int MOST_LABELS = 1_000;
    private static final int USUAL_WINDOW = 512;
    private static final int LEAST_WINDOW = 8;
    private static final JsonLimits LIMITS = new JsonLimits(4 << 20, 40, 100_000, 40);

    /// How scores become probabilities.
    enum Reading {
        /// One class of several: they add up to one.
        SOFTMAX,
        /// Each class for itself.
        SIGMOID
    }

    ClassifierConfig {
        labels = List.copyOf(labels);
    }

    /// Reads `config.json`.
    ///
    /// @throws UserError when it cannot be used
    static ClassifierConfig of(byte[] json, String place) {
        Json root;
        try {
            root = JsonReader.read(json, LIMITS).value();
        } catch (FormatException e) {
            throw new UserError(
                    "The configuration of the classifier cannot be read: " + e.getMessage(),
                    place,
                    "Save it again with save_pretrained.",
                    e);
        }
        long padding = Math.clamp(whole(root, "pad_token_id").orElse(0L), 0, 1 << 24);
        return new ClassifierConfig(
                labels(root, place), reading(root, place), window(root, padding), padding);
    }

    private static int window(Json root, long padding) {
        long positions = whole(root, "max_position_embeddings").orElse((long) USUAL_WINDOW);
        boolean countsFromPadding =
                root.text("model_type")
                        .filter(type -> type.contains("roberta") || type.equals("camembert"))
                        .isPresent();
        long usable = countsFromPadding ? positions - padding - 1 : positions;
        return Math.clamp(usable, LEAST_WINDOW, USUAL_WINDOW);
    }

    private static Optional<Long> whole(Json root, String key) {
        return root.get(key)
                .flatMap(value -> value instanceof Json.Numeral n ? n.whole() : Optional.empty());
    }

    private static Optional<Reading> reading(Json root, String place) {
        Optional<String> type = root.text("problem_type");
        return type.map(word ->
                switch (word) {
                    case "single_label_classification" -> Reading.SOFTMAX;
                    case "multi_label_classification" -> Reading.SIGMOID;
                    default ->
                            throw new UserError(
                                    "The classifier's problem_type is \"" + word + "\"",
                                    place,
                                    "Known: single_label_classification,"
                                            + " multi_label_classification.");
                });
    }

    private static List<String> labels(Json root, String place) {
        if (!(root.get("id2label").orElse(new Json.Null()) instanceof Json.Members map)) {
            return List.of();
        }
        int size = map.members().size();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < Math.min(size, MOST_LABELS + 1); i++) {
            String label = map.text(Integer.toString(i)).orElse("");
            if (label.isBlank() || label.length() > 200 || i == MOST_LABELS) {
                throw new UserError(
                        "The classifier's id2label does not name the classes 0 to " + (size - 1),
                        place,
                        "Give each of at most "
                                + MOST_LABELS
                                + " classes a name of at most 200 characters.");
            }
            labels.add(label);
        }
        return labels;
    }
}
