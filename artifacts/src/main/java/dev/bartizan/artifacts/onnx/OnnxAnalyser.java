package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// ONNX models (onnx.proto): operators of foreign domains, which need code from elsewhere, and
/// tensors kept in other files.
public final class OnnxAnalyser implements FormatAnalyser {
    private static final int DEEPEST = 64;
    private static final int GRAPH = 7;
    private static final int MOST_MISSING = 8;
    private static final Set<Integer> MODEL_FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26);
    private static final Set<Integer> GRAPH_FIELDS = Set.of(1, 2, 5, 10, 11, 12, 13, 14, 15, 16);
    private static final Rule CUSTOM =
            Rule.code(
                    "onnx-custom-operator",
                    "Find out which library brings this operator, and trust it like any code; or have the"
                            + " model exported with standard operators.",
                    "CWE-829");
    private static final Rule PYTHON =
            Rule.code(
                    "onnx-python-operator", "Do not run it; the operator calls Python.", "CWE-94");
    private static final Rule BROKEN =
            Rule.structure(
                    "onnx-structure", "Download the file again or export it again.", "CWE-20");

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        boolean isClaimed = item.name().endsWith(".onnx");
        if (item.bytes().size() < 4) {
            return isClaimed && item.bytes().size() > 0;
        }
        if (!isClaimed && !startsLikeAModel(item)) {
            return false;
        }
        try {
            Wire model = Wire.read(item.bytes());
            boolean isModel =
                    model.fields().stream().allMatch(field -> MODEL_FIELDS.contains(field.number()))
                            && model.last(GRAPH).filter(Field::isBytes).isPresent()
                            && model.last(8).filter(Field::isBytes).isPresent()
                            && model.last(1).filter(version -> !version.isBytes()).isPresent();
            return isModel || isClaimed;
        } catch (FormatException e) {
            return isClaimed;
        }
    }

    /// Fields may stand in any order; a first byte that is no tag of one ends it.
    private static boolean startsLikeAModel(Item item) throws IOException {
        int tag = item.head(1)[0] & 0xff;
        boolean isText = tag == 0x0a; // a line end; field 1 is a number
        int wireType = tag & 7;
        boolean isField = (wireType == 0 || wireType == 2) && MODEL_FIELDS.contains(tag >> 3);
        return (isField && !isText) || tag == 0xa2 || tag == 0xca;
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Wire model = Wire.read(item.bytes());
        if (model.last(GRAPH).filter(Field::isBytes).isEmpty()) {
            throw FormatException.broken(0, "The model has no graph");
        }
        new Walk(notes, model).model();
        unknown(model, MODEL_FIELDS, 0, notes);
        notes.coverAll();
    }

    /// Fields that ONNX has not: readers pass them over, whatever they hold.
    private static void unknown(Wire message, Set<Integer> known, long offset, Notes notes)
            throws IOException {
        for (Field field : message.fields()) {
            if (field.isBytes() && !known.contains(field.number())) {
                HiddenFiles.look(field.bytes(), offset + field.offset(), notes);
            }
        }
    }

    private static final class Walk {
        private final Notes notes;
        private final Wire model;
        private final ExternalPaths paths;
        private final OnnxTexts texts;
        private final TensorContents contents;
        private final GraphLinks links;
        private final Set<String> functions = new HashSet<>();
        private final Set<String> reported = new HashSet<>();
        private final Set<String> used = new HashSet<>();

        Walk(Notes notes, Wire model) {
            this.notes = notes;
            this.model = model;
            this.paths = new ExternalPaths(notes);
            this.texts = new OnnxTexts(notes);
            this.contents = new TensorContents(notes, BROKEN);
            this.links = new GraphLinks(notes, BROKEN);
        }

        void model() throws IOException, FormatException {
            metadata(model, 14, "");
            texts.look("description", model.text(6));
            for (Field function : model.all(25)) {
                Wire wire = Wire.read(function.bytes());
                functions.add(wire.text(10) + "::" + wire.text(1));
                metadata(wire, 14, " of a function");
            }
            List<Field> graphs = model.all(GRAPH);
            for (Field graph : graphs) {
                if (graphs.size() == 1) {
                    links.begin(); // of several, readers make one
                }
                graph(graph.bytes(), graph.offset(), 0);
                links.end(graph.offset());
            }
            for (Field function : model.all(25)) {
                Wire wire = Wire.read(function.bytes());
                links.begin();
                links.function(wire, function.offset());
                for (Field node : wire.all(7)) {
                    node(node.bytes(), function.offset() + node.offset(), 0);
                }
                links.end(function.offset());
            }
            for (Field training : model.all(20)) {
                for (Field graph : Wire.read(training.bytes()).fields()) {
                    if (graph.number() <= 2 && graph.isBytes()) {
                        graph(graph.bytes(), training.offset() + graph.offset(), 0);
                    }
                }
            }
            imports();
        }

        /// Keys with values, which models, functions, graphs, nodes and tensors have. Where in its
        /// source a node comes from is no text of its own.
        private void metadata(Wire message, int number, String of)
                throws IOException, FormatException {
            for (Field entry : message.all(number)) {
                Wire pair = Wire.read(entry.bytes());
                if (!pair.text(1).endsWith("stack_trace")) {
                    texts.look("metadata \"" + Shown.text(pair.text(1)) + "\"" + of, pair.text(2));
                }
            }
        }

        /// Readers refuse a model that uses operators of a domain whose version it does not say.
        private void imports() throws IOException, FormatException {
            for (Field set : model.all(8)) {
                used.remove(Operators.domain(Wire.read(set.bytes()).text(1)));
            }
            used.stream()
                    .sorted()
                    .limit(MOST_MISSING)
                    .forEach(domain ->
                            notes.broken(
                                    BROKEN,
                                    Severity.LOW,
                                    0,
                                    "The model says of no version of the operators \""
                                            + Shown.text(domain)
                                            + "\""));
        }

        private void graph(ByteSource bytes, long offset, int depth)
                throws IOException, FormatException {
            if (depth > DEEPEST) {
                throw FormatException.limit(offset, "Graphs nested deeper than " + DEEPEST);
            }
            Wire graph = Wire.read(bytes);
            unknown(graph, GRAPH_FIELDS, offset, notes);
            metadata(graph, 16, " of a graph");
            links.graph(graph, offset);
            for (Field field : graph.fields()) {
                long at = offset + field.offset();
                switch (field.number()) {
                    case 1 -> node(field.bytes(), at, depth);
                    case 5 -> links.initializer(tensor(field.bytes(), at), at);
                    case 15 -> {
                        for (Field part : Wire.read(field.bytes()).fields()) {
                            if (part.number() <= 2 && part.isBytes()) {
                                String name = tensor(part.bytes(), at + part.offset());
                                links.initializer(part.number() == 1 ? name : "", at);
                            }
                        }
                    }
                    default -> {}
                }
            }
        }

        private void node(ByteSource bytes, long offset, int depth)
                throws IOException, FormatException {
            Wire node = Wire.read(bytes);
            links.node(node, offset);
            operator(node.text(4), node.text(7), offset);
            texts.look("description of a node", node.text(6));
            metadata(node, 9, " of a node");
            if (node.text(4).equals("EPContext")) {
                context(node, offset);
            }
            for (Field attribute : node.all(5)) {
                texts.attribute(Wire.read(attribute.bytes()));
                for (Field field : Wire.read(attribute.bytes()).fields()) {
                    long at = offset + attribute.offset() + field.offset();
                    switch (field.number()) {
                        case 5, 10 -> tensor(field.bytes(), at);
                        case 6, 11 -> {
                            links.beginInner();
                            graph(field.bytes(), at, depth + 1);
                            links.end(at);
                        }
                        default -> {}
                    }
                }
            }
        }

        /// ONNX Runtime, "EPContext": the node's compiled part can lie in another file.
        private void context(Wire node, long offset) throws IOException, FormatException {
            for (Field attribute : node.all(5)) {
                Wire wire = Wire.read(attribute.bytes());
                boolean isPath =
                        wire.text(1).equals("ep_cache_context") && wire.text(4).length() < 4096;
                boolean isInFile =
                        node.all(5).stream().noneMatch(other -> isEmbedding(other.bytes()));
                if (isPath && isInFile) {
                    paths.look("EPContext", wire.text(4), offset);
                }
            }
        }

        /// `embed_mode` is 1 unless it says otherwise.
        private static boolean isEmbedding(ByteSource attribute) {
            try {
                Wire wire = Wire.read(attribute);
                return wire.text(1).equals("embed_mode")
                        && wire.last(3).filter(mode -> mode.value() == 1).isPresent();
            } catch (IOException | FormatException e) {
                return false;
            }
        }

        private void operator(String type, String domain, long offset) {
            boolean isHere = functions.contains(domain + "::" + type);
            if (!isHere) {
                used.add(Operators.domain(domain));
            }
            if (isHere
                    || Operators.isStandard(Operators.domain(domain), type)
                    || !reported.add(domain + "::" + type)) {
                return;
            }
            String name = Shown.text(domain + "::" + type);
            if (type.toLowerCase(Locale.ROOT).matches("py(thon)?(op|_?func.*|_?function.*)")) {
                notes.finding(
                        PYTHON,
                        Severity.HIGH,
                        offset,
                        "The operator " + name + " calls Python code");
                return;
            }
            notes.finding(
                    CUSTOM,
                    Operators.isOfVendor(domain) ? Severity.LOW : Severity.MEDIUM,
                    offset,
                    "The operator "
                            + name
                            + " is no standard one; running the model needs code from elsewhere");
        }

        /// Looks at a tensor; returns its name.
        private String tensor(ByteSource bytes, long offset) throws IOException, FormatException {
            Wire tensor = Wire.read(bytes);
            String location = "";
            long from = 0;
            long length = 0;
            for (Field entry : tensor.all(13)) {
                Wire pair = Wire.read(entry.bytes());
                switch (pair.text(1)) {
                    case "location" -> {
                        location = pair.text(2);
                        paths.look(tensor.text(8), location, offset + entry.offset());
                    }
                    case "offset" -> from = whole(pair.text(2), offset + entry.offset());
                    case "length" -> length = whole(pair.text(2), offset + entry.offset());
                    default -> {}
                }
            }
            metadata(tensor, 16, " of a tensor");
            if (!location.isEmpty()) {
                paths.checkSize(location, from, length, offset);
            }
            contents.look(tensor, offset);
            return tensor.text(8);
        }

        private static long whole(String text, long offset) throws FormatException {
            if (!text.matches("[0-9]{1,18}")) {
                throw FormatException.broken(
                        offset,
                        "External data at \"" + Shown.text(text) + "\", which is no number");
            }
            return Long.parseLong(text);
        }
    }
}
