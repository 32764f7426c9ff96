package dev.bartizan.tensors.gradient;

import static java.util.Map.entry;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Arithmetic, number by number, with stretching of shapes.
final class ElementwiseGradients {
    private ElementwiseGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.ofEntries(
                entry("Add", ElementwiseGradients::add),
                entry("Sum", ElementwiseGradients::add),
                entry("Sub", ElementwiseGradients::sub),
                entry("Mul", ElementwiseGradients::mul),
                entry("Div", ElementwiseGradients::div),
                entry("Pow", ElementwiseGradients::pow),
                entry("Min", ElementwiseGradients::extreme),
                entry("Max", ElementwiseGradients::extreme),
                entry("Mean", ElementwiseGradients::mean),
                entry("Where", ElementwiseGradients::where),
                entry("Clip", ElementwiseGradients::clip),
                entry("Cast", ElementwiseGradients::cast),
                entry("Identity", (node, b) -> b.give(node.inputs().getFirst(), b.adjoint(node))),
                entry("Neg", ElementwiseGradients::neg));
    }

    private static void add(OnnxNode node, Backward b) throws GradientException {
        for (String input : node.inputs()) {
            b.giveUnbroadcast(input, b.adjoint(node), node.outputs().getFirst());
        }
    }

    private static void mean(OnnxNode node, Backward b) throws GradientException {
        String share =
                b.op(
                        "Mul",
                        List.of(
                                b.adjoint(node),
                                b.scalar(node.outputs().getFirst(), 1.0 / node.inputs().size())));
        for (String input : node.inputs()) {
            b.giveUnbroadcast(input, share, node.outputs().getFirst());
        }
    }

    private static void sub(OnnxNode node, Backward b) throws GradientException {
        String output = node.outputs().getFirst();
        b.giveUnbroadcast(node.inputs().get(0), b.adjoint(node), output);
        if (b.wants(node.inputs().get(1))) {
            b.giveUnbroadcast(node.inputs().get(1), b.op("Neg", List.of(b.adjoint(node))), output);
        }
    }

    private static void neg(OnnxNode node, Backward b) throws GradientException {
        b.give(node.inputs().getFirst(), b.op("Neg", List.of(b.adjoint(node))));
    }

    private static void mul(OnnxNode node, Backward b) throws GradientException {
        String output = node.outputs().getFirst();
        for (int i = 0; i < 2; i++) {
            String input = node.inputs().get(i);
            if (b.wants(input)) {
                String other = node.inputs().get(1 - i);
                b.giveUnbroadcast(input, b.op("Mul", List.of(b.adjoint(node), other)), output);
            }
        }
    }

    private static void div(OnnxNode node, Backward b) throws GradientException {
        String output = node.outputs().getFirst();
        String divided = b.op("Div", List.of(b.adjoint(node), node.inputs().get(1)));
        b.giveUnbroadcast(node.inputs().get(0), divided, output);
        if (b.wants(node.inputs().get(1))) {
            String product = b.op("Neg", List.of(b.op("Mul", List.of(divided, output))));
            b.giveUnbroadcast(node.inputs().get(1), product, output);
        }
    }

    private static void pow(OnnxNode node, Backward b) throws GradientException {
        String base = node.inputs().get(0);
        String exponent = node.inputs().get(1);
        String output = node.outputs().getFirst();
        if (b.wants(base)) {
            String one =
                    b.op(
                            "Cast",
                            List.of(b.scalar(base, 1)),
                            OnnxAttribute.of("to", (long) b.shape(exponent).type().number()));
            String lower = b.op("Pow", List.of(base, b.op("Sub", List.of(exponent, one))));
            String factor =
                    b.op(
                            "Cast",
                            List.of(exponent),
                            OnnxAttribute.of("to", (long) b.shape(base).type().number()));
            String slope = b.op("Mul", List.of(factor, lower));
            b.giveUnbroadcast(base, b.op("Mul", List.of(b.adjoint(node), slope)), output);
        }
        if (b.wants(exponent)) {
            String slope = b.op("Mul", List.of(output, b.op("Log", List.of(base))));
            b.giveUnbroadcast(exponent, b.op("Mul", List.of(b.adjoint(node), slope)), output);
        }
    }

    /// The first input that equals the result gets the adjoint.
    private static void extreme(OnnxNode node, Backward b) throws GradientException {
        String output = node.outputs().getFirst();
        String rest = b.adjoint(node);
        for (String input : node.inputs()) {
            String mask = b.mask(b.op("Equal", List.of(input, output)), output);
            String share = b.op("Mul", List.of(rest, mask));
            b.giveUnbroadcast(input, share, output);
            rest = b.op("Sub", List.of(rest, share));
        }
    }

    private static void where(OnnxNode node, Backward b) throws GradientException {
        String output = node.outputs().getFirst();
        String zero = b.scalar(output, 0);
        String condition = node.inputs().get(0);
        String adjoint = b.adjoint(node);
        if (b.wants(node.inputs().get(1))) {
            String share = b.op("Where", List.of(condition, adjoint, zero));
            b.giveUnbroadcast(node.inputs().get(1), share, output);
        }
        if (b.wants(node.inputs().get(2))) {
            String share = b.op("Where", List.of(condition, zero, adjoint));
            b.giveUnbroadcast(node.inputs().get(2), share, output);
        }
    }

    private static void clip(OnnxNode node, Backward b) throws GradientException {
        String input = node.inputs().getFirst();
        String inside = null;
        if (Backward.has(node, 1)) {
            inside = b.op("GreaterOrEqual", List.of(input, node.inputs().get(1)));
        }
        if (Backward.has(node, 2)) {
            inside = both(b, inside, b.op("LessOrEqual", List.of(input, node.inputs().get(2))));
        }
        String adjoint = b.adjoint(node);
        b.give(
                input,
                inside == null ? adjoint : b.op("Mul", List.of(adjoint, b.mask(inside, input))));
    }

    private static String both(Backward b, @Nullable String one, String other) {
        return one == null ? other : b.op("And", List.of(one, other));
    }

    private static void cast(OnnxNode node, Backward b) throws GradientException {
        String input = node.inputs().getFirst();
        if (!b.shape(input).isFloating() || !b.shape(node.outputs().getFirst()).isFloating()) {
            throw GradientException.operator(
                    "Cast", "whole numbers have no gradient, so it would be masked");
        }
        b.give(
                input,
                b.op(
                        "Cast",
                        List.of(b.adjoint(node)),
                        OnnxAttribute.of("to", (long) b.shape(input).type().number())));
    }
}
