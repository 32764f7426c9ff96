package dev.bartizan.robustness.smoothing;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxAttributeValue;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxType;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.tensors.gradient.GradientGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A classifier that votes over noisy copies of its input, as one ONNX graph: the smoothed
/// classifier of J. Cohen, E. Rosenfeld, J. Z. Kolter, "Certified adversarial robustness via
/// randomized smoothing" (ICML 2019), section 3, with a vote in place of the exact majority. Input
/// and output keep their names and sizes; the scores are shares of the votes.
///
/// Each run draws fresh noise; a session opened anew draws the same as before. The graph alone
/// proves nothing: certificates come from {@link Smoothing} on the classifier inside.
public final class SmoothedModel {
    private static final String PREFIX = "bz.smooth.";
    private static final String NOISY = PREFIX + "noisy";

    private static final String INNER = "inner.";
    private static final String SCORES = INNER + GradientGraph.SCORES;

    private static final String SIGMA = "bartizan.smoothing.sigma";
    private static final String COPIES = "bartizan.smoothing.copies";

    private SmoothedModel() {}

    /// What noise is put on an example.
    ///
    /// @param sigma standard deviation in the units of examples, above 0
    /// @param copies noisy copies that vote, at least 1
    /// @param seed of the noise
    public record Noise(double sigma, int copies, long seed) {
        public Noise {
            if (!(sigma > 0) || Double.isInfinite(sigma) || copies < 1) {
                throw new IllegalArgumentException("No noise: " + sigma + ", " + copies);
            }
        }
    }

    /// A classifier that was wrapped, and the deviation of its noise in the units of examples.
    public record Inside(OnnxModel model, double sigma) {}

    /// Wraps a classifier.
    ///
    /// @param original the model, all weights inside
    /// @param graph prepared from it, without preprocessing
    /// @param units what a change of an example by 1 is to the model, by place
    /// @throws UserError when it does not take several floating-point examples at once, or answers
    ///   otherwise than by a score for each class
    public static OnnxModel of(
            OnnxModel original, GradientGraph graph, float[] units, Noise noise) {
        require(original, graph);
        OnnxModel base = graph.forward();
        OnnxValueInfo input = original.graph().requiredInputs().getFirst();
        OnnxValueInfo output = output(original, graph);
        long[] row = graph.rowDims().stream().mapToLong(Long::longValue).toArray();
        List<OnnxNode> nodes = new ArrayList<>(copies(graph.input(), noise));
        base.graph()
                .nodes()
                .forEach(node -> nodes.add(renamed(node, name -> inner(name, graph.input()))));
        nodes.addAll(vote());
        nodes.add(
                OnnxNode.of(
                        "Cast",
                        List.of(PREFIX + "shares"),
                        List.of(output.name()),
                        OnnxAttribute.of("to", (long) type(output).number())));
        List<OnnxTensor> constants = new ArrayList<>();
        base.graph()
                .initializers()
                .forEach(one -> constants.add(one.named(inner(one.name(), graph.input()))));
        constants.addAll(constants(row, graph.classes(), units, noise));
        Map<String, String> metadata = new LinkedHashMap<>(original.metadata());
        metadata.put(SIGMA, Double.toString(noise.sigma()));
        metadata.put(COPIES, Integer.toString(noise.copies()));
        return new OnnxModel(
                base.irVersion(),
                base.producerName(),
                base.producerVersion(),
                base.domain(),
                base.modelVersion(),
                original.docString(),
                new OnnxGraph(
                        original.graph().name(),
                        nodes,
                        constants,
                        base.graph().sparseInitializers(),
                        List.of(input),
                        List.of(output),
                        List.of(),
                        original.graph().docString()),
                base.opsets(),
                metadata,
                base.functions());
    }

    private static void require(OnnxModel original, GradientGraph graph) {
        OnnxValueInfo input = original.graph().requiredInputs().getFirst();
        if (type(input) != OnnxElementType.FLOAT) {
            throw refused("Noise needs an input of single-precision numbers");
        }
        if (!graph.takesBatches()) {
            throw refused("The model does not score several examples at once");
        }
        if (graph.output().threshold().isPresent()) {
            throw refused("A vote needs a score for each class, not a single one");
        }
        if (!(output(original, graph).type() instanceof OnnxType.TensorType given)
                || given.shape().map(List::size).orElse(2) != 2) {
            throw refused("A vote needs an output of rows and classes");
        }
        if (!original.graph().sparseInitializers().isEmpty()) {
            throw refused("The model has sparse weights");
        }
        boolean hasInner =
                original.graph().nodes().stream()
                        .flatMap(node -> node.attributes().stream())
                        .anyMatch(one -> one.value() instanceof OnnxAttributeValue.GraphValue);
        if (hasInner) {
            throw refused("The model has graphs inside steps (If, Loop)");
        }
    }

    private static UserError refused(String why) {
        return new UserError(
                why,
                "the model to be smoothed",
                "Smooth a classifier with one input of floats and an output of scores by class.");
    }

    private static OnnxValueInfo output(OnnxModel original, GradientGraph graph) {
        String name = graph.output().name().orElseThrow();
        return original.graph().outputs().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static OnnxElementType type(OnnxValueInfo value) {
        return value.type() instanceof OnnxType.TensorType tensor
                ? tensor.elementType()
                : OnnxElementType.FLOAT;
    }

    private static OnnxNode step(String opType, String output, List<String> inputs) {
        return OnnxNode.of(opType, inputs, List.of(output));
    }

    /// Copies of every example side by side, each with noise of its own: `[rows x copies, …]`.
    private static List<OnnxNode> copies(String input, Noise noise) {
        return List.of(
                step("Unsqueeze", PREFIX + "one", List.of(input, PREFIX + "axis")),
                step("Expand", PREFIX + "many", List.of(PREFIX + "one", PREFIX + "times")),
                step("Reshape", PREFIX + "copies", List.of(PREFIX + "many", PREFIX + "rows")),
                OnnxNode.of(
                        "RandomNormalLike",
                        List.of(PREFIX + "copies"),
                        List.of(PREFIX + "drawn"),
                        OnnxAttribute.of("scale", (float) noise.sigma()),
                        OnnxAttribute.of("seed", (float) noise.seed())),
                step("Mul", PREFIX + "noise", List.of(PREFIX + "drawn", PREFIX + "units")),
                step("Add", NOISY, List.of(PREFIX + "copies", PREFIX + "noise")));
    }

    /// The share of the copies that each class won: `[rows, classes]`.
    private static List<OnnxNode> vote() {
        return List.of(
                OnnxNode.of(
                        "ArgMax",
                        List.of(SCORES),
                        List.of(PREFIX + "answers"),
                        OnnxAttribute.of("axis", 1L),
                        OnnxAttribute.of("keepdims", 0L)),
                step(
                        "OneHot",
                        PREFIX + "votes",
                        List.of(PREFIX + "answers", PREFIX + "classes", PREFIX + "values")),
                step("Reshape", PREFIX + "each", List.of(PREFIX + "votes", PREFIX + "ballots")),
                OnnxNode.of(
                        "ReduceMean",
                        List.of(PREFIX + "each", PREFIX + "axis"),
                        List.of(PREFIX + "shares"),
                        OnnxAttribute.of("keepdims", 0L)));
    }

    private static List<OnnxTensor> constants(long[] row, int classes, float[] units, Noise noise) {
        long[] times = new long[row.length + 2];
        Arrays.fill(times, 1);
        times[1] = noise.copies();
        long[] rows = new long[row.length + 1];
        long[] one = new long[row.length + 1];
        rows[0] = -1;
        one[0] = 1;
        System.arraycopy(row, 0, rows, 1, row.length);
        System.arraycopy(row, 0, one, 1, row.length);
        return List.of(
                longs("axis", 1),
                longs("times", times),
                longs("rows", rows),
                longs("classes", classes),
                longs("ballots", -1, noise.copies(), classes),
                OnnxTensor.floats(PREFIX + "values", new long[] {2}, 0, 1),
                OnnxTensor.floats(PREFIX + "units", one, units));
    }

    private static OnnxTensor longs(String name, long... values) {
        return OnnxTensor.longs(PREFIX + name, new long[] {values.length}, values);
    }

    /// What a value of the classifier inside is called: nothing there may meet a name outside.
    private static String inner(String name, String input) {
        return name.isEmpty() ? name : name.equals(input) ? NOISY : INNER + name;
    }

    private static OnnxNode renamed(OnnxNode node, UnaryOperator<String> name) {
        return new OnnxNode(
                node.name(),
                node.domain(),
                node.opType(),
                node.overload(),
                node.inputs().stream().map(name).toList(),
                node.outputs().stream().map(name).toList(),
                node.attributes(),
                node.docString());
    }

    /// The classifier inside a wrapped one; empty when the model is none.
    public static Optional<Inside> inside(OnnxModel model) {
        Optional<Double> sigma =
                Optional.ofNullable(model.metadata().get(SIGMA)).flatMap(SmoothedModel::number);
        OnnxGraph graph = model.graph();
        boolean isWrapped =
                graph.requiredInputs().size() == 1
                        && graph.outputs().size() == 1
                        && graph.nodes().stream().anyMatch(node -> node.outputs().contains(NOISY))
                        && graph.nodes().stream().anyMatch(node -> node.outputs().contains(SCORES));
        if (sigma.isEmpty() || !isWrapped) {
            return Optional.empty();
        }
        OnnxValueInfo input = graph.requiredInputs().getFirst();
        String output = graph.outputs().getFirst().name();
        List<OnnxNode> nodes =
                graph.nodes().stream()
                        .filter(node ->
                                !node.outputs().getFirst().startsWith(PREFIX)
                                        && !node.outputs().contains(output))
                        .map(node ->
                                renamed(node, name -> name.equals(NOISY) ? input.name() : name))
                        .toList();
        return Optional.of(
                new Inside(
                        model.withGraph(
                                new OnnxGraph(
                                        graph.name(),
                                        nodes,
                                        graph.initializers(),
                                        graph.sparseInitializers(),
                                        List.of(input),
                                        List.of(
                                                new OnnxValueInfo(
                                                        SCORES, new OnnxType.NoType(), "")),
                                        List.of(),
                                        graph.docString())),
                        sigma.get()));
    }

    private static Optional<Double> number(String text) {
        try {
            double sigma = Double.parseDouble(text);
            return sigma > 0 && Double.isFinite(sigma) ? Optional.of(sigma) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
