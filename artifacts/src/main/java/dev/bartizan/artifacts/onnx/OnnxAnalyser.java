package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// ONNX models (onnx.proto): operators of foreign domains, which need code from elsewhere, and
/// tensors kept in other files.
public final class OnnxAnalyser implements FormatAnalyser {
    private static final int DEEPEST = 64;
    private static final int GRAPH = 7;
    private static final Set<Integer> MODEL_FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26);
    private static final Set<String> KNOWN_DOMAINS =
            Set.of(
                    "",
                    "ai.onnx",
                    "ai.onnx.ml",
                    "ai.onnx.training",
                    "ai.onnx.preview.training",
                    "ai.onnx.preview");
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
        if (!isClaimed && !item.bytes().has(0, (byte) 8)) {
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

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Wire model = Wire.read(item.bytes());
        if (model.last(GRAPH).filter(Field::isBytes).isEmpty()) {
            throw FormatException.broken(0, "The model has no graph");
        }
        new Walk(notes, model).model();
        notes.coverAll();
    }

    private static final class Walk {
        private final Notes notes;
        private final Wire model;
        private final ExternalPaths paths;
        private final Set<String> functions = new HashSet<>();
        private final Set<String> reported = new HashSet<>();

        Walk(Notes notes, Wire model) {
            this.notes = notes;
            this.model = model;
            this.paths = new ExternalPaths(notes);
        }

        void model() throws IOException, FormatException {
            for (Field function : model.all(25)) {
                Wire wire = Wire.read(function.bytes());
                functions.add(wire.text(10) + "::" + wire.text(1));
            }
            for (Field graph : model.all(GRAPH)) {
                graph(graph.bytes(), graph.offset(), 0);
            }
            for (Field function : model.all(25)) {
                for (Field node : Wire.read(function.bytes()).all(7)) {
                    node(node.bytes(), function.offset() + node.offset(), 0);
                }
            }
            for (Field training : model.all(20)) {
                for (Field graph : Wire.read(training.bytes()).fields()) {
                    if (graph.number() <= 2 && graph.isBytes()) {
                        graph(graph.bytes(), training.offset() + graph.offset(), 0);
                    }
                }
            }
        }

        private void graph(ByteSource bytes, long offset, int depth)
                throws IOException, FormatException {
            if (depth > DEEPEST) {
                throw FormatException.limit(offset, "Graphs nested deeper than " + DEEPEST);
            }
            for (Field field : Wire.read(bytes).fields()) {
                long at = offset + field.offset();
                switch (field.number()) {
                    case 1 -> node(field.bytes(), at, depth);
                    case 5 -> tensor(field.bytes(), at);
                    case 15 -> {
                        for (Field part : Wire.read(field.bytes()).fields()) {
                            if (part.number() <= 2 && part.isBytes()) {
                                tensor(part.bytes(), at + part.offset());
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
            operator(node.text(4), node.text(7), offset);
            for (Field attribute : node.all(5)) {
                for (Field field : Wire.read(attribute.bytes()).fields()) {
                    long at = offset + attribute.offset() + field.offset();
                    switch (field.number()) {
                        case 5, 10 -> tensor(field.bytes(), at);
                        case 6, 11 -> graph(field.bytes(), at, depth + 1);
                        default -> {}
                    }
                }
            }
        }

        private void operator(String type, String domain, long offset) {
            if (KNOWN_DOMAINS.contains(domain)
                    || functions.contains(domain + "::" + type)
                    || !reported.add(domain + "::" + type)) {
                return;
            }
            String name = ExternalPaths.shown(domain + "::" + type);
            if (type.toLowerCase(Locale.ROOT).matches("py(thon)?(op|_?func.*|_?function.*)")) {
                notes.finding(
                        PYTHON,
                        Severity.HIGH,
                        offset,
                        "The operator " + name + " calls Python code");
                return;
            }
            boolean isCommon =
                    domain.startsWith("com.microsoft")
                            || domain.startsWith("org.pytorch.aten")
                            || domain.startsWith("ai.onnx.contrib");
            notes.finding(
                    CUSTOM,
                    isCommon ? Severity.LOW : Severity.MEDIUM,
                    offset,
                    "The operator "
                            + name
                            + " is no standard one; running the model needs code from elsewhere");
        }

        private void tensor(ByteSource bytes, long offset) throws IOException, FormatException {
            Wire tensor = Wire.read(bytes);
            for (Field entry : tensor.all(13)) {
                Wire pair = Wire.read(entry.bytes());
                if (pair.text(1).equals("location")) {
                    paths.look(tensor.text(8), pair.text(2), offset + entry.offset());
                }
            }
            if (tensor.all(1).stream().anyMatch(dim -> !dim.isBytes() && dim.value() < 0)) {
                notes.broken(
                        BROKEN,
                        Severity.MEDIUM,
                        offset,
                        "Tensor \""
                                + ExternalPaths.shown(tensor.text(8))
                                + "\" has a negative shape");
            }
        }
    }
}
