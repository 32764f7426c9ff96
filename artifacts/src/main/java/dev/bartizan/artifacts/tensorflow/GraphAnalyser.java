package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TensorFlow graphs: `saved_model.pb`, MetaGraph (`.meta`) and frozen GraphDef (tensorflow,
/// `core/protobuf/{saved_model,meta_graph}.proto`,
/// `core/framework/{graph,node_def,function}.proto`). Operators that touch files, the network or
/// Python run when the graph runs, those of the function library too.
public final class GraphAnalyser implements FormatAnalyser {
    private static final Rule REACHES =
            Rule.code(
                    "tensorflow-operator-reaches-out",
                    "Do not run the graph; have it exported without this operator.",
                    "CWE-94",
                    "CWE-73");
    private static final int SHORTEST_TEXT = 6;
    private static final int LONGEST_TEXT = 1 << 16;

    /// Made for the list of formats.
    public GraphAnalyser() {}

    @Override
    public String format() {
        return "tensorflow-graph";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        byte[] head = item.head(1);
        boolean isClaimed = item.hasEnding(".pb", ".meta", ".graphdef");
        boolean mayBe = head.length == 1 && (head[0] == 0x0a || head[0] == 0x08 || head[0] == 0x12);
        if ((!isClaimed && !mayBe) || item.bytes().size() == 0) {
            return false;
        }
        try {
            Wire top = Wire.read(item.bytes());
            return isSavedModel(top)
                    || isMetaGraph(top)
                    || isGraph(top)
                    || (isClaimed && !KerasMetadataAnalyser.isMetadata(top));
        } catch (FormatException e) {
            return isClaimed;
        }
    }

    private static boolean isSavedModel(Wire top) throws IOException {
        return top.fields().stream().allMatch(field -> field.number() <= 2)
                && !top.all(2).isEmpty()
                && top.all(2).getFirst().isBytes()
                && meta(top.all(2).getFirst().bytes());
    }

    private static boolean meta(ByteSource bytes) throws IOException {
        try {
            return isMetaGraph(Wire.read(bytes));
        } catch (FormatException e) {
            return false;
        }
    }

    private static boolean isMetaGraph(Wire meta) throws IOException {
        return meta.fields().stream().allMatch(field -> field.number() <= 7)
                && meta.all(2).stream().anyMatch(field -> field.isBytes() && graph(field.bytes()));
    }

    private static boolean graph(ByteSource bytes) {
        try {
            return isGraph(Wire.read(bytes));
        } catch (FormatException | IOException e) {
            return false;
        }
    }

    /// A graph has nodes, and the first of them has a name and an operator.
    private static boolean isGraph(Wire graph) throws IOException {
        if (graph.all(1).isEmpty()
                || !graph.all(1).getFirst().isBytes()
                || graph.fields().stream().anyMatch(field -> field.number() > 10)) {
            return false;
        }
        try {
            Wire node = Wire.read(graph.all(1).getFirst().bytes());
            return node.text(2).matches("[A-Za-z_>][\\w>.]*")
                    && node.text(1).matches("[\\w./\\\\>-]+")
                    && node.fields().stream().allMatch(field -> field.number() <= 7);
        } catch (FormatException e) {
            return false;
        }
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Wire top = Wire.read(item.bytes());
        Walk walk = new Walk(notes, new HashSet<>());
        if (isSavedModel(top)) {
            for (Field meta : top.all(2)) {
                walk.meta(Wire.read(meta.bytes()));
            }
        } else if (isMetaGraph(top)) {
            walk.meta(top);
        } else if (isGraph(top)) {
            walk.graph(top);
        } else {
            throw FormatException.unsupported(0, "The protocol buffer is no TensorFlow graph");
        }
        notes.coverAll();
    }

    private record Walk(Notes notes, Set<String> seen) {
        void meta(Wire meta) throws IOException, FormatException {
            for (Field graph : meta.all(2)) {
                graph(Wire.read(graph.bytes()));
            }
            for (Field asset : meta.all(6)) {
                asset(Wire.read(asset.bytes()).text(2));
            }
        }

        /// Assets lie in the folder `assets` of the model.
        private void asset(String file) {
            if (NamedPaths.isOutside(file)) {
                notes.findingAt(
                        TextRules.PATH,
                        Severity.HIGH,
                        notes.item().path() + "#assets",
                        "An asset lies outside the model's folder: \"" + Shown.text(file) + "\"");
            }
        }

        void graph(Wire graph) throws IOException, FormatException {
            nodes(graph.all(1));
            for (Field library : graph.all(2)) {
                for (Field function : Wire.read(library.bytes()).all(1)) {
                    nodes(Wire.read(function.bytes()).all(3));
                }
            }
        }

        private void nodes(List<Field> nodes) throws IOException, FormatException {
            WrittenPlaces written = new WrittenPlaces();
            for (Field field : nodes) {
                Wire node = Wire.read(field.bytes());
                node(node);
                written.take(node);
            }
            for (String place : written.all()) {
                if (NamedPaths.isOutside(place) && !place.startsWith("/tmp/")) {
                    notes.findingAt(
                            TextRules.PATH,
                            Severity.MEDIUM,
                            notes.item().path() + "#written",
                            "The graph writes to a fixed place outside the model's folder: \""
                                    + Shown.text(place)
                                    + "\"");
                }
            }
        }

        private void node(Wire node) throws IOException, FormatException {
            String operator = node.text(2);
            Optional<Severity> severity = GraphOperators.severity(operator);
            if (severity.isPresent() && seen.add(operator)) {
                notes.findingAt(
                        REACHES,
                        severity.get(),
                        notes.item().path() + "#" + Shown.text(node.text(1)),
                        "The graph has the operator "
                                + operator
                                + ", which reaches outside the model");
            }
            for (Field attribute : node.all(5)) {
                Wire entry = Wire.read(attribute.bytes());
                for (Field value : entry.all(2)) {
                    attribute(node, entry.text(1), Wire.read(value.bytes()));
                }
            }
        }

        /// Texts among the attributes: `s`, `list.s`, `tensor.string_val` (attr_value.proto,
        /// tensor.proto).
        private void attribute(Wire node, String name, Wire value)
                throws IOException, FormatException {
            for (Field text : value.all(2)) {
                text(node, name, text);
            }
            for (Field list : value.all(1)) {
                for (Field text : Wire.read(list.bytes()).all(2)) {
                    text(node, name, text);
                }
            }
            for (Field tensor : value.all(8)) {
                for (Field text : Wire.read(tensor.bytes()).all(8)) {
                    text(node, name, text);
                }
            }
        }

        private void text(Wire node, String name, Field text) throws IOException {
            if (!text.isBytes() || text.value() < SHORTEST_TEXT || text.value() > LONGEST_TEXT) {
                return;
            }
            if (name.equals("output_stream") && text.text().startsWith("file:")) {
                notes.findingAt(
                        REACHES,
                        Severity.HIGH,
                        notes.item().path() + "#" + Shown.text(node.text(1)),
                        "The operator prints into a file: " + Shown.text(text.text()));
            }
            String what =
                    "attribute \""
                            + Shown.text(name)
                            + "\" of \""
                            + Shown.text(node.text(1))
                            + "\"";
            MetadataText.look(what, Severity.HIGH, text.text(), notes);
        }
    }
}
