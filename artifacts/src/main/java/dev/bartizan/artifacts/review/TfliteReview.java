package dev.bartizan.artifacts.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import dev.bartizan.formats.flatbuffer.FlatTable.Vector;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the graph of a TensorFlow Lite model tells (tensorflow, `lite/schema/schema.fbs`).
final class TfliteReview {
    private static final int MOST_ITEMS = 200_000;
    private static final int CUSTOM = 32;
    private static final Map<Integer, String> OUTPUTS =
            Map.of(
                    25, "probabilities", // SOFTMAX
                    14, "probabilities", // LOGISTIC
                    50, "log-probabilities", // LOG_SOFTMAX
                    56, "label", // ARG_MAX
                    11, "embedding", // L2_NORMALIZATION
                    9, "logits", // FULLY_CONNECTED
                    3, "logits"); // CONV_2D
    private static final Map<Integer, String> PREPARES =
            Map.of(
                    23, "resizes", // RESIZE_BILINEAR
                    97, "resizes", // RESIZE_NEAREST_NEIGHBOR
                    41, "normalises", // SUB
                    42, "normalises", // DIV
                    18, "normalises", // MUL
                    0, "normalises"); // ADD
    private static final Set<Integer> COMPUTES = Set.of(3, 4, 9, 16, 44);
    private static final Set<Integer> LOOKS_UP = Set.of(7, 36);
    private static final Set<Integer> HANDS_ON = Set.of(6, 114, 22, 43, 53);
    private static final Set<Integer> BRANCHES = Set.of(118, 119);
    private static final List<String> ROUNDED =
            List.of("", "", "", "uint8", "", "", "", "", "", "int8");

    private final FlatTable model;
    private final Seen seen;
    private int items;

    TfliteReview(FlatTable model, Seen seen) {
        this.model = model;
        this.seen = seen;
    }

    long review() throws IOException, FormatException {
        seen.metadata("description", model.text(3));
        Vector codes = model.vector(1, 4);
        Vector buffers = model.vector(4, 4);
        Vector graphs = model.vector(2, 4);
        if (graphs.count() == 0) {
            throw FormatException.broken(model.at(), "The model has no graph");
        }
        long parameters = 0;
        for (long i = 0; i < graphs.count(); i++) {
            parameters += tensors(graphs.table(i).vector(0, 4), buffers);
            operators(graphs.table(i), codes, i == 0);
        }
        return parameters;
    }

    private void take(long at) throws FormatException {
        if (++items > MOST_ITEMS) {
            throw FormatException.limit(at, "The model has more than " + MOST_ITEMS + " parts");
        }
    }

    private long tensors(Vector tensors, Vector buffers) throws IOException, FormatException {
        long parameters = 0;
        for (long i = 0; i < tensors.count(); i++) {
            FlatTable tensor = tensors.table(i);
            take(tensor.at());
            long buffer = tensor.number(2, 4, 0);
            if (buffer < 0 || buffer >= buffers.count()) {
                throw FormatException.broken(tensor.at(), "A tensor lies in buffer " + buffer);
            }
            long bytes = buffers.table(buffer).vector(0, 1).count();
            int type = (int) tensor.number(1, 1, 0);
            if (bytes == 0 || type == 2 || type == 4) {
                continue; // computed, or whole numbers such as shapes
            }
            String rounded = type >= 0 && type < ROUNDED.size() ? ROUNDED.get(type) : "";
            parameters += rounded.isEmpty() ? bytes / (type == 1 ? 2 : 4) : bytes;
            if (!rounded.isEmpty()) {
                seen.tensor(ModelFact.QUANTISED, rounded, tensor.text(3));
            }
        }
        return parameters;
    }

    private void operators(FlatTable graph, Vector codes, boolean isMain)
            throws IOException, FormatException {
        Vector operators = graph.vector(3, 4);
        Vector tensors = graph.vector(0, 4);
        Map<Integer, Integer> makers = new HashMap<>();
        Map<Integer, String> names = new HashMap<>();
        Map<Integer, Integer> sources = new HashMap<>();
        Set<Integer> fresh = new HashSet<>(numbers(graph.vector(1, 4)));
        for (long i = 0; i < operators.count(); i++) {
            FlatTable operator = operators.table(i);
            take(operator.at());
            int code = code(operator, codes);
            List<Integer> inputs = numbers(operator.vector(1, 4));
            List<Integer> outputs = numbers(operator.vector(2, 4));
            String name = label(outputs, tensors, i);
            look(code, operator, codes, name);
            if (isMain && inputs.stream().anyMatch(fresh::contains)) {
                prepare(code, name, outputs, fresh);
            }
            for (int output : outputs) {
                makers.put(output, code);
                names.put(output, name);
                if (!inputs.isEmpty()) {
                    sources.put(output, inputs.getFirst());
                }
            }
        }
        if (isMain) {
            for (int output : numbers(graph.vector(2, 4))) {
                output(output, makers, names, sources);
            }
        }
    }

    private void look(int code, FlatTable operator, Vector codes, String name)
            throws IOException, FormatException {
        if (code == CUSTOM) {
            String custom = codes.table(operator.number(0, 4, 0)).text(1);
            seen.node(ModelFact.CUSTOM_OPERATOR, custom, name);
        }
        if (BRANCHES.contains(code)) {
            seen.node(ModelFact.DATA_DEPENDENT_STEP, code == 118 ? "If" : "While", name);
        }
        if (LOOKS_UP.contains(code)) {
            seen.node(ModelFact.EMBEDDING, "looked up", name);
        }
    }

    private void prepare(int code, String name, List<Integer> outputs, Set<Integer> fresh) {
        if (PREPARES.containsKey(code)) {
            seen.node(ModelFact.PREPROCESSING, PREPARES.getOrDefault(code, ""), name);
        } else if (COMPUTES.contains(code)) {
            if (!seen.facts().has(ModelFact.PREPROCESSING)) {
                seen.node(ModelFact.PREPROCESSING, "absent", name);
            }
            return;
        }
        if (HANDS_ON.contains(code) || PREPARES.containsKey(code)) {
            fresh.addAll(outputs);
        }
    }

    private void output(
            int output,
            Map<Integer, Integer> makers,
            Map<Integer, String> names,
            Map<Integer, Integer> sources) {
        Set<Integer> walked = new HashSet<>();
        int at = output;
        while (walked.add(at) && HANDS_ON.contains(makers.getOrDefault(at, -1))) {
            at = sources.getOrDefault(at, at);
        }
        String kind = OUTPUTS.getOrDefault(makers.getOrDefault(at, -1), "");
        if (!kind.isEmpty()) {
            seen.node(ModelFact.OUTPUT, kind, names.getOrDefault(at, ""));
        }
    }

    private int code(FlatTable operator, Vector codes) throws IOException, FormatException {
        long index = operator.number(0, 4, 0);
        if (index < 0 || index >= codes.count()) {
            throw FormatException.broken(operator.at(), "An operator has code " + index);
        }
        FlatTable code = codes.table(index);
        return (int) Math.max(code.number(0, 1, 0), code.number(3, 4, 0));
    }

    private static String label(List<Integer> outputs, Vector tensors, long index)
            throws IOException, FormatException {
        if (!outputs.isEmpty() && outputs.getFirst() >= 0 && outputs.getFirst() < tensors.count()) {
            String name = tensors.table(outputs.getFirst()).text(3);
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "operator " + index;
    }

    private List<Integer> numbers(Vector list) throws IOException, FormatException {
        List<Integer> numbers = new java.util.ArrayList<>();
        for (long i = 0; i < list.count(); i++) {
            take(list.from());
            numbers.add(list.number(i));
        }
        return numbers;
    }
}
