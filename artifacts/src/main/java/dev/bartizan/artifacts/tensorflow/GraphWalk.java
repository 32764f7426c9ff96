package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stands in a graph and around it: nodes, the function library, assets, collections and the
/// objects that a SavedModel is rebuilt from.
final class GraphWalk {
    private static final Rule REACHES =
            Rule.code(
                    "tensorflow-operator-reaches-out",
                    "Do not run the graph; have it exported without this operator.",
                    "CWE-94",
                    "CWE-73");
    private static final Rule CUSTOM =
            Rule.code(
                    "tensorflow-custom-operator",
                    "Find out which library brings this operator, and trust it like any code.",
                    "CWE-829");
    private static final int SHORTEST_TEXT = 6;
    private static final int MOST_CUSTOM = 20;

    private final Notes notes;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    private int custom;

    GraphWalk(Notes notes) {
        this.notes = notes;
    }

    /// A MetaGraph (meta_graph.proto).
    void meta(Wire meta) throws IOException, FormatException {
        for (Field graph : meta.all(2)) {
            graph(Wire.read(graph.bytes()));
        }
        for (Field collection : meta.all(4)) {
            collection(Wire.read(collection.bytes()));
        }
        for (Field asset : meta.all(6)) {
            asset(Wire.read(asset.bytes()).text(2));
        }
        for (Field objects : meta.all(7)) {
            new ObjectGraph(notes).look(Wire.read(objects.bytes()));
        }
    }

    /// Texts of a collection, as names of nodes or as bytes.
    private void collection(Wire entry) throws IOException, FormatException {
        for (Field collection : entry.all(2)) {
            for (Field list : Wire.read(collection.bytes()).fields()) {
                if (!list.isBytes() || list.number() > 2) {
                    continue;
                }
                for (Field text : Wire.read(list.bytes()).all(1)) {
                    if (text.isBytes() && text.value() >= SHORTEST_TEXT) {
                        String what = "collection \"" + Shown.text(entry.text(1)) + "\"";
                        MetadataText.look(what, Severity.MEDIUM, text.text(), notes);
                    }
                }
            }
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

    /// A graph (graph.proto, function.proto).
    void graph(Wire graph) throws IOException, FormatException {
        for (Field library : graph.all(2)) {
            for (Field function : Wire.read(library.bytes()).all(1)) {
                for (Field signature : Wire.read(function.bytes()).all(1)) {
                    functions.add(Wire.read(signature.bytes()).text(1));
                }
            }
        }
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
        if (!written.isSaving()) {
            written.merging().ifPresent(node -> operator("MergeV2Checkpoints", node));
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
        if (!operator.equals("MergeV2Checkpoints")) {
            operator(operator, node.text(1));
        }
        for (Field attribute : node.all(5)) {
            Wire entry = Wire.read(attribute.bytes());
            for (Field value : entry.all(2)) {
                attribute(node, entry.text(1), Wire.read(value.bytes()));
            }
        }
    }

    private void operator(String operator, String node) {
        Optional<Severity> severity = GraphOperators.severity(operator);
        OperatorLists.Origin origin =
                functions.contains(operator)
                        ? OperatorLists.Origin.TENSORFLOW
                        : OperatorLists.origin(operator);
        boolean isTold = severity.isPresent() || origin != OperatorLists.Origin.TENSORFLOW;
        if (!isTold || seen.contains(operator)) {
            return;
        }
        if (severity.isPresent()) {
            seen.add(operator);
            note(
                    REACHES,
                    severity.get(),
                    node,
                    "The graph has the operator " + operator + ", which reaches outside the model");
        } else if (custom++ < MOST_CUSTOM) {
            seen.add(operator);
            foreign(operator, origin, node);
        }
    }

    /// TensorFlow refuses such a graph until a library brings the operator. What that would do
    /// nobody can tell from here.
    private void foreign(String operator, OperatorLists.Origin origin, String node) {
        String shown = Shown.text(operator);
        note(
                CUSTOM,
                Severity.LOW,
                node,
                "The operator \""
                        + shown
                        + "\" does not come with TensorFlow; running the graph needs code from"
                        + " elsewhere");
        if (origin == OperatorLists.Origin.ELSEWHERE) {
            notes.notCovered("the code of the operator \"" + shown + "\", which lies elsewhere");
        }
    }

    private void note(Rule rule, Severity severity, String node, String message) {
        notes.findingAt(rule, severity, notes.item().path() + "#" + Shown.text(node), message);
    }

    /// Texts among the attributes: `s`, `list.s`, `tensor.string_val` (attr_value.proto,
    /// tensor.proto).
    private void attribute(Wire node, String name, Wire value) throws IOException, FormatException {
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

    private void text(Wire node, String name, Field field) throws IOException {
        if (!field.isBytes() || field.value() < SHORTEST_TEXT) {
            return;
        }
        String text = field.text();
        if (name.equals("output_stream") && text.startsWith("file:")) {
            note(
                    REACHES,
                    Severity.HIGH,
                    node.text(1),
                    "The operator prints into a file: " + Shown.text(text));
        }
        String what =
                "attribute \"" + Shown.text(name) + "\" of \"" + Shown.text(node.text(1)) + "\"";
        MetadataText.look(what, Severity.HIGH, text, notes);
    }
}
