package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.keras.KerasConfig;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;

/// The objects of a SavedModel (tensorflow, `core/protobuf/saved_object_graph.proto`). Keras kept
/// the configuration of its layers in their metadata before `keras_metadata.pb`, and still reads it
/// there when that file is missing.
final class ObjectGraph {
    private static final Rule BROKEN =
            Rule.structure(
                    "tensorflow-graph-structure", "Have the model exported again.", "CWE-20");
    private static final int USER_OBJECT = 4;
    private static final int METADATA = 3;

    private final Notes notes;

    ObjectGraph(Notes notes) {
        this.notes = notes;
    }

    /// Looks at every object.
    void look(Wire graph) throws IOException, FormatException {
        for (Field node : graph.all(1)) {
            for (Field object : Wire.read(node.bytes()).all(USER_OBJECT)) {
                Wire user = Wire.read(object.bytes());
                for (Field metadata : user.all(METADATA)) {
                    metadata(user.text(1), metadata);
                }
            }
        }
    }

    private void metadata(String identifier, Field field) throws IOException {
        boolean isKeras = identifier.startsWith("_tf_keras");
        String text = field.isBytes() ? field.text() : "";
        if (text.isBlank() || (!isKeras && !text.startsWith("{"))) {
            return;
        }
        try {
            KerasConfig.look(
                    JsonReader.read(text, JsonLimits.forHeap()).value(),
                    KerasConfig.Container.HDF5,
                    notes);
        } catch (FormatException e) {
            if (isKeras || text.contains("\"class_name\"")) {
                notes.broken(
                        BROKEN,
                        Severity.LOW,
                        0,
                        "The metadata of an object \""
                                + Shown.text(identifier)
                                + "\" are broken: "
                                + e.what());
            }
        }
    }
}
