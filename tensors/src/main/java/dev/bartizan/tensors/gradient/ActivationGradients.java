package dev.bartizan.tensors.gradient;

import static java.util.Map.entry;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.List;
import java.util.Map;

/// Functions of one number. `x` is the input, `y` the output.
final class ActivationGradients {
    private static final double ELU_ALPHA = 1;
    private static final double SELU_ALPHA = 1.6732631921768188;
    private static final double SELU_GAMMA = 1.0507010221481323;
    private static final double LEAKY_ALPHA = 0.01;
    private static final double HARD_SIGMOID_ALPHA = 0.2;

    private ActivationGradients() {}

    /// Writes the derivative at every number.
    private interface Slope {
        String of(OnnxNode node, String x, String y, Backward b) throws GradientException;
    }

    private static OperatorGradient slope(Slope slope) {
        return (node, b) -> {
            String x = node.inputs().getFirst();
            String derivative = slope.of(node, x, node.outputs().getFirst(), b);
            b.give(x, b.op("Mul", List.of(b.adjoint(node), derivative)));
        };
    }

    static Map<String, OperatorGradient> rules() {
        return Map.ofEntries(
                entry("Relu", slope((_, _, y, b) -> step(y, b))),
                entry("Sigmoid", slope((_, _, y, b) -> sigmoid(y, b))),
                entry("Tanh", slope((_, _, y, b) -> oneMinusSquare(y, y, b))),
                entry("Exp", slope((_, _, y, _) -> y)),
                entry("Log", slope((_, x, _, b) -> b.op("Reciprocal", List.of(x)))),
                entry("Sqrt", slope((_, _, y, b) -> b.op("Div", List.of(b.scalar(y, 0.5), y)))),
                entry("Reciprocal", slope((_, _, y, b) -> b.op("Neg", List.of(square(y, b))))),
                entry("Abs", slope((_, x, _, b) -> b.op("Sign", List.of(x)))),
                entry("Sin", slope((_, x, _, b) -> b.op("Cos", List.of(x)))),
                entry("Cos", slope((_, x, _, b) -> b.op("Neg", List.of(b.op("Sin", List.of(x)))))),
                entry("Erf", slope((_, x, _, b) -> erf(x, b))),
                entry("Softplus", slope((_, x, _, b) -> b.op("Sigmoid", List.of(x)))),
                entry("Softsign", slope((_, x, _, b) -> softsign(x, b))),
                entry("LeakyRelu", slope(ActivationGradients::leaky)),
                entry("Elu", slope(ActivationGradients::elu)),
                entry("Selu", slope(ActivationGradients::selu)),
                entry("HardSigmoid", slope(ActivationGradients::hardSigmoid)),
                entry("ThresholdedRelu", slope((_, _, y, b) -> positive(y, b))),
                entry("HardSwish", slope((_, x, _, b) -> hardSwish(x, b))),
                entry("Gelu", slope(ActivationGradients::gelu)),
                entry("Mish", slope((_, x, _, b) -> mish(x, b))),
                entry("Celu", slope(ActivationGradients::celu)),
                entry("Atan", slope((_, x, _, b) -> atan(x, b))),
                entry("Tan", slope((_, x, y, b) -> onePlusSquare(y, x, b))),
                entry("Sinh", slope((_, x, _, b) -> b.op("Cosh", List.of(x)))),
                entry("Cosh", slope((_, x, _, b) -> b.op("Sinh", List.of(x)))),
                entry("PRelu", ActivationGradients::prelu));
    }

    private static String square(String value, Backward b) {
        return b.op("Mul", List.of(value, value));
    }

    private static String oneMinusSquare(String y, String like, Backward b)
            throws GradientException {
        return b.op("Sub", List.of(b.scalar(like, 1), square(y, b)));
    }

    private static String onePlusSquare(String y, String like, Backward b)
            throws GradientException {
        return b.op("Add", List.of(b.scalar(like, 1), square(y, b)));
    }

    private static String atan(String x, Backward b) throws GradientException {
        return b.op("Reciprocal", List.of(onePlusSquare(x, x, b)));
    }

    /// y = x t, t = tanh(softplus(x)): slope t + x sigmoid(x) (1 - t^2).
    private static String mish(String x, Backward b) throws GradientException {
        String t = b.op("Tanh", List.of(b.op("Softplus", List.of(x))));
        String bent = b.op("Mul", List.of(x, b.op("Sigmoid", List.of(x))));
        return b.op("Add", List.of(t, b.op("Mul", List.of(bent, oneMinusSquare(t, x, b)))));
    }

    /// Below zero y = alpha (exp(x / alpha) - 1), so the slope is y / alpha + 1.
    private static String celu(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        double alpha = NodeAttributes.number(node, "alpha", 1);
        String share = b.op("Mul", List.of(y, b.scalar(x, 1 / alpha)));
        return either(x, b.scalar(x, 1), b.op("Add", List.of(share, b.scalar(x, 1))), b);
    }

    /// 1 above zero and 0 at it, of numbers that are nowhere below: for floats by the steepest line
    /// between 0 and 1, which ONNX Runtime computes several times faster than a sign. It is less
    /// than 1 only for numbers so near the kink that they have lost digits.
    private static String step(String y, Backward b) throws GradientException {
        return b.shape(y).type() == OnnxElementType.FLOAT
                ? b.op(
                        "HardSigmoid",
                        List.of(y),
                        OnnxAttribute.of("alpha", Float.MAX_VALUE),
                        OnnxAttribute.of("beta", 0f))
                : b.op("Sign", List.of(y));
    }

    private static String sigmoid(String y, Backward b) throws GradientException {
        return b.op("Mul", List.of(y, b.op("Sub", List.of(b.scalar(y, 1), y))));
    }

    private static String positive(String value, Backward b) throws GradientException {
        return b.mask(b.op("Greater", List.of(value, b.scalar(value, 0))), value);
    }

    private static String erf(String x, Backward b) throws GradientException {
        String bell = b.op("Exp", List.of(b.op("Neg", List.of(square(x, b)))));
        return b.op("Mul", List.of(bell, b.scalar(x, 2 / Math.sqrt(Math.PI))));
    }

    private static String softsign(String x, Backward b) throws GradientException {
        String one = b.scalar(x, 1);
        String bottom = b.op("Add", List.of(one, b.op("Abs", List.of(x))));
        return b.op("Div", List.of(one, square(bottom, b)));
    }

    private static String either(String x, String above, String below, Backward b)
            throws GradientException {
        String isPositive = b.op("Greater", List.of(x, b.scalar(x, 0)));
        return b.op("Where", List.of(isPositive, above, below));
    }

    private static String leaky(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        double alpha = NodeAttributes.number(node, "alpha", LEAKY_ALPHA);
        return either(x, b.scalar(x, 1), b.scalar(x, alpha), b);
    }

    /// Below zero y = alpha (exp(x) - 1), so the slope is y + alpha.
    private static String elu(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        double alpha = NodeAttributes.number(node, "alpha", ELU_ALPHA);
        return either(x, b.scalar(x, 1), b.op("Add", List.of(y, b.scalar(x, alpha))), b);
    }

    private static String selu(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        double alpha = NodeAttributes.number(node, "alpha", SELU_ALPHA);
        double gamma = NodeAttributes.number(node, "gamma", SELU_GAMMA);
        String below = b.op("Add", List.of(y, b.scalar(x, alpha * gamma)));
        return either(x, b.scalar(x, gamma), below, b);
    }

    private static String hardSigmoid(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        double alpha = NodeAttributes.number(node, "alpha", HARD_SIGMOID_ALPHA);
        String above = b.op("Greater", List.of(y, b.scalar(y, 0)));
        String below = b.op("Less", List.of(y, b.scalar(y, 1)));
        String inside = b.mask(b.op("And", List.of(above, below)), y);
        return b.op("Mul", List.of(inside, b.scalar(y, alpha)));
    }

    private static void prelu(OnnxNode node, Backward b) throws GradientException {
        String x = node.inputs().get(0);
        String slope = node.inputs().get(1);
        String adjoint = b.adjoint(node);
        b.give(x, b.op("Mul", List.of(adjoint, either(x, b.scalar(x, 1), slope, b))));
        if (b.wants(slope)) {
            String below = b.op("Min", List.of(x, b.scalar(x, 0)));
            b.giveUnbroadcast(
                    slope, b.op("Mul", List.of(adjoint, below)), node.outputs().getFirst());
        }
    }

    /// Between -3 and 3 the slope is x/3 + 1/2, below 0, above 1.
    private static String hardSwish(String x, Backward b) throws GradientException {
        String third = b.op("Mul", List.of(x, b.scalar(x, 1.0 / 3)));
        String line = b.op("Add", List.of(third, b.scalar(x, 0.5)));
        String below =
                b.op(
                        "Where",
                        List.of(
                                b.op("Greater", List.of(x, b.scalar(x, -3))),
                                line,
                                b.scalar(x, 0)));
        return b.op(
                "Where", List.of(b.op("Less", List.of(x, b.scalar(x, 3))), below, b.scalar(x, 1)));
    }

    /// Exactly: P(x) + x p(x) with the normal distribution P and its density p. With `tanh`: the
    /// derivative of that approximation.
    private static String gelu(OnnxNode node, String x, String y, Backward b)
            throws GradientException {
        if (NodeAttributes.text(node, "approximate", "none").equals("tanh")) {
            return geluTanh(x, b);
        }
        String scaled = b.op("Mul", List.of(x, b.scalar(x, Math.sqrt(0.5))));
        String half = b.op("Mul", List.of(b.op("Erf", List.of(scaled)), b.scalar(x, 0.5)));
        String cumulated = b.op("Add", List.of(half, b.scalar(x, 0.5)));
        String bell = b.op("Exp", List.of(b.op("Neg", List.of(square(scaled, b)))));
        String density = b.op("Mul", List.of(bell, b.scalar(x, 1 / Math.sqrt(2 * Math.PI))));
        return b.op("Add", List.of(cumulated, b.op("Mul", List.of(x, density))));
    }

    /// y = x/2 (1 + t), t = tanh(u), u = c (x + k x^3): slope (1 + t)/2 + x/2 (1 - t^2) u'.
    private static String geluTanh(String x, Backward b) throws GradientException {
        double c = Math.sqrt(2 / Math.PI);
        double k = 0.044715;
        String square = square(x, b);
        String one = b.scalar(x, 1);
        String cubic = b.op("Add", List.of(one, b.op("Mul", List.of(square, b.scalar(x, k)))));
        String u = b.op("Mul", List.of(b.op("Mul", List.of(x, cubic)), b.scalar(x, c)));
        String t = b.op("Tanh", List.of(u));
        String steep =
                b.op(
                        "Mul",
                        List.of(
                                b.op(
                                        "Add",
                                        List.of(
                                                one,
                                                b.op("Mul", List.of(square, b.scalar(x, 3 * k))))),
                                b.scalar(x, c)));
        String bent = b.op("Mul", List.of(b.op("Mul", List.of(x, oneMinusSquare(t, x, b))), steep));
        String sum = b.op("Add", List.of(b.op("Add", List.of(one, t)), bent));
        return b.op("Mul", List.of(sum, b.scalar(x, 0.5)));
    }
}
