package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the operators of a graph that write checkpoints write to, as far as constants tell: the
/// first input of each, through operators that put texts together.
final class WrittenPlaces {
    private static final Set<String> WRITERS =
            Set.of("Save", "SaveSlices", "SaveV2", "MergeV2Checkpoints");
    private static final Set<String> JOINING =
            Set.of(
                    "StringJoin",
                    "Identity",
                    "ShardedFilename",
                    "Reshape",
                    "ExpandDims",
                    "Pack",
                    "ReadVariableOp");
    private static final int MOST_NODES = 200_000;
    private static final int DEEPEST = 8;
    private static final int LONGEST_TEXT = 4_096;

    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Node> writers = new ArrayList<>();
    private boolean isSaving;
    private Optional<String> merging = Optional.empty();

    private record Node(String operator, List<String> inputs, List<String> texts) {}

    /// Takes up a node (node_def.proto).
    void take(Wire node) throws IOException, FormatException {
        String operator = node.text(2);
        isSaving |= operator.equals("SaveV2");
        if (operator.equals("MergeV2Checkpoints")) {
            merging = Optional.of(node.text(1));
        }
        boolean isWriter = WRITERS.contains(operator);
        boolean isOfInterest = isWriter || operator.equals("Const") || JOINING.contains(operator);
        if (!isOfInterest || nodes.size() >= MOST_NODES) {
            return;
        }
        List<String> inputs = new ArrayList<>();
        for (Field input : node.all(3)) {
            inputs.add(input.text().replaceFirst(":.*$", ""));
        }
        List<String> texts = operator.equals("Const") ? texts(node) : List.of();
        if (operator.equals("Const") && texts.isEmpty()) {
            return;
        }
        Node taken = new Node(operator, inputs, texts);
        nodes.put(node.text(1), taken);
        if (isWriter) {
            writers.add(taken);
        }
    }

    /// `tensor.string_val` of the value (attr_value.proto, tensor.proto).
    private static List<String> texts(Wire node) throws IOException, FormatException {
        List<String> texts = new ArrayList<>();
        for (Field attribute : node.all(5)) {
            for (Field value : Wire.read(attribute.bytes()).all(2)) {
                for (Field tensor : Wire.read(value.bytes()).all(8)) {
                    for (Field text : Wire.read(tensor.bytes()).all(8)) {
                        if (text.isBytes() && text.value() <= LONGEST_TEXT) {
                            texts.add(text.text());
                        }
                    }
                }
            }
        }
        return texts;
    }

    /// Whether it saves variables, which the model does to be saved again, not to run.
    boolean isSaving() {
        return isSaving;
    }

    /// A node that puts checkpoints together, and takes away the parts.
    Optional<String> merging() {
        return merging;
    }

    /// Every constant that a writer's place is made of.
    Set<String> all() {
        Set<String> places = new LinkedHashSet<>();
        for (Node writer : writers) {
            if (!writer.inputs().isEmpty()) {
                collect(writer.inputs().getFirst(), 0, places);
            }
        }
        return places;
    }

    private void collect(String name, int depth, Set<String> places) {
        Node node = nodes.get(name);
        if (node == null || depth > DEEPEST) {
            return;
        }
        places.addAll(node.texts());
        if (JOINING.contains(node.operator())) {
            node.inputs().forEach(input -> collect(input, depth + 1, places));
        }
    }
}
