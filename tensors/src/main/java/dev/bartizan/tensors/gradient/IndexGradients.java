package dev.bartizan.tensors.gradient;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Operators that pick, order, add up or contract numbers along axes.
final class IndexGradients {
    private IndexGradients() {}

    static Map<String, OperatorGradient> rules() {
        return Map.of(
                "TopK", IndexGradients::topK,
                "GatherElements", IndexGradients::gatherElements,
                "CumSum", IndexGradients::cumSum,
                "Trilu", IndexGradients::trilu,
                "SpaceToDepth", IndexGradients::spaceToDepth,
                "Einsum", IndexGradients::einsum,
                "LRN", IndexGradients::localResponse);
    }

    private static String input(OnnxNode node) {
        return node.inputs().getFirst();
    }

    private static String zeros(Backward b, String like) throws GradientException {
        return b.op("Mul", List.of(like, b.scalar(like, 0)));
    }

    private static void topK(OnnxNode node, Backward b) throws GradientException {
        scatter(node, b, node.outputs().get(1), NodeAttributes.integer(node, "axis", -1), "none");
    }

    private static void gatherElements(OnnxNode node, Backward b) throws GradientException {
        scatter(node, b, node.inputs().get(1), NodeAttributes.integer(node, "axis", 0), "add");
    }

    private static void scatter(
            OnnxNode node, Backward b, String places, long axis, String reduction)
            throws GradientException {
        b.give(
                input(node),
                b.op(
                        "ScatterElements",
                        List.of(zeros(b, input(node)), places, b.adjoint(node)),
                        OnnxAttribute.of("axis", axis),
                        OnnxAttribute.of("reduction", reduction)));
    }

    /// The sum of what comes after, with the same places left out.
    private static void cumSum(OnnxNode node, Backward b) throws GradientException {
        b.give(
                input(node),
                b.op(
                        "CumSum",
                        List.of(b.adjoint(node), node.inputs().get(1)),
                        OnnxAttribute.of("exclusive", NodeAttributes.integer(node, "exclusive", 0)),
                        OnnxAttribute.of(
                                "reverse", 1 - NodeAttributes.integer(node, "reverse", 0))));
    }

    private static void trilu(OnnxNode node, Backward b) throws GradientException {
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, b.adjoint(node));
        b.give(
                input(node),
                b.op(
                        "Trilu",
                        inputs,
                        OnnxAttribute.of("upper", NodeAttributes.integer(node, "upper", 1))));
    }

    private static void spaceToDepth(OnnxNode node, Backward b) throws GradientException {
        b.give(
                input(node),
                b.op(
                        "DepthToSpace",
                        List.of(b.adjoint(node)),
                        OnnxAttribute.of("mode", "DCR"),
                        OnnxAttribute.of(
                                "blocksize", NodeAttributes.integer(node, "blocksize", 1))));
    }

    /// The adjoint of a factor is the contraction of the result's adjoint with the other factors.
    private static void einsum(OnnxNode node, Backward b) throws GradientException {
        String equation = NodeAttributes.text(node, "equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        if (sides.length != 2 || equation.contains(".")) {
            throw GradientException.operator("Einsum", "its equation is \"" + equation + "\"");
        }
        List<String> terms = List.of(sides[0].split(",", -1));
        for (int i = 0; i < terms.size(); i++) {
            String factor = node.inputs().get(i);
            if (!b.wants(factor)) {
                continue;
            }
            List<String> others = new ArrayList<>(List.of(sides[1]));
            List<String> values = new ArrayList<>(List.of(b.adjoint(node)));
            for (int j = 0; j < terms.size(); j++) {
                if (j != i) {
                    others.add(terms.get(j));
                    values.add(node.inputs().get(j));
                }
            }
            requireKnown(equation, terms.get(i), String.join("", others));
            b.give(
                    factor,
                    b.op(
                            "Einsum",
                            values,
                            OnnxAttribute.of(
                                    "equation", String.join(",", others) + "->" + terms.get(i))));
        }
    }

    private static void requireKnown(String equation, String term, String others)
            throws GradientException {
        Map<Integer, Integer> seen = new HashMap<>();
        term.chars().forEach(letter -> seen.merge(letter, 1, Integer::sum));
        boolean isRepeated = seen.values().stream().anyMatch(count -> count > 1);
        boolean isSummed = seen.keySet().stream().anyMatch(letter -> others.indexOf(letter) < 0);
        if (isRepeated || isSummed) {
            throw GradientException.operator(
                    "Einsum", "\"" + equation + "\" takes a diagonal or sums one factor alone");
        }
    }

    /// y = x s^-beta, s = k + alpha/n sum of x^2 over the channels beside: dx = dy s^-beta - 2
    /// alpha beta / n x times the sum of dy x s^(-beta-1) over the channels that see it.
    private static void localResponse(OnnxNode node, Backward b) throws GradientException {
        String x = input(node);
        ValueShape shape = b.shape(x);
        int channels = (int) shape.fixed(1, "LRN");
        long size = NodeAttributes.integer(node, "size", 1);
        double share = NodeAttributes.number(node, "alpha", 1e-4) / size;
        double beta = NodeAttributes.number(node, "beta", 0.75);
        double[][] sees = new double[channels][channels];
        for (int to = 0; to < channels; to++) {
            int first = Math.max(0, to - (int) ((size - 1) / 2));
            int last = Math.min(channels - 1, to + (int) (size / 2));
            for (int from = first; from <= last; from++) {
                sees[from][to] = 1;
            }
        }
        String squares = b.alongAxis(b.op("Mul", List.of(x, x)), shape, 1, sees);
        String s =
                b.op(
                        "Add",
                        List.of(
                                b.op("Mul", List.of(squares, b.scalar(x, share))),
                                b.scalar(x, NodeAttributes.number(node, "bias", 1))));
        String direct =
                b.op("Mul", List.of(b.adjoint(node), b.op("Pow", List.of(s, b.scalar(x, -beta)))));
        String seen = b.op("Div", List.of(b.op("Mul", List.of(direct, x)), s));
        String back = b.alongAxis(seen, shape, 1, turned(sees));
        String bent = b.op("Mul", List.of(back, b.scalar(x, 2 * share * beta)));
        b.give(x, b.op("Sub", List.of(direct, b.op("Mul", List.of(bent, x)))));
    }

    private static double[][] turned(double[][] matrix) {
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                turned[j][i] = matrix[i][j];
            }
        }
        return turned;
    }
}
