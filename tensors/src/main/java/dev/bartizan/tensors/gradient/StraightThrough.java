package dev.bartizan.tensors.gradient;

import static java.util.Map.entry;

import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Steps whose derivative is zero nearly everywhere, passed as if they changed nothing: the
/// backward pass differentiable approximation of A. Athalye, N. Carlini, D. Wagner, "Obfuscated
/// gradients give a false sense of security" (ICML 2018), section 4.1. What uses them must say so
/// ({@link GradientGraph#straightThrough}).
final class StraightThrough {
    /// The operators that are passed like this.
    static final Set<String> OPERATORS =
            Set.of("Round", "Floor", "Ceil", "Sign", "QuantizeLinear", "DequantizeLinear");

    private StraightThrough() {}

    static Map<String, OperatorGradient> rules() {
        return Map.ofEntries(
                entry("Round", StraightThrough::pass),
                entry("Floor", StraightThrough::pass),
                entry("Ceil", StraightThrough::pass),
                entry("Sign", StraightThrough::sign),
                entry("QuantizeLinear", (node, b) -> scaled(node, b, "Div")),
                entry("DequantizeLinear", (node, b) -> scaled(node, b, "Mul")));
    }

    private static void pass(OnnxNode node, Backward b) throws GradientException {
        b.give(node.inputs().getFirst(), b.adjoint(node));
    }

    /// As if it were the number itself, cut at -1 and 1.
    private static void sign(OnnxNode node, Backward b) throws GradientException {
        String x = node.inputs().getFirst();
        String isNear = b.op("LessOrEqual", List.of(b.op("Abs", List.of(x)), b.scalar(x, 1)));
        b.give(x, b.op("Mul", List.of(b.adjoint(node), b.mask(isNear, x))));
    }

    private static void scaled(OnnxNode node, Backward b, String opType) throws GradientException {
        String scale = node.inputs().get(1);
        if (b.shape(scale).dims().stream().anyMatch(dim -> dim != 1)) {
            throw GradientException.operator(
                    node.opType(), "only one scale for all numbers of an example is known");
        }
        b.give(node.inputs().getFirst(), b.op(opType, List.of(b.adjoint(node), scale)));
    }
}
