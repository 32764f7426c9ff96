package dev.bartizan.tensors;

import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.ModelPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A loaded model with one input of numbers whose rows are examples, and one output that tells the
/// class: scores by class, one probability, or the class itself.
final class Classifier {
    private static final int MAX_ROWS_PER_RUN = 256;
    private static final Set<String> PASS_ON =
            Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze");

    /// How an output tells the class.
    enum Answer {
        /// The likeliest of several probabilities.
        DISTRIBUTION,
        /// The highest of several scores.
        SCORES,
        /// One probability of class 1.
        PROBABILITY,
        /// The number of the class.
        CLASS
    }

    private final InferenceSession session;
    private final ModelPort input;
    private final ModelPort output;
    private final Answer answer;

    private Classifier(InferenceSession session, ModelPort input, ModelPort output, Answer answer) {
        this.session = session;
        this.input = input;
        this.output = output;
        this.answer = answer;
    }

    /// The classifier in a model; empty when it does not look like one.
    static Optional<Classifier> of(InferenceSession session, OnnxGraph graph) {
        if (session.inputs().size() != 1) {
            return Optional.empty();
        }
        ModelPort input = session.inputs().getFirst();
        if (!input.isNumeric() || input.dims().isEmpty()) {
            return Optional.empty();
        }
        for (ModelPort output : session.outputs()) {
            Optional<Answer> answer = answer(output, graph);
            if (answer.isPresent()) {
                return Optional.of(new Classifier(session, input, output, answer.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Answer> answer(ModelPort output, OnnxGraph graph) {
        int rank = output.dims().size();
        if (output.type() == OnnxElementType.INT64 && rank == 1) {
            return Optional.of(Answer.CLASS);
        }
        boolean isFloating =
                output.type() == OnnxElementType.FLOAT || output.type() == OnnxElementType.DOUBLE;
        if (!isFloating || rank < 1 || rank > 2) {
            return Optional.empty();
        }
        String producer = producer(output.name(), graph);
        if (rank == 1 || output.dims().get(1) == 1) {
            return producer.equals("Sigmoid") ? Optional.of(Answer.PROBABILITY) : Optional.empty();
        }
        return Optional.of(producer.equals("Softmax") ? Answer.DISTRIBUTION : Answer.SCORES);
    }

    /// The operator that makes a value, behind those that only pass it on.
    private static String producer(String value, OnnxGraph graph) {
        String wanted = value;
        for (OnnxNode node : graph.nodes().reversed()) {
            if (!node.outputs().contains(wanted)) {
                continue;
            }
            if (!PASS_ON.contains(node.opType()) || node.inputs().isEmpty()) {
                return node.opType();
            }
            wanted = node.inputs().getFirst();
        }
        return "";
    }

    ModelPort input() {
        return input;
    }

    ModelPort output() {
        return output;
    }

    Answer answer() {
        return answer;
    }

    /// Most rows that one run takes.
    int rowsPerRun() {
        long declared = input.dims().getFirst();
        return declared < 0 ? MAX_ROWS_PER_RUN : (int) Math.min(declared, MAX_ROWS_PER_RUN);
    }

    /// Fewest rows that one run takes.
    int fewestRows() {
        return hasFixedRows() ? rowsPerRun() : 1;
    }

    /// Whether the input takes only exactly `rowsPerRun` rows.
    boolean hasFixedRows() {
        return input.dims().getFirst() >= 0;
    }

    /// Shape of an input of that many rows, when rows of that size fit.
    Optional<List<Long>> shape(int rows, NpyArray samples) {
        List<Long> tail = new ArrayList<>();
        List<Long> declared = input.dims().subList(1, input.dims().size());
        List<Integer> given = samples.shape().subList(1, samples.shape().size());
        if (declared.size() == given.size()) {
            given.forEach(size -> tail.add((long) size));
        } else if (declared.stream().allMatch(size -> size >= 0)) {
            tail.addAll(declared);
        } else {
            return Optional.empty();
        }
        long size = 1;
        for (int i = 0; i < tail.size(); i++) {
            size *= tail.get(i);
            if (declared.get(i) >= 0 && !declared.get(i).equals(tail.get(i))) {
                return Optional.empty();
            }
        }
        if (size != samples.rowSize()) {
            return Optional.empty();
        }
        tail.addFirst((long) rows);
        return Optional.of(tail);
    }

    /// The numbers of the output for an input.
    DenseTensor run(DenseTensor given) throws InferenceException, InterruptedException {
        DenseTensor result = session.run(Map.of(input.name(), given)).get(output.name());
        if (result == null) {
            throw new IllegalStateException("Output \"" + output.name() + "\" is missing");
        }
        return result;
    }

    /// The class of each row of a result.
    List<Long> classes(DenseTensor result) {
        int rows = result.shape().isEmpty() ? 1 : Math.toIntExact(result.shape().getFirst());
        int width = rows == 0 ? 0 : result.size() / rows;
        List<Long> classes = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            classes.add(
                    switch (answer) {
                        case CLASS -> (long) result.number(row);
                        case PROBABILITY -> result.number(row) > 0.5 ? 1L : 0L;
                        case DISTRIBUTION, SCORES -> highest(result, row * width, width);
                    });
        }
        return classes;
    }

    private static long highest(DenseTensor result, int from, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            if (result.number(from + i) > result.number(from + best)) {
                best = i;
            }
        }
        return best;
    }
}
