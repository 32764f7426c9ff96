package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;

/// TensorFlow graphs: `saved_model.pb`, MetaGraph (`.meta`) and frozen GraphDef (tensorflow,
/// `core/protobuf/{saved_model,meta_graph}.proto`,
/// `core/framework/{graph,node_def,function}.proto`). Operators that touch files, the network or
/// Python run when the graph runs, those of the function library too.
public final class GraphAnalyser implements FormatAnalyser {
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
        GraphWalk walk = new GraphWalk(notes);
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
}
