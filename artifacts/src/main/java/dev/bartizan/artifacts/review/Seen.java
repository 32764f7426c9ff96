package dev.bartizan.artifacts.review;

import dev.bartizan.core.Spot;
import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.core.facts.ModelFacts;
import dev.bartizan.core.facts.PrivateText;
import java.util.List;

/// What is seen in one file of a model.
///
/// @param file its path as reports show it
/// @param facts collects what all files of the model tell
record Seen(String file, ModelFacts facts) {
    private static final int SMALLEST_VOCABULARY = 32;

    void field(ModelFact name, String value, String field) {
        facts.add(name, value, new Spot(file, Spot.Part.FIELD, field));
    }

    void tensor(ModelFact name, String value, String tensor) {
        facts.add(name, value, new Spot(file, Spot.Part.TENSOR, tensor));
    }

    void node(ModelFact name, String value, String node) {
        facts.add(name, value, new Spot(file, Spot.Part.NODE, node));
    }

    /// A list of the words that a model knows.
    void vocabulary(List<String> entries, String field) {
        if (entries.size() >= SMALLEST_VOCABULARY) {
            field(ModelFact.VOCABULARY, entries.size() + " entries", field);
        }
        for (int i = 0; i < entries.size(); i++) {
            String where = field + "[" + i + "]";
            PrivateText.kindOfEntry(entries.get(i))
                    .ifPresent(kind -> field(ModelFact.PRIVATE_TEXT, kind, where));
        }
    }

    /// A text that describes the model.
    void metadata(String key, String value) {
        PrivateText.kind(value).ifPresent(kind -> field(ModelFact.PRIVATE_TEXT, kind, key));
    }
}
