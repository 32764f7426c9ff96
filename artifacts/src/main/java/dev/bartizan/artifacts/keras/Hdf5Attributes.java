package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Attribute;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Attributes of HDF5 objects: configurations of Keras, pickles (PyTables unpickles attributes when
/// they are read), programs in descriptions.
final class Hdf5Attributes {
    private static final Set<String> CONFIGURATIONS = Set.of("model_config", "training_config");
    private static final Rule UNPICKLED =
            Rule.code(
                    "hdf5-pytables-objects",
                    "Do not open it with PyTables; it unpickles the objects.",
                    "CWE-502");
    private static final int SHORTEST_PICKLE = 4;

    private final KerasConfig.Container container;
    private final boolean isKeras;
    private final long start;
    private final Notes notes;
    private final Set<String> documents = new HashSet<>();
    private Optional<Json> model = Optional.empty();

    /// @param isKeras whether the file says that Keras wrote it
    Hdf5Attributes(KerasConfig.Container container, boolean isKeras, long start, Notes notes) {
        this.container = container;
        this.isKeras = isKeras;
        this.start = start;
        this.notes = notes;
    }

    /// The documents that were looked at.
    Set<String> documents() {
        return documents;
    }

    /// The configuration of the model, when one can be read.
    Optional<Json> model() {
        return model;
    }

    void look(Attribute attribute) throws IOException {
        for (byte[] value : attribute.values()) {
            String text = text(value);
            if (CONFIGURATIONS.contains(attribute.name())
                    || text.startsWith("{")
                    || text.startsWith("[")) {
                document(attribute, text);
            } else if (isPickle(attribute, value)) {
                notes.member(
                        attribute.owner() + "@" + attribute.name(), ByteSource.of(value), 0, 0);
            } else {
                plain(attribute, text);
            }
        }
    }

    /// Fixed texts are filled with zero bytes.
    private static String text(byte[] value) {
        int end = value.length;
        while (end > 0 && value[end - 1] == 0) {
            end--;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8).strip();
    }

    private void document(Attribute attribute, String text) {
        try {
            Json json = JsonReader.read(text, JsonLimits.forHeap()).value();
            documents.add(text);
            KerasConfig.look(json, container, notes);
            shape(attribute, json);
            if (attribute.name().equals("model_config")) {
                model = Optional.of(json);
            }
        } catch (FormatException e) {
            if (CONFIGURATIONS.contains(attribute.name())) {
                notes.broken(
                        Hdf5Analyser.BROKEN,
                        Severity.MEDIUM,
                        start + attribute.offset(),
                        "The configuration \"" + attribute.name() + "\" is broken: " + e.what());
            }
        }
    }

    /// Files of others may have attributes of the same names.
    private void shape(Attribute attribute, Json json) {
        Optional<String> wrong =
                switch (attribute.name()) {
                    case "model_config" -> KerasShape.model(json);
                    case "training_config" -> KerasShape.training(json);
                    default -> Optional.empty();
                };
        if (isKeras || json.get("class_name").isPresent()) {
            wrong.ifPresent(what ->
                    notes.broken(
                            Hdf5Analyser.BROKEN,
                            Severity.LOW,
                            start + attribute.offset(),
                            Shown.text(what)));
        }
    }

    private static boolean isPickle(Attribute attribute, byte[] value) throws IOException {
        if (value.length < SHORTEST_PICKLE) {
            return false;
        }
        Item item =
                new Item(
                        attribute.name(), ByteSource.of(value), Optional.empty(), 1, Item.Role.ANY);
        return new PickleAnalyser().recognises(item);
    }

    private void plain(Attribute attribute, String text) throws IOException {
        String place = notes.item().path() + "#" + attribute.owner() + "@" + attribute.name();
        if (attribute.name().equals("PSEUDOATOM") && text.equals("object")) {
            notes.findingAt(
                    UNPICKLED,
                    Severity.MEDIUM,
                    place,
                    "The list \""
                            + Shown.text(attribute.owner())
                            + "\" holds objects that PyTables unpickles");
        }
        MetadataText.look(
                "attribute \"" + Shown.text(attribute.name()) + "\"", Severity.MEDIUM, text, notes);
    }
}
