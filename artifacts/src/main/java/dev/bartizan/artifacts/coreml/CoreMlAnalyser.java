package dev.bartizan.artifacts.coreml;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Core ML models (apple/coremltools, `mlmodel/format/Model.proto`): custom layers and custom
/// models, which need a class of the app; linked models and weight files that lie elsewhere;
/// programs in texts.
public final class CoreMlAnalyser implements FormatAnalyser {
    private static final int SPECIFICATION = 1;
    private static final int DESCRIPTION = 2;
    private static final int FIRST_KIND = 200;
    private static final int LAST_KIND = 3_000;
    private static final Set<Integer> PIPELINES = Set.of(200, 201, 202);
    private static final Set<Integer> NETWORKS = Set.of(303, 403, 500);
    private static final int CUSTOM_MODEL = 555;
    private static final int LINKED_MODEL = 556;
    private static final int CUSTOM_LAYER = 500;
    private static final int DEEPEST = 24;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int MOST_FIELDS = 2_000_000;

    private static final Rule CUSTOM =
            Rule.code(
                    "coreml-custom-code",
                    "Find out which class of the app runs it, and trust it like any code.",
                    "CWE-829");
    private static final Rule LINKED =
            new Rule(
                    "coreml-reads-other-files",
                    "Do not load it; loading reads a model or weights from elsewhere.",
                    java.util.List.of("CWE-22", "CWE-829"),
                    java.util.List.of(Rule.UNSAFE_ARTIFACT));

    /// Made for the list of formats.
    public CoreMlAnalyser() {}

    @Override
    public String format() {
        return "coreml";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        if (!item.bytes().has(0, (byte) 8) || item.bytes().size() < 4) {
            return false;
        }
        try {
            Wire model = Wire.read(item.bytes());
            long version = model.last(SPECIFICATION).map(Field::value).orElse(0L);
            return version > 0
                    && version < 100
                    && model.fields().stream().allMatch(CoreMlAnalyser::isOfModel)
                    && model.fields().stream()
                            .anyMatch(field -> field.number() >= FIRST_KIND && field.isBytes());
        } catch (FormatException e) {
            return false;
        }
    }

    private static boolean isOfModel(Field field) {
        return switch (field.number()) {
            case SPECIFICATION, 10 -> !field.isBytes();
            case DESCRIPTION -> field.isBytes();
            default ->
                    field.number() >= FIRST_KIND && field.number() <= LAST_KIND && field.isBytes();
        };
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Walk walk = new Walk(notes);
        walk.model(Wire.read(item.bytes()), 0);
        walk.texts(item.bytes(), 0, 0);
        notes.coverAll();
    }

    private static final class Walk {
        private final Notes notes;
        private int fields;
        private int reported;

        Walk(Notes notes) {
            this.notes = notes;
        }

        void model(Wire model, int depth) throws IOException, FormatException {
            for (Field field : model.fields()) {
                if (!field.isBytes() || depth > DEEPEST) {
                    continue;
                }
                if (PIPELINES.contains(field.number())) {
                    pipeline(field, depth);
                } else if (NETWORKS.contains(field.number())) {
                    network(Wire.read(field.bytes()));
                } else if (field.number() == CUSTOM_MODEL) {
                    custom("model", Wire.read(field.bytes()).text(10), field.offset());
                } else if (field.number() == LINKED_MODEL) {
                    linked(field);
                }
            }
        }

        /// `Pipeline.models`, wrapped once more in classifiers and regressors.
        private void pipeline(Field field, int depth) throws IOException, FormatException {
            Wire pipeline = Wire.read(field.bytes());
            for (Field part : pipeline.all(1)) {
                Wire inner = Wire.read(part.bytes());
                if (inner.last(SPECIFICATION).filter(spec -> !spec.isBytes()).isPresent()) {
                    model(inner, depth + 1);
                } else {
                    for (Field one : inner.all(1)) {
                        model(Wire.read(one.bytes()), depth + 1);
                    }
                }
            }
        }

        private void network(Wire network) throws IOException, FormatException {
            for (Field layer : network.all(1)) {
                Wire wire = Wire.read(layer.bytes());
                for (Field custom : wire.all(CUSTOM_LAYER)) {
                    custom(
                            "layer \"" + Shown.text(wire.text(1)) + "\"",
                            Wire.read(custom.bytes()).text(10),
                            layer.offset());
                }
            }
        }

        private void custom(String what, String type, long offset) {
            notes.finding(
                    CUSTOM,
                    Severity.MEDIUM,
                    offset,
                    "The " + what + " is run by the class \"" + Shown.text(type) + "\" of the app");
        }

        /// `LinkedModel.linkedModelFile`: a name and a search path, each a parameter with a
        /// default.
        private void linked(Field field) throws IOException, FormatException {
            for (Field file : Wire.read(field.bytes()).all(1)) {
                Wire wire = Wire.read(file.bytes());
                String name = parameter(wire, 1);
                String path = parameter(wire, 2);
                boolean escapes = NamedPaths.isOutside(name) || NamedPaths.isOutside(path);
                notes.finding(
                        LINKED,
                        escapes ? Severity.HIGH : Severity.MEDIUM,
                        field.offset(),
                        "The model is another file: \""
                                + Shown.text(name)
                                + "\""
                                + (path.isEmpty()
                                        ? ""
                                        : ", looked for in \"" + Shown.text(path) + "\""));
            }
        }

        private static String parameter(Wire wire, int number) throws IOException, FormatException {
            return wire.last(number).isPresent()
                    ? Wire.read(wire.last(number).get().bytes()).text(1)
                    : "";
        }

        /// Every text of the document, wherever it stands.
        void texts(ByteSource message, long offset, int depth) throws IOException {
            if (depth > DEEPEST || fields > MOST_FIELDS) {
                return;
            }
            Wire wire;
            try {
                wire = Wire.read(message);
            } catch (FormatException e) {
                return;
            }
            for (Field field : wire.fields()) {
                fields++;
                if (!field.isBytes() || field.value() < 6) {
                    continue;
                }
                long at = offset + field.offset();
                if (field.value() <= LONGEST_TEXT && isText(field.bytes())) {
                    text(field.text(), at);
                } else {
                    texts(field.bytes(), at, depth + 1);
                }
            }
        }

        private static boolean isText(ByteSource bytes) throws IOException {
            try {
                String text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(
                                        java.nio.ByteBuffer.wrap(
                                                bytes.bytes(0, (int) bytes.size())))
                                .toString();
                return text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r');
            } catch (CharacterCodingException e) {
                return false;
            }
        }

        private void text(String text, long at) throws IOException {
            if (reported > 20) {
                return;
            }
            MetadataText.look("text at " + at, Severity.HIGH, text, notes);
            boolean isWeightFile = text.startsWith("@model_path/");
            if (isWeightFile && ("/" + text.replace('\\', '/') + "/").contains("/../")) {
                reported++;
                notes.finding(
                        LINKED,
                        Severity.HIGH,
                        at,
                        "Weights are read from outside the package: \"" + Shown.text(text) + "\"");
            }
        }
    }
}
