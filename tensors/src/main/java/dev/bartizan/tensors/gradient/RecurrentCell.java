package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One direction of a recurrent layer, written step by step; names of inputs and the order of gates
/// are those of the ONNX operator specification.
final class RecurrentCell {
    private final GraphBuilder builder;
    private final OnnxNode node;
    private final int direction;
    private final long hidden;
    private final int gates;

    /// @param direction which of the layer's, from 0
    RecurrentCell(GraphBuilder builder, OnnxNode node, int direction) throws GradientException {
        this.builder = builder;
        this.node = node;
        this.direction = direction;
        hidden = NodeAttributes.integer(node, "hidden_size", 0);
        gates = gates(node.opType());
        if (hidden < 1) {
            throw GradientException.operator(node.opType(), "its hidden size is not told");
        }
    }

    private static int gates(String opType) {
        return switch (opType) {
            case "LSTM" -> 4;
            case "GRU" -> 3;
            default -> 1;
        };
    }

    /// What the steps gave.
    ///
    /// @param hidden states by time, each `[batch, hidden]`
    /// @param last state after all steps
    /// @param cell of an LSTM after all steps; the state itself otherwise
    record Run(List<String> hidden, String last, String cell) {
        Run {
            hidden = List.copyOf(hidden);
        }
    }

    private String op(String opType, String... inputs) {
        return builder.op(opType, List.of(inputs));
    }

    /// This direction's part of an input with one for each direction.
    private String own(int input) {
        return builder.op(
                "Gather",
                List.of(node.inputs().get(input), builder.scalarLong(direction)),
                OnnxAttribute.of("axis", 0L));
    }

    private String turned(int input) {
        return builder.op("Transpose", List.of(own(input)), OnnxAttribute.ofInts("perm", 1, 0));
    }

    private String slice(String value, long from, long to, long axis) {
        return op("Slice", value, builder.longs(from), builder.longs(to), builder.longs(axis));
    }

    private List<String> split(String value, int parts, long each, long axis) {
        String name = builder.freshName();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            names.add(name + "." + i);
        }
        long[] sizes = new long[parts];
        Arrays.fill(sizes, each);
        builder.add(
                OnnxNode.of(
                        "Split",
                        List.of(value, builder.longs(sizes)),
                        names,
                        OnnxAttribute.of("axis", axis)));
        return names;
    }

    /// Writes so many steps.
    ///
    /// @param isReversed whether the last comes first
    Run run(int length, boolean isReversed) {
        String recurrence = turned(2);
        List<String> inputs = inputs(length);
        @Nullable String state = Backward.has(node, 5) ? own(5) : null;
        @Nullable String cell = Backward.has(node, 6) ? own(6) : null;
        List<String> states = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String x = inputs.get(isReversed ? length - 1 - i : i);
            switch (node.opType()) {
                case "LSTM" -> {
                    List<String> iofc = split(added(x, state, recurrence), 4, hidden, 1);
                    cell = cell(iofc, cell);
                    state = op("Mul", op("Sigmoid", iofc.get(1)), op("Tanh", cell));
                }
                case "GRU" -> state = gated(x, state, recurrence);
                default -> state = op("Tanh", added(x, state, recurrence));
            }
            states.add(state);
        }
        String last = states.getLast();
        if (isReversed) {
            Collections.reverse(states);
        }
        return new Run(states, last, cell == null ? last : cell);
    }

    /// What the inputs alone give each step, `[batch, gates * hidden]`.
    private List<String> inputs(int length) {
        String all = op("MatMul", node.inputs().getFirst(), turned(1));
        if (Backward.has(node, 3)) {
            all = op("Add", all, bias());
        }
        return split(all, length, 1, 0).stream()
                .map(step -> op("Squeeze", step, builder.longs(0)))
                .toList();
    }

    /// Biases of inputs and of the recurrence together; without that of a new state that is reset
    /// after the recurrence.
    private String bias() {
        String both = own(3);
        long width = gates * hidden;
        String input = slice(both, 0, width, 0);
        if (!isResetAfter()) {
            return op("Add", input, slice(both, width, 2 * width, 0));
        }
        String updates = slice(both, width, width + 2 * hidden, 0);
        return builder.op(
                "Concat",
                List.of(
                        op("Add", slice(input, 0, 2 * hidden, 0), updates),
                        slice(input, 2 * hidden, width, 0)),
                OnnxAttribute.of("axis", 0L));
    }

    private boolean isResetAfter() {
        return node.opType().equals("GRU")
                && NodeAttributes.integer(node, "linear_before_reset", 0) != 0;
    }

    private String added(String x, @Nullable String state, String recurrence) {
        return state == null ? x : op("Add", x, op("MatMul", state, recurrence));
    }

    private String cell(List<String> iofc, @Nullable String before) {
        String fresh = op("Mul", op("Sigmoid", iofc.get(0)), op("Tanh", iofc.get(3)));
        return before == null
                ? fresh
                : op("Add", op("Mul", op("Sigmoid", iofc.get(2)), before), fresh);
    }

    /// H = (1 - z) h + z H, gates in the order z, r, h.
    private String gated(String x, @Nullable String state, String recurrence) {
        List<String> zrh = split(x, 3, hidden, 1);
        if (state == null) {
            String z = op("Sigmoid", zrh.get(0));
            String r = op("Sigmoid", zrh.get(1));
            String fresh =
                    op(
                            "Tanh",
                            isResetAfter() && Backward.has(node, 3)
                                    ? op("Add", zrh.get(2), op("Mul", r, resetBias()))
                                    : zrh.get(2));
            return op("Sub", fresh, op("Mul", z, fresh));
        }
        String zr = op("MatMul", state, slice(recurrence, 0, 2 * hidden, 1));
        List<String> back = split(zr, 2, hidden, 1);
        String z = op("Sigmoid", op("Add", zrh.get(0), back.get(0)));
        String r = op("Sigmoid", op("Add", zrh.get(1), back.get(1)));
        String h = slice(recurrence, 2 * hidden, 3 * hidden, 1);
        String fresh = op("Tanh", op("Add", zrh.get(2), reset(state, r, h)));
        return op("Add", fresh, op("Mul", z, op("Sub", state, fresh)));
    }

    private String reset(String state, String r, String h) {
        if (!isResetAfter()) {
            return op("MatMul", op("Mul", r, state), h);
        }
        String linear = op("MatMul", state, h);
        return op("Mul", r, Backward.has(node, 3) ? op("Add", linear, resetBias()) : linear);
    }

    private String resetBias() {
        return slice(own(3), 5 * hidden, 6 * hidden, 0);
    }
}
