package dev.bartizan.tensors.review;

import dev.bartizan.core.facts.ModelFact;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Outputs that leave a model before its end, and steps that run depending on the input.
final class ExitReview {
    private static final int MOST_OUTPUTS = 32;
    private static final double EARLY = 0.8;
    private static final Set<String> DECISIONS =
            Set.of("logits", "probabilities", "log-probabilities", "scores", "label");

    private final GraphView graph;
    private final GraphReview to;
    private final OutputReview outputs;

    ExitReview(GraphView graph, GraphReview to) {
        this.graph = graph;
        this.to = to;
        this.outputs = new OutputReview(graph, to);
    }

    /// An output with what makes it.
    private record Exit(OnnxValueInfo output, OnnxNode maker, Set<OnnxNode> before) {
        boolean isSame(Exit other) {
            return output.name().equals(other.output().name());
        }
    }

    void review() {
        List<Exit> exits = new ArrayList<>();
        for (OnnxValueInfo output : graph.outputs().stream().limit(MOST_OUTPUTS).toList()) {
            Optional<OnnxNode> producer = graph.producer(output.name());
            producer.ifPresent(
                    node -> exits.add(new Exit(output, node, graph.before(output.name()))));
        }
        exits.forEach(exit -> compare(exit, exits));
        for (OnnxNode node : graph.nodes()) {
            boolean isBranch = node.opType().equals("If") || node.opType().equals("Loop");
            if (isBranch && node.inputs().stream().limit(2).anyMatch(graph::dependsOnInput)) {
                to.add(ModelFact.DATA_DEPENDENT_STEP, node.opType(), node);
            }
        }
    }

    private void compare(Exit exit, List<Exit> exits) {
        boolean isInner =
                exits.stream()
                        .anyMatch(other ->
                                !other.isSame(exit) && other.before().contains(exit.maker()));
        if (isInner) {
            if (!decides(exit) || isHalfway(exit, exits)) {
                to.add(ModelFact.INNER_OUTPUT, exit.output().name(), exit.maker());
            }
            return;
        }
        Optional<Exit> deepest =
                exits.stream()
                        .filter(other -> !other.isSame(exit) && decides(other))
                        .filter(other -> shares(exit, other))
                        .max(Comparator.comparingInt(other -> other.before().size()));
        boolean isEarly =
                deepest.isPresent()
                        && decides(exit)
                        && exit.before().size() <= deepest.get().before().size() * EARLY;
        if (isEarly) {
            to.add(ModelFact.EARLY_EXIT, exit.output().name(), exit.maker());
        }
    }

    /// Whether the last step is no mere softmax or label behind this output.
    private static boolean isHalfway(Exit exit, List<Exit> exits) {
        return exits.stream()
                .filter(other -> !other.isSame(exit) && other.before().contains(exit.maker()))
                .allMatch(other -> other.before().size() > exit.before().size() + 3);
    }

    private boolean decides(Exit exit) {
        return graph.maker(exit.output().name())
                .flatMap(maker -> outputs.kind(maker, exit.output()))
                .filter(DECISIONS::contains)
                .isPresent();
    }

    /// Whether both come from one trunk that computes something.
    private static boolean shares(Exit one, Exit other) {
        return one.before().stream()
                .anyMatch(node -> other.before().contains(node) && !node.inputs().isEmpty());
    }
}
