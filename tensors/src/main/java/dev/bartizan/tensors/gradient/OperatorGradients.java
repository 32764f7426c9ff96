package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of all operators that have one.
final class OperatorGradients {
    private static final Set<String> FLAT =
            Set.of("ArgMax", "ArgMin", "DynamicQuantizeLinear", "MatMulInteger", "ConvInteger");
    private static final Set<String> BODIES = Set.of("If", "Loop", "Scan", "SequenceMap");
    private static final Map<String, OperatorGradient> RULES = rules();

    private OperatorGradients() {}

    private static Map<String, OperatorGradient> rules() {
        Map<String, OperatorGradient> rules = new HashMap<>();
        for (Map<String, OperatorGradient> family :
                List.of(
                        ElementwiseGradients.rules(),
                        ActivationGradients.rules(),
                        MatrixGradients.rules(),
                        ShapeGradients.rules(),
                        ReductionGradients.rules(),
                        ConvolutionGradients.rules(),
                        PoolingGradients.rules(),
                        ResizeGradients.rules(),
                        IndexGradients.rules(),
                        ScatterGradients.rules(),
                        StraightThrough.rules())) {
            rules.putAll(family);
        }
        return Map.copyOf(rules);
    }

    /// Names of the operators that have one.
    static Set<String> names() {
        return RULES.keySet();
    }

    /// The rule of a node's operator.
    ///
    /// @throws GradientException when it has none
    static OperatorGradient of(OnnxNode node) throws GradientException {
        OperatorGradient rule = node.isStandard() ? RULES.get(node.opType()) : null;
        if (rule != null) {
            return rule;
        }
        if (node.isStandard() && BODIES.contains(node.opType())) {
            throw GradientException.operator(
                    node.opType(),
                    "what it computes is decided while it runs, by the numbers of the example");
        }
        String name = node.isStandard() ? node.opType() : node.domain() + ":" + node.opType();
        throw GradientException.operator(
                name,
                FLAT.contains(node.opType())
                        ? "its derivative is zero nearly everywhere, so the gradient would be masked"
                        : "no rule is known for it");
    }
}
