package dev.bartizan.artifacts.tensorflow;

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
import java.util.Map;
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
    private static final Map<String, Severity> OPERATORS =
            Map.ofEntries(
                    Map.entry("PyFunc", Severity.CRITICAL),
                    Map.entry("PyFuncStateless", Severity.CRITICAL),
                    Map.entry("EagerPyFunc", Severity.CRITICAL),
                    Map.entry("ReadFile", Severity.HIGH),
                    Map.entry("WriteFile", Severity.HIGH),
                    Map.entry("MatchingFiles", Severity.HIGH),
                    Map.entry("PrintV2", Severity.LOW),
                    Map.entry("Save", Severity.LOW),
                    Map.entry("SaveSlices", Severity.LOW),
                    Map.entry("DebugIdentity", Severity.MEDIUM),
                    Map.entry("DebugIdentityV2", Severity.MEDIUM),
                    Map.entry("DebugIdentityV3", Severity.MEDIUM),
                    Map.entry("FixedLengthRecordDataset", Severity.MEDIUM),
                    Map.entry("TextLineDataset", Severity.MEDIUM),
                    Map.entry("WholeFileReader", Severity.HIGH),
                    Map.entry("WholeFileReaderV2", Severity.HIGH),
                    Map.entry("TFRecordReader", Severity.MEDIUM),
                    Map.entry("TFRecordReaderV2", Severity.MEDIUM),
                    Map.entry("TextLineReader", Severity.HIGH),
                    Map.entry("TextLineReaderV2", Severity.HIGH),
                    Map.entry("FixedLengthRecordReaderV2", Severity.MEDIUM),
                    Map.entry("SummaryWriter", Severity.MEDIUM),
                    Map.entry("CreateSummaryFileWriter", Severity.HIGH),
                    Map.entry("CreateSummaryDbWriter", Severity.HIGH),
                    Map.entry("DatasetFromGraph", Severity.MEDIUM),
                    Map.entry("SaveDataset", Severity.HIGH),
                    Map.entry("SaveDatasetV2", Severity.HIGH),
                    Map.entry("LoadDataset", Severity.HIGH),
                    Map.entry("SnapshotDataset", Severity.HIGH),
                    Map.entry("SqlDataset", Severity.HIGH),
                    Map.entry("BigQueryReader", Severity.HIGH),
                    Map.entry("RpcCall", Severity.HIGH),
                    Map.entry("Rpc", Severity.HIGH),
                    Map.entry("TryRpc", Severity.HIGH),
                    Map.entry("RegisterDataset", Severity.HIGH),
                    Map.entry("DataServiceDataset", Severity.HIGH),
                    Map.entry("DataServiceDatasetV2", Severity.HIGH),
                    Map.entry("DecodeProtoV2", Severity.MEDIUM),
                    Map.entry("XlaCustomCallV2", Severity.HIGH),
                    Map.entry("ReaderReadV2", Severity.LOW),
                    Map.entry("ShellExecute", Severity.CRITICAL),
                    Map.entry("SystemConfig", Severity.CRITICAL),
                    Map.entry("ExecuteOp", Severity.CRITICAL));

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
        boolean isClaimed =
                item.name().matches(".*\\.(pb|meta|graphdef|pbtxt)")
                        && !item.name().endsWith("pbtxt");
        boolean mayBe = head.length == 1 && (head[0] == 0x0a || head[0] == 0x08 || head[0] == 0x12);
        if ((!isClaimed && !mayBe) || item.bytes().size() == 0) {
            return false;
        }
        try {
            Wire top = Wire.read(item.bytes());
            return isSavedModel(top) || isMetaGraph(top) || isGraph(top) || isClaimed;
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
        }

        void graph(Wire graph) throws IOException, FormatException {
            for (Field node : graph.all(1)) {
                node(Wire.read(node.bytes()));
            }
            for (Field library : graph.all(2)) {
                for (Field function : Wire.read(library.bytes()).all(1)) {
                    for (Field node : Wire.read(function.bytes()).all(3)) {
                        node(Wire.read(node.bytes()));
                    }
                }
            }
        }

        private void node(Wire node) throws IOException {
            String operator = node.text(2);
            Severity severity = OPERATORS.get(operator);
            if (severity != null && seen.add(operator)) {
                notes.findingAt(
                        REACHES,
                        severity,
                        notes.item().path() + "#" + node.text(1),
                        "The graph has the operator "
                                + operator
                                + ", which reaches outside the model");
            }
        }
    }
}
