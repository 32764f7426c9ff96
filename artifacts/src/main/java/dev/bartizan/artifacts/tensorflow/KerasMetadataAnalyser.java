package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.keras.KerasConfig;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.util.Optional;

/// `keras_metadata.pb` of a SavedModel (tensorflow, `keras/protobuf/saved_metadata.proto`): the
/// configuration of every layer, from which Keras rebuilds them, Lambda layers too.
public final class KerasMetadataAnalyser implements FormatAnalyser {
    private static final int METADATA = 5;

    /// Made for the list of formats.
    public KerasMetadataAnalyser() {}

    @Override
    public String format() {
        return "keras-metadata";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        if (!item.bytes().has(0, (byte) 0x0a)) {
            return false;
        }
        Wire start = Wire.start(item.bytes());
        return isMetadata(start) && (isNamed(item) || isWhole(item.bytes()));
    }

    private static boolean isNamed(Item item) {
        return item.name().equals("keras_metadata.pb");
    }

    private static boolean isWhole(ByteSource bytes) throws IOException {
        try {
            Wire.read(bytes);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    /// Whether a message holds configurations and nothing else.
    static boolean isMetadata(Wire top) throws IOException {
        if (top.fields().isEmpty()
                || !top.fields().stream()
                        .allMatch(field -> field.number() == 1 && field.isBytes())) {
            return false;
        }
        try {
            ByteSource first = top.fields().getFirst().bytes();
            return Wire.read(first).text(METADATA).startsWith("{");
        } catch (FormatException e) {
            return false;
        }
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Optional<FormatException> broken = Optional.empty();
        for (Field node : Wire.start(item.bytes()).fields()) {
            try {
                layer(Wire.read(node.bytes()).text(METADATA), notes);
            } catch (FormatException e) {
                broken =
                        broken.or(() ->
                                Optional.of(
                                        FormatException.broken(
                                                node.offset(),
                                                "The metadata of a layer are broken: "
                                                        + e.what())));
            }
        }
        notes.coverAll();
        if (broken.isPresent()) {
            throw broken.get();
        }
        Wire.read(item.bytes()); // which throws where it breaks
    }

    private static void layer(String metadata, Notes notes) throws FormatException {
        if (!metadata.isEmpty()) {
            KerasConfig.look(
                    JsonReader.read(metadata, JsonLimits.forHeap()).value(),
                    KerasConfig.Container.HDF5,
                    notes);
        }
    }
}
